from odoo import api, fields, models


class SozialCase(models.Model):
    """The clocks of a case: what has to be done until when, and when the home or the energy is lost."""

    _inherit = "sozial.case"

    deadline_ids = fields.One2many("sozial.deadline", "case_id", "Deadlines")
    next_deadline = fields.Date(compute="_compute_clocks", store=True, help="The first day among the open deadlines.")
    home_at_risk_on = fields.Date(
        "Home at risk on", compute="_compute_clocks", store=True, help="The first open deadline whose end threatens the home."
    )
    energy_at_risk_on = fields.Date(
        "Energy at risk on", compute="_compute_clocks", store=True, help="The first open deadline whose end threatens electricity or gas."
    )
    days_to_home_loss = fields.Integer("Days to losing the home", compute="_compute_days_left")
    days_to_energy_loss = fields.Integer("Days to losing electricity or gas", compute="_compute_days_left")

    _home_at_risk = models.Index("(home_at_risk_on) WHERE home_at_risk_on IS NOT NULL")

    @api.depends("deadline_ids.due", "deadline_ids.state", "deadline_ids.threatens")
    def _compute_clocks(self):
        for case in self._readers():
            standing = case.deadline_ids.filtered(lambda one: one.state == "open")
            case.next_deadline = min(standing.mapped("due"), default=False)
            case.home_at_risk_on = case._first_threat(standing, "home")
            case.energy_at_risk_on = case._first_threat(standing, "energy")

    def _first_threat(self, deadlines, threatens):
        return min(deadlines.filtered(lambda one: one.threatens == threatens).mapped("due"), default=False)

    @api.depends("home_at_risk_on", "energy_at_risk_on")
    @api.depends_context("tz")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for case in self:
            case.days_to_home_loss = (case.home_at_risk_on - today).days if case.home_at_risk_on else 0
            case.days_to_energy_loss = (case.energy_at_risk_on - today).days if case.energy_at_risk_on else 0

    def _record_event(self, event, event_date, federal_state, rules=None):
        """Enter what an event sets going. An event that is entered again moves its open deadlines.

        With several tenants the suit is served on each; the last service counts, so the second
        entry replaces the day of the first.

        :param event: `sozial.deadline.event`
        :param rules: those of its periods that matter here; all of them if None
        :return: the open deadlines of this event
        """
        self.ensure_one()
        self.check_access("write")
        rules = event.rule_ids if rules is None else rules & event.rule_ids
        standing = self.deadline_ids.filtered(lambda one: one.state == "open" and one.rule_id in rules)
        standing.write({"event_date": event_date, "federal_state": federal_state})
        new = [
            {"case_id": self.id, "rule_id": rule.id, "event_date": event_date, "federal_state": federal_state}
            for rule in rules - standing.rule_id
        ]
        return standing | self.env["sozial.deadline"].create(new)

    @api.model
    def _passage_fields(self):
        """What somebody wrote on a deadline belongs to the copy of the case, too."""
        return {**super()._passage_fields(), "sozial.deadline": ("name", "note")}
