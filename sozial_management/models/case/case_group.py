from odoo import api, fields, models


class SozialCase(models.Model):
    """Group and community work: aims, meetings with counted people, reflections. Names may be missing."""

    _inherit = "sozial.case"

    group_aims = fields.Text("Aims", copy=False, anonymise="blank", help="What the group or the work in the quarter is to bring about.")
    group_reflection = fields.Text("Reflection", copy=False, anonymise="blank", help="What worked, what did not, what follows from it.")
    session_ids = fields.One2many("sozial.group.session", "case_id", "Meetings")
    session_count = fields.Integer("Number of meetings", compute="_compute_sessions", store=True)
    reached_count = fields.Integer(
        "People reached", compute="_compute_sessions", store=True, help="Sum of all meetings; who came twice counts twice."
    )

    @api.depends("session_ids.total")
    def _compute_sessions(self):
        for case in self._readers():
            case.session_count = len(case.session_ids)
            case.reached_count = sum(case.session_ids.mapped("total"))

    @api.model
    def _passage_fields(self):
        return {**super()._passage_fields(), "sozial.group.session": ("name", "reflection")}
