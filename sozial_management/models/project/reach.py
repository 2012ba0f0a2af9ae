from odoo import models

from ...suppression import TOTAL, Dimension, Fact, Table
from ..figure.release import NOT_SHOWN

AGES = ("children", "young", "adults", "older")


class SozialProject(models.Model):
    """Whom a project reached, as it may leave the house."""

    _inherit = "sozial.project"

    def _reach_to_tell(self):
        """Visits by activity and by age. Hidden together: neither table gives away the other.

        :return: texts of activities by id, texts of ages by name, text of the sum
        """
        self.ensure_one()
        held = self.activity_line_ids.filtered(lambda one: one.state == "held")
        visits = [(f"{one.id}/{age}/{number}", str(one.id), age) for one in held for age in AGES for number in range(one[age])]
        releases = self.env["sozial.figure.release"]
        activities = Table(
            (Dimension.flat("activity", map(str, held.ids)),), tuple(Fact(key, (activity,)) for key, activity, _age in visits)
        )
        by_activity = releases._protect(activities, [])
        ages = Table((Dimension.flat("age", AGES),), tuple(Fact(key, (age,)) for key, _activity, age in visits))
        by_age = releases._protect(ages, [by_activity.release])
        shown = {name: _text(by_age, name) for name in AGES}
        return {one.id: _text(by_activity, str(one.id)) for one in held}, shown, _text(by_activity, TOTAL)


def _text(published, category):
    figure = published.figures[category,]
    return NOT_SHOWN if figure is None else str(figure.count)
