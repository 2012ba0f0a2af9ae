from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.deadline.res_company import STATE_NAMES


class SozialDeadlineStart(models.TransientModel):
    """An event in a case: shows the days that follow from it, then enters them."""

    _name = "sozial.deadline.start"
    _description = "Enter an event"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    event_id = fields.Many2one("sozial.deadline.event", "What happened", required=True)
    date_label = fields.Char(related="event_id.date_label")
    event_date = fields.Date("Day", required=True, default=fields.Date.context_today)
    federal_state = fields.Selection(
        STATE_NAMES,
        "Public holidays of",
        required=True,
        default=lambda self: self.env.company.sozial_federal_state,
        help="Periods that end on a Saturday, a Sunday or a public holiday of this federal state end on the next working day.",
    )
    rule_ids = fields.Many2many(
        "sozial.deadline.rule", string="Periods", compute="_compute_rule_ids", store=True, readonly=False,
        domain="[('event_id', '=', event_id)]", help="Take out what does not matter in this case.",
    )  # fmt: skip
    preview = fields.Html("Follows", compute="_compute_preview")

    @api.depends("event_id")
    def _compute_rule_ids(self):
        for start in self:
            start.rule_ids = start.event_id.rule_ids

    @api.depends("rule_ids", "event_date", "federal_state")
    def _compute_preview(self):
        for start in self:
            start.preview = start._days_as_table() if start.event_date and start.federal_state else False

    def _days_as_table(self):
        rows = sorted((rule._due(self.event_date, self.federal_state), rule) for rule in self.rule_ids._origin)
        line = Markup("<tr><td class='text-nowrap'><strong>%s</strong></td><td>%s<br/><span class='text-muted'>%s</span></td></tr>")
        lines = (
            line % (format_date(self.env, due), rule.name, rule.legal_basis or "")
            for due, rule in rows
        )
        return Markup("<table class='table table-sm mb-0'>%s</table>") % Markup("").join(lines)

    def action_confirm(self):
        """Enter the deadlines in the case.

        :raise UserError: if no period is left
        """
        self.ensure_one()
        if not self.rule_ids:
            raise UserError(self.env._("Periods: leave at least one, or cancel."))
        self.case_id._record_event(self.event_id, self.event_date, self.federal_state, self.rule_ids)
        return {"type": "ir.actions.act_window_close"}
