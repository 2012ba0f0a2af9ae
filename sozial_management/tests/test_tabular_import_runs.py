"""Imports as work: interrupted, cancelled, proposals to end, rights, clean-up."""

import base64
import datetime as dt
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models.tabular_import.contact_columns import with_computed_columns
from .import_common import NAMES, ImportCase, csv_of, row

CREATE = "odoo.addons.sozial_management.models.tabular_import.create_many"
STATISTICS = "odoo.addons.sozial_management.models.tabular_import.statistics"
WORK = "odoo.addons.sozial_management.models.tabular_import.import_run_work"


@tagged("post_install", "-at_install")
class TestTabularImportRuns(ImportCase):
    def test_an_interrupted_import_goes_on_after_its_last_batch(self):
        rows = [row(number) for number in range(10)] + [row(3)]
        with patch(f"{WORK}.READ_BATCH", 4), patch(f"{WORK}.WRITE_BATCH", 3):
            run = self.new_run(csv_of(rows))
            run.action_start()
            for stop in (1, 2, 4):
                # the process dies right after a commit: what follows is a new job
                self.work(stop_after=stop)
                self.assertEqual(run.state, "running")
            self.work()
        self.assertEqual(run.state, "done", run.error)
        self.assertEqual(self.counts(run), {"created": 10, "rejected": 1})
        self.assertEqual(run.count_read, 11)
        self.assertEqual(len(run.row_ids), 11)

    def test_postgresql_looks_at_tables_that_were_filled(self):
        """Without statistics every foreign key reads whole tables, for the length of a first import."""
        self.env.cr.execute("ANALYZE sozial_tenancy")
        before = self.rows_that_postgresql_expects()
        with patch(f"{STATISTICS}._FIRST", 3), patch(f"{WORK}.WRITE_BATCH", 2):
            self.import_rows([row(number) for number in range(2)])
            self.assertEqual(self.rows_that_postgresql_expects(), before, "two rows are not worth a look")
            self.import_rows([row(number) for number in range(9)])
        self.assertGreaterEqual(self.rows_that_postgresql_expects(), before + 6)

    def rows_that_postgresql_expects(self):
        self.env.cr.execute("SELECT reltuples FROM pg_class WHERE oid = 'sozial_tenancy'::regclass")
        return self.env.cr.fetchone()[0]

    def test_an_error_stops_and_continue_goes_on(self):
        run = self.new_run(csv_of([row(1)]))
        run.action_start()
        with patch(f"{WORK}.Writer.apply", side_effect=RuntimeError), self.assertLogs(WORK, "ERROR"):
            self.work()
        self.assertEqual(run.state, "failed")
        self.assertFalse(self.tenancy("V1"))
        run.action_continue()
        self.work()
        self.assertEqual(self.counts(run), {"created": 1})

    def test_one_row_that_the_database_refuses_does_not_stop_its_batch(self):
        self.import_rows([row(1)])
        self.env.cr.execute("ALTER TABLE sozial_dwelling ADD CONSTRAINT test_no_99 CHECK (rooms < 99)")
        run = self.import_rows([row(number, Zimmer="99" if number == 5 else "2") for number in range(2, 9)])
        self.assertEqual(self.counts(run), {"created": 6, "rejected": 1})
        self.assertFalse(self.env["res.partner"].sudo().search([("tenant_number", "=", "M5")]))

    def test_a_cancelled_import_stops(self):
        run = self.new_run(csv_of([row(1)]))
        run.action_start()
        run.action_cancel()
        self.work()
        self.assertFalse(self.tenancy("V1"))
        with self.assertRaises(UserError):
            run.action_start()

    def test_missing_tenancies_are_proposed_and_never_ended_by_themselves(self):
        self.import_rows([row(1), row(2), row(3, Vertragsende="31.12.2030")])
        run = self.import_rows([row(1)], full_file=True)
        tenancy = self.tenancy("V2")
        self.assertEqual(run.proposal_ids.tenancy_id, tenancy)
        self.assertFalse(tenancy.date_end)
        self.assertEqual(run.proposal_ids.date_end, dt.date(2026, 10, 31))
        run.proposal_ids.action_refuse()
        self.assertFalse(tenancy.date_end)
        with self.assertRaises(UserError):
            run.proposal_ids.action_accept()
        again = self.import_rows([row(1)], full_file=True)
        again.proposal_ids.action_accept()
        self.assertEqual(tenancy.date_end, dt.date(2026, 10, 31))
        self.assertEqual(again.count_ended, 1)
        self.assertEqual(again.proposal_ids.decided_by_id, self.config)

    def test_a_rejected_row_does_not_make_its_tenancy_missing(self):
        self.import_rows([row(1)])
        run = self.import_rows([row(1, Nettokaltmiete="viel")], full_file=True)
        self.assertFalse(run.proposal_ids)

    def test_an_empty_file_is_no_end_of_all_tenancies(self):
        self.import_rows([row(1), row(2)])
        run = self.import_rows([], full_file=True)
        self.assertEqual((run.state, run.count_read), ("done", 0))
        self.assertFalse(run.proposal_ids)

    def test_a_proposal_is_settled_when_the_tenancy_comes_back(self):
        self.import_rows([row(1), row(2)])
        run = self.import_rows([row(1)], full_file=True)
        self.import_rows([row(1), row(2)], full_file=True)
        self.assertEqual(run.proposal_ids.state, "obsolete")
        with self.assertRaises(UserError):
            run.proposal_ids.action_accept()

    def test_the_successor_goes_in_when_the_end_is_accepted(self):
        self.import_rows([row(1)])
        run = self.import_rows([row(2, Vertragsbeginn="01.11.2026", **{"VE-Nr.": "W1"})], full_file=True)
        self.assertEqual(self.counts(run), {"rejected": 1})
        self.assertEqual(run.proposal_ids.successor, "V2")
        run.proposal_ids.action_accept()
        self.work()
        self.assertEqual(self.counts(run), {"created": 1, "ended": 1})
        self.assertTrue(self.tenancy("V2"))

    def test_members_of_a_household_who_are_missing_are_proposed_too(self):
        bernd = {"Mieternummer": "M9", "Vorname": "Bernd", "Nachname": "Weiß"}
        clara = {"Mieternummer": "", "Vorname": "Clara", "Nachname": "Weiß"}
        complete = {"full_file": True, "households": True}
        self.import_rows([row(1), row(1, **bernd), row(1, **clara), row(2), row(2, Mieternummer="M8")], **complete)
        home = self.tenancy("V1").occupant_ids
        # without several rows per contract, and with a row of the contract that cannot be read, nothing is known
        self.assertFalse(self.import_rows([row(1), row(2)], full_file=True).proposal_ids)
        doubtful = self.import_rows([row(1), row(1, **{**clara, "Saldo": "?"}), row(2)], **complete)
        self.assertEqual(doubtful.proposal_ids.tenancy_id, self.tenancy("V2"))
        run = self.import_rows([row(1, Mieternummer="", Nachname="Schulz"), row(1, **clara), row(2)], **complete)
        proposals = run.proposal_ids.filtered(lambda proposal: proposal.tenancy_id == self.tenancy("V1"))
        person = home.filtered(lambda occupant: occupant.partner_id.name == "Bernd Weiß")
        self.assertEqual(proposals.occupant_id, person)
        self.assertEqual((proposals.date_start, proposals.date_end), (dt.date(2020, 1, 1), dt.date(2026, 10, 31)))
        self.assertFalse(any(home.mapped("date_end")))
        other = run.proposal_ids - proposals
        self.assertEqual(other.occupant_id, self.tenancy("V2").occupant_ids[-1])
        other.action_refuse()
        proposals.action_accept()
        self.assertEqual(person.date_end, dt.date(2026, 10, 31))
        self.assertFalse(self.tenancy("V1").date_end or run.count_ended)
        # one has moved out, of the other it was said that the stay goes on: neither is asked again
        self.assertFalse(self.import_rows([row(1), row(1, **clara), row(2)], **complete).proposal_ids)
        with self.assertRaises(UserError):
            proposals.action_accept()

    def test_a_proposal_cannot_be_made_or_decided_by_hand(self):
        self.import_rows([row(1)])
        run = self.import_rows([row(2)], full_file=True)
        with self.assertRaises(UserError):
            run.proposal_ids.write({"state": "accepted"})
        with self.assertRaises(UserError):
            self.env["sozial.import.proposal"].create(
                {"run_id": run.id, "tenancy_id": self.tenancy("V2").id, "date_end": "2026-01-01"}
            )
        with self.assertRaises(UserError):
            run.proposal_ids.date_end = "2000-01-01"
            run.proposal_ids.action_accept()

    def test_only_the_configuration_role_sees_imports(self):
        run = self.import_rows([row(1), row(2, Saldo="?")])
        models = ("profile", "run", "row", "column", "proposal")
        attachments = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", run._name), ("res_id", "=", run.id), ("res_field", "in", ("file", "report"))]
        )  # fmt: skip
        self.assertEqual(len(attachments), 2)
        attachments.with_user(self.config).check_access("read")
        roles = ("frontdesk", "worker", "lead", "privacy", "report")
        users = [
            new_test_user(self.env(user=1), f"import_{role}", f"sozial_management.group_sozial_{role}", company_id=self.company.id,
                          company_ids=[(6, 0, self.company.ids)])
            for role in roles
        ]  # fmt: skip
        admin = new_test_user(self.env(user=1), "import_admin", "base.group_system", company_id=self.company.id,
                              company_ids=[(6, 0, self.company.ids)])  # fmt: skip
        for user in [*users, admin]:
            for model in models:
                with self.assertRaises(AccessError, msg=f"{user.login} {model}"):
                    self.env[f"sozial.import.{model}"].with_user(user).search([], limit=1)
            with self.assertRaises(AccessError):
                attachments.with_user(user).mapped("raw")
            with self.assertRaises(AccessError):
                self.profile.with_user(user).import_file("x.csv", "eA==")
            with self.assertRaises(AccessError):
                run.with_user(user).action_again()

    def test_companies_see_nothing_of_each_others_imports(self):
        run = self.import_rows([row(1), row(2, Saldo="?")])
        other = self.env(user=1)["res.company"].create({"name": "Other"})
        user = new_test_user(self.env(user=1), "import_other", "sozial_management.group_sozial_config",
                             company_id=other.id, company_ids=[(6, 0, other.ids)])  # fmt: skip
        self.assertTrue(self.env["sozial.import.row"].search([("run_id", "=", run.id)]))
        for model in ("profile", "run", "row", "column", "proposal"):
            self.assertTrue(model == "proposal" or self.env[f"sozial.import.{model}"].search_count([], limit=1), model)
            found = (
                self.env[f"sozial.import.{model}"]
                .with_user(user)
                .with_context(allowed_company_ids=other.ids)
                .search([], limit=1)
            )
            self.assertFalse(found, model)
        with self.assertRaises(AccessError):
            run.with_user(user).with_context(allowed_company_ids=other.ids).read(["filename"])

    def test_the_same_numbers_in_another_company_are_other_tenancies(self):
        self.import_rows([row(1)])
        first = self.tenancy("V1")
        other = self.env(user=1)["res.company"].create({"name": "Other"})
        self.config.sudo().write({"company_ids": [(4, other.id)], "company_id": other.id})
        self.env = self.env(context={**self.env.context, "allowed_company_ids": [other.id, self.company.id]})
        run = self.new_run(csv_of([row(1, Nachname="Weber")]), company_id=other.id, profile_id=False)
        run.action_start()
        self.work()
        self.assertEqual(self.counts(run), {"created": 1})
        self.assertEqual(first.with_env(self.env).partner_id.name, "Anna Müller1")

    def test_personal_data_of_old_imports_goes(self):
        run, young = self.import_rows([row(1), row(2, Saldo="?")]), self.import_rows([row(3)])
        self.env.cr.execute(
            "UPDATE sozial_import_run SET write_date = now() - interval '31 days' WHERE id = %s", [run.id]
        )
        self.env.invalidate_all()
        self.env["sozial.import.run"].sudo()._gc_personal_data()
        self.assertFalse(run.file or run.report or run.preview or run.row_ids or run.column_ids)
        self.assertEqual(run.count_rejected, 1)
        self.assertTrue(young.file and young.report and young.row_ids)
        self.assertTrue(self.tenancy("V1"))

    def test_a_formula_in_the_report_stays_a_text(self):
        run = self.import_rows([row(1, Vertragsnummer="=1+1", Saldo="?")])
        self.assertIn(";'=1+1;", base64.b64decode(run.report).decode("utf-8-sig"))

    def test_columns_known_beforehand_are_what_odoo_computes(self):
        """A contact is inserted with its computed columns; computing them again changes nothing."""
        rows = [
            row(1, **{"E-Mail": "Anna.Mueller@Example.ORG", "Telefon": "03631 12 34 56"}),
            row(2, **{"E-Mail": "", "Telefon": ""}),
            row(3, **{"E-Mail": "a@example.org, b@example.org", "Telefon": "keine"}),
        ]
        self.import_rows(csv_of(rows, [*NAMES, "Telefon", "E-Mail"]))
        tenancies = self.tenancy("V1") + self.tenancy("V2") + self.tenancy("V3")
        for records in (tenancies.partner_id, tenancies.dwelling_id, tenancies, tenancies.occupant_ids):
            records = records.sudo().with_company(self.company)
            self.assertEqual(len(records), 3, records)
            names = [f.name for f in records._fields.values() if f.store and f.compute and f.column_type]
            before = records.read(names, load="")
            for name in names:
                self.env.add_to_compute(records._fields[name], records)
            self.env.flush_all()
            records.invalidate_recordset()
            self.assertEqual(records.read(names, load=""), before)
        self.assertEqual(tenancies.partner_id[0].commercial_partner_id, tenancies.partner_id[0])
        self.assertEqual(tenancies.partner_id[0].sudo().email_normalized, "anna.mueller@example.org")

    def test_a_foreign_computation_of_a_contact_is_left_to_odoo(self):
        vals = [{"name": " Anna ", "company_id": self.company.id}]
        partners = self.env["res.partner"]
        self.assertEqual(with_computed_columns(partners, vals)[0]["complete_name"], "Anna")
        with patch.object(type(partners), "_get_complete_name", lambda partner: "other", create=True):
            self.assertNotIn("complete_name", with_computed_columns(partners, vals)[0])
        # to somebody who knows less of Odoo, the messaging's own create() is a foreign one
        with patch(f"{CREATE}._KNOWN_CREATES", ("odoo.orm.models", "odoo.addons.base.models.")):
            self.assertEqual(with_computed_columns(partners, vals), vals)
        self.env["ir.default"].sudo().set("res.partner", "country_id", self.env.ref("base.de").id)
        self.assertEqual(with_computed_columns(partners, vals), vals)

    def test_what_a_written_row_stated_is_not_kept_twice(self):
        run = self.import_rows([row(1), row(2, Saldo="?")])
        self.env.cr.execute("SELECT count(stated) FROM sozial_import_row WHERE run_id = %s", [run.id])
        self.assertEqual(self.env.cr.fetchone()[0], 0)
