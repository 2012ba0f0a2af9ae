from odoo import api, models
from odoo.exceptions import AccessError


class PrivacyLookupWizard(models.TransientModel):
    """The lookup reads every table as superuser and shows what refers to a person: not ours.

    Whoever asks what the social department holds gets the answer from data protection.
    """

    _inherit = "privacy.lookup.wizard"

    def _get_query_models_blacklist(self):
        ours = [name for name in self.env.registry if name.startswith("sozial.")]
        return super()._get_query_models_blacklist() + ours


class PrivacyLookupWizardLine(models.TransientModel):
    """A line archives and deletes its record as superuser, so none points at our records."""

    _inherit = "privacy.lookup.wizard.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._refuse_ours()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"res_model_id", "res_model", "res_id", "resource_ref"} & vals.keys():
            self._refuse_ours()
        return result

    def _refuse_ours(self):
        if any((line.res_model or "").startswith("sozial.") for line in self):
            raise AccessError(self.env._("What the social department holds is not looked up here. Ask data protection."))
