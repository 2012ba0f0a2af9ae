"""The import in a real browser: choose a file, see the preview, start, read the report."""

import threading

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestImportTour(HttpCase):
    def test_import_tour(self):
        company = self.env["res.company"].create({"name": "Tour GmbH"})
        new_test_user(
            self.env,
            "import_tour",
            "sozial_management.group_sozial_config",
            lang="en_US",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        finished = threading.Event()
        job = threading.Thread(target=self._work, args=(company.id, finished), daemon=True)
        job.start()
        try:
            self.start_tour("/odoo/sozial-import", "sozial_import_tour", login="import_tour", timeout=120)
        finally:
            finished.set()
            job.join(30)
        self.env.invalidate_all()
        run = self.env["sozial.import.run"].search([("company_id", "=", company.id)])
        self.assertEqual((run.state, run.count_created, run.count_rejected), ("done", 2, 1))
        tenancies = self.env["sozial.tenancy"].search([("company_id", "=", company.id)])
        self.assertEqual(set(tenancies.mapped("external_ref")), {"T-1", "T-3"})
        self.assertEqual(sum(tenancies.mapped("arrears")), 120)

    def _work(self, company_id, finished):
        """What the scheduler does, which does not run in tests: work on imports while the browser waits."""
        while not finished.wait(3):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                if env["sozial.import.run"].search_count([("state", "=", "running"), ("company_id", "=", company_id)]):
                    env["sozial.import.run"]._cron_process()
