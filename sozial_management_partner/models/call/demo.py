from odoo import api, models


class SozialCall(models.Model):
    """Demo data that no list of fields can hold: calls that were really run."""

    _inherit = "sozial.call"

    @api.model
    def _load_demo_story(self):
        """Run the calls of `demo/call/story.py`, once. Called by the demo data alone."""
        from ...demo.call.story import Story  # only where demo data is loaded

        Story(self.env).tell()
