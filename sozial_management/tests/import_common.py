"""Files to import, and running an import to its end within a test."""

import base64
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user

HEADER = (
    "Vertragsnummer;Mieternummer;VE-Nr.;Nachname;Vorname;Straße;Hausnummer;PLZ;Ort;Quartier;Lage;Zimmer;Wohnfläche;"
    "Nettokaltmiete;Betriebskosten;Heizkosten;Vertragsbeginn;Vertragsende;Saldo;Saldo-Stichtag"
)
NAMES = HEADER.split(";")
ROW = {
    "Vertragsnummer": "V1", "Mieternummer": "M1", "VE-Nr.": "W1", "Nachname": "Müller", "Vorname": "Anna",
    "Straße": "Bäckerstraße", "Hausnummer": "3 a", "PLZ": "01067", "Ort": "Dresden", "Quartier": "Altstadt",
    "Lage": "2. OG links", "Zimmer": "2,5", "Wohnfläche": "56,70", "Nettokaltmiete": "1.350,50",
    "Betriebskosten": "80,00", "Heizkosten": "60,00", "Vertragsbeginn": "01.01.2020", "Vertragsende": "",
    "Saldo": "-12,30", "Saldo-Stichtag": "31.10.2026",
}  # fmt: skip


def row(number, **cells):
    """Cells of tenancy ``number``: contract V…, tenant M…, dwelling W…; names as in the header."""
    cells = {name.replace("_", "-"): value for name, value in cells.items()}
    return {
        **ROW, "Vertragsnummer": f"V{number}", "Mieternummer": f"M{number}", "VE-Nr.": f"W{number}",
        "Nachname": f"Müller{number}", **cells,
    }  # fmt: skip


def csv_of(rows, names=NAMES):
    lines = [";".join(names)] + [";".join(cells[name] for name in names) for cells in rows]
    return "\r\n".join(lines).encode("cp1252")


class ImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Import GmbH"})
        cls.config = new_test_user(
            cls.env, "import_config", "sozial_management.group_sozial_config", lang="en_US",
            company_id=cls.company.id, company_ids=[(6, 0, cls.company.ids)],
        )  # fmt: skip
        cls.env = cls.env(user=cls.config, context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        cls.profile = cls.env["sozial.import.profile"].create({"name": "Nightly", "balance_sign": "negative"})

    def new_run(self, data, **options):
        values = {"filename": "liste.csv", "file": base64.b64encode(data), "profile_id": self.profile.id}
        values.update({"full_file": False, "balance_sign": "negative", "file_date": "2026-11-01", **options})
        run = self.env["sozial.import.run"].create(values)
        run.action_read()
        run.balance_sign = values["balance_sign"]
        return run

    def work(self, stop_after=None):
        """Let the background job work; commits are counted instead of made."""
        commits = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            cron.env.flush_all()
            commits.append((processed, remaining))
            if stop_after and len(commits) == stop_after:
                raise SystemExit
            return float("inf")

        job = self.env["sozial.import.run"].with_user(self.env.ref("base.user_root")).sudo()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            try:
                job._cron_process()
            except SystemExit:
                # not assertRaises: that would undo what was committed
                self.assertEqual(len(commits), stop_after)
        self.env.invalidate_all()
        return commits

    def import_rows(self, rows, **options):
        run = self.new_run(rows if isinstance(rows, bytes) else csv_of(rows), **options)
        run.action_start()
        self.work()
        self.assertEqual(run.state, "done", run.error)
        return run

    def tenancy(self, ref):
        return self.env["sozial.tenancy"].search([("external_ref", "=", ref), ("company_id", "=", self.company.id)])

    def counts(self, run):
        names = ("created", "changed", "unchanged", "ended", "rejected", "person")
        return {name: run[f"count_{name}"] for name in names if run[f"count_{name}"]}

    def rejected(self, run):
        return {r.row_number: r.details for r in run.row_ids if r.state == "rejected"}
