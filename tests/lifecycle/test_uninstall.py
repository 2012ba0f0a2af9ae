"""Uninstalling on a database full of demo data leaves nothing of ours behind."""

import subprocess
import sys

from odoo.tests import tagged
from odoo.tools import config

from sozial_support.copies import CopyCase

# what other addons' tables may hold about us
ROWS = {
    "mail_message": "model LIKE 'sozial.%'",
    "mail_activity": "res_model LIKE 'sozial.%'",
    "mail_followers": "res_model LIKE 'sozial.%'",
    "ir_attachment": "res_model LIKE 'sozial.%'",
    "calendar_event": "res_model LIKE 'sozial.%'",
    "ir_sequence": "code LIKE 'sozial.%'",
    "ir_model": "model LIKE 'sozial.%'",
    "ir_rule": "domain_force LIKE '%sozial%'",
    "ir_ui_view": "arch_db::text LIKE '%sozial%'",
    "ir_act_window": "res_model LIKE 'sozial.%'",
    "ir_act_client": "tag LIKE 'sozial_%'",
    "ir_config_parameter": "key LIKE 'sozial%'",
    "res_groups_privilege": "name->>'en_US' = 'Social management'",
}


@tagged("post_install", "-at_install")
class TestUninstall(CopyCase):
    def test_nothing_of_ours_is_left(self):
        self.assertTrue(self._rows("SELECT id FROM sozial_case"), "the positive control: there are cases")
        self.assertTrue(self._rows("SELECT id FROM calendar_event WHERE res_model LIKE 'sozial.%'"))
        command = [sys.executable, "-m", "odoo", "module", "uninstall", "-c", config["config"], "-d", self.copy, "sozial_management"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(result.returncode, 0, result.stderr[-3000:])
        self.assertNotIn(" ERROR ", result.stderr)

        tables = self._rows("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%sozial%'")
        self.assertFalse(tables)
        columns = self._rows(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE column_name IN ('tenant_number', 'member_number', 'birth_date', 'interpreter_needed') "
            "OR column_name LIKE 'sozial%'"
        )
        self.assertFalse(columns)
        for table, condition in ROWS.items():
            with self.subTest(table=table):
                self.assertFalse(self._rows(f"SELECT id FROM {table} WHERE {condition}"))
