from odoo import api, fields, models


class SozialOutreach(models.Model):
    """Ageing at home: who wants it is visited, the dwelling is looked at, adaptations and a care service are brokered.

    Every dwelling of the buildings has its row; who was visited for what reason stands in checklists that others do not see.
    """

    _inherit = "sozial.outreach"

    kind = fields.Selection(selection_add=[("ageing", "Ageing at home")], ondelete={"ageing": "cascade"})

    @api.model
    def _accompanied_kinds(self):
        return super()._accompanied_kinds() | {"ageing"}

    @api.model
    def _private_models(self):
        return [*super()._private_models(), "sozial.home.check"]

    def _view_private(self, name):
        """Open a list of what was noted: those who work on it see rows, others none."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"sozial_management.{name}")
        return {**action, "domain": [("outreach_id", "=", self.id)], "path": False, "context": {}}

    def action_view_checks(self):
        """Open the checklists."""
        return self._view_private("action_sozial_home_check")

    def action_view_measures(self):
        """Open the adaptations, with their funding."""
        return self._view_private("action_sozial_home_measure")


class SozialOutreachVisit(models.Model):
    """From the row of a dwelling to its checklist."""

    _inherit = "sozial.outreach.visit"

    def action_open_check(self):
        """Open the checklist of the tenant of today; the first time it is made.

        :raise AccessError: for whoever does not work on the outreach, whether or not there is one
        """
        self.ensure_one()
        self.check_access("read")
        self.outreach_id._require_along("sozial.home.check")
        tenancy = self._running_tenancies().get(self.dwelling_id.id)
        checks = self.env["sozial.home.check"]
        if tenancy and not checks.search_count([("visit_id", "=", self.id), ("tenancy_id", "=", tenancy.id)], limit=1):
            checks.create({"visit_id": self.id})
        return self._open_private("sozial.home.check")
