from odoo import models
from odoo.exceptions import UserError

from ..money import exact
from . import pots


class SozialFund(models.Model):
    """What is left of a year goes to the next one."""

    _inherit = "sozial.fund"

    def action_carry_over(self):
        """Make next year's fund with the same plan, and what is left of this one in its first calendar quarter. Once.

        :return: action that shows it
        :raise UserError: if it was done already
        """
        self.ensure_one()
        self.check_access("write")
        self._lock()
        if self.carried_to_id:
            raise UserError(self.env._("%s: what was left has been carried over already.", self.name))
        rests = self._rests()
        following = self.search([("company_id", "=", self.company_id.id), ("year", "=", self.year + 1), ("name", "=", self.name)])
        if not following:
            following = self.copy({"year": self.year + 1, "name": self.name})
        for (place, purpose), rest in sorted(rests.items(), key=str):
            following._fill_first(place, purpose, rest)
        self._write_guarded({"carried_to_id": following.id})
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_fund")
        return {**action, "views": [(False, "form")], "path": False, "res_id": following.id, "context": {}}

    def _carry_after(self, before):
        """What came back into a year that was carried over already goes where the rest went, however many years on.

        :param dict before: what was left of each pot until now
        """
        following = self.carried_to_id
        if not following:
            return
        following._lock()
        earlier = following._rests()
        for (place, purpose), rest in sorted(self._rests().items(), key=str):
            more = rest - before.get((place, purpose), pots.NOTHING)
            if more > 0:
                following._fill_first(place, purpose, more)
        following._carry_after(earlier)

    def _rests(self):
        """What is left of each pot at the end of the year, where something is."""
        planned, used = self._pots()[self.id]
        whole = pots.left(planned, used, self.carry)
        return {pot: rest for (pot, quarter), rest in whole.items() if quarter == 4 and rest > 0}

    def _fill_first(self, place, purpose, amount):
        """Put money into a pot's first calendar quarter; the line is made if the plan has none."""
        line = self.plan_ids.filtered(
            lambda one: one.calendar_quarter == "1" and one._pot() == (place, purpose)
        )
        if not line:
            line = self.env["sozial.fund.plan"].create(
                {"fund_id": self.id, "calendar_quarter": "1", "quarter_id": place, "purpose": purpose, "planned": 0}
            )
        line._write_guarded({"carried": exact(line.carried) + amount})
