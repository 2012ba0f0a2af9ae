from odoo import api, models


class SozialDeadline(models.Model):
    """Steps that are counted from an event follow its day."""

    _inherit = "sozial.deadline"

    @api.model_create_multi
    def create(self, vals_list):
        deadlines = super().create(vals_list)
        deadlines.filtered("event_id").case_id._plan_steps()
        return deadlines

    def write(self, vals):
        result = super().write(vals)
        if {"event_date", "rule_id"} & vals.keys():
            self.case_id._plan_steps()
        return result

    def action_drop(self):
        """An event that does not matter any more takes its open steps along."""
        result = super().action_drop()
        self.case_id._plan_steps()
        return result

    def unlink(self):
        self.check_access("unlink")  # one answer for foreign and missing ones
        cases = self.filtered("event_id").case_id
        result = super().unlink()
        cases.exists()._plan_steps()
        return result
