from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sozial_management.tests.common import SozialCommon


@tagged("post_install", "-at_install")
class TestLookup(SozialCommon):
    """Invariant 1: the administrator's lookup does not tell who is a client."""

    def setUp(self):
        super().setUp()
        self.tenant.email = "erika@example.org"
        self.child = self.env["res.partner"].create({"name": "Kind", "parent_id": self.tenant.id, "email": "erika@example.org"})
        self.case = self._open_case()
        self.note = self.env["sozial.contact"].with_user(self.worker).create(
            {"case_id": self.case.id, "partner_ids": [Command.link(self.tenant.id)]}
        )
        self.lookups = self.env["privacy.lookup.wizard"].with_user(self.system)

    def test_lists_nothing_of_ours(self):
        lookup = self.lookups.create({"name": "Erika Sorgenfrei", "email": "erika@example.org"})
        lookup.action_lookup()
        found = set(lookup.line_ids.mapped("res_model"))
        self.assertIn("res.partner", found, "the positive control")
        self.assertFalse([model for model in found if model.startswith("sozial.")])
        self.assertNotIn("sozial", lookup.records_description)

    def test_no_line_is_made_or_turned_onto_ours(self):
        lines = self.env["privacy.lookup.wizard.line"].with_user(self.system)
        model = self.env["ir.model"]._get("sozial.contact")
        with self.assertRaisesRegex(AccessError, "data protection"):
            lines.create({"res_model_id": model.id, "res_id": self.note.id})
        line = lines.create({"res_model_id": self.env["ir.model"]._get("res.partner").id, "res_id": self.child.id})
        self.assertEqual(line.res_name, self.child.display_name, "the positive control")
        with self.assertRaisesRegex(AccessError, "data protection"):
            line.write({"res_model_id": model.id, "res_id": self.note.id})
