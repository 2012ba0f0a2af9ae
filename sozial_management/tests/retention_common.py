from datetime import date
from unittest.mock import patch

from .erasure_common import ErasureCommon

CLOSED = date(2022, 5, 4)
DUE = date(2026, 1, 1)


class RetentionCommon(ErasureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["sozial.retention.rule"]
        cls.proposals = cls.env["sozial.retention.proposal"].with_user(cls.privacy)
        cls.rule = cls.env.ref("sozial_management.retention_rule_case_single")

    def _closed_case(self, closed_on=CLOSED, **values):
        case = self._open_case(**values)
        self._close(case, closed_on)
        return case

    def _propose(self):
        """The nightly run, with its commits taken for granted."""
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 1000):
            self.env["sozial.retention.proposal"]._cron_propose()
        self.env.invalidate_all()

    def _execute(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 1000):
            self.env["sozial.retention.proposal"]._cron_execute()
        self.env.invalidate_all()

    def _found(self, *cases):
        names = [case.sudo().name for case in cases]
        return self.proposals.search([("name", "in", names), ("company_id", "=", self.company.id)], order="id")

    def _proposed(self, case):
        self._propose()
        found = self._found(case)
        self.assertEqual(len(found), 1)
        return found
