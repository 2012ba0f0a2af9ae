"""Glue to heavy addons of Odoo: installed and tested in a copy of the template, by Odoo's own test runner."""

import re
import subprocess
import sys

from odoo.tests import tagged
from odoo.tools import config

from sozial_setup.places import common_addons, own_addons
from sozial_support.copies import CopyCase


@tagged("post_install", "-at_install")
class TestGlue(CopyCase):
    def test_installs_and_passes_its_tests(self):
        glue = sorted(set(own_addons()) - set(common_addons()))
        self.assertTrue(glue)
        tags = ",".join(f"/{addon}" for addon in glue)
        command = [
            sys.executable, "-m", "odoo", "-c", config["config"], "-d", self.copy, "-i", ",".join(glue), "--skip-auto-install",
            "--stop-after-init", "--no-http", "--test-tags", tags,
        ]  # fmt: skip
        result = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
        self.assertEqual(result.returncode, 0, result.stderr[-3000:])
        found = re.search(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests", result.stderr)
        self.assertTrue(found, result.stderr[-3000:])
        self.assertEqual(found.group(1, 2), ("0", "0"), result.stderr[-3000:])
        self.assertGreater(int(found[3]), 0)
