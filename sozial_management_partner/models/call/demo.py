from odoo import api, models


class SozialCall(models.Model):
    """Demo data that no list of fields can hold: calls that were really run."""

    _inherit = "sozial.call"

    @api.model
    def _load_demo_german(self):
        """What enters the file of a call stays as it was written, and demo data comes before translations: they are needed now."""
        if self.env["res.lang"]._lang_get("de_DE"):
            self.env.ref("base.module_sozial_management_partner")._update_translations(["de_DE"])
            self.env.registry.clear_all_caches()  # labels read before

    @api.model
    def _load_demo_story(self):
        """Run the calls of `demo/call/story.py`, once. Called by the demo data alone."""
        from ...demo.call.story import Story  # only where demo data is loaded

        Story(self.env).tell()
