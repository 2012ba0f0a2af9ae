from odoo import api, fields, models


class SozialCase(models.Model):
    """Pre-checks and applications of a case."""

    _inherit = "sozial.case"

    benefit_check_ids = fields.One2many("sozial.benefit.check", "case_id", "Pre-checks", readonly=True)
    benefit_application_ids = fields.One2many("sozial.benefit.application", "case_id", "Applications", readonly=True)

    def action_benefit_check(self):
        """Begin a pre-check with household and rent of the tenancy.

        :return: action that shows the empty form, filled from the tenancy
        """
        self.ensure_one()
        self.check_access("write")
        self._require_not_ended()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_benefit_check")
        return {
            **action, "views": [(False, "form")], "path": False,
            "context": {"default_case_id": self.id, "default_tenancy_id": self.tenancy_id.id},
        }  # fmt: skip

    def action_benefit_application(self):
        """Begin an application without a pre-check."""
        self.ensure_one()
        self.check_access("write")
        self._require_not_ended()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_benefit_application")
        return {**action, "views": [(False, "form")], "path": False, "context": {"default_case_id": self.id}}

    @api.model
    def _passage_fields(self):
        """What somebody wrote on an application belongs to the copy of the case, too."""
        return {**super()._passage_fields(), "sozial.benefit.application": ("note",)}
