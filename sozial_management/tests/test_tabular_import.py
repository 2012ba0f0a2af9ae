"""Import of tenancies: what goes in, what is refused, what a repeated file changes."""

import base64
import datetime as dt
import io
import re
from unittest.mock import patch

import openpyxl

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .import_common import NAMES, ImportCase, csv_of, row


@tagged("post_install", "-at_install")
class TestTabularImport(ImportCase):
    def test_a_row_becomes_quarter_building_dwelling_person_and_tenancy(self):
        run = self.import_rows([row(1)])
        self.assertEqual(self.counts(run), {"created": 1})
        tenancy = self.tenancy("V1")
        self.assertEqual(tenancy.partner_id.name, "Anna Müller1")
        self.assertEqual(tenancy.partner_id.tenant_number, "M1")
        self.assertEqual(tenancy.partner_id.company_id, self.company)
        self.assertEqual((tenancy.rent_net, tenancy.rent_gross), (1350.5, 1490.5))
        self.assertEqual((tenancy.arrears, tenancy.arrears_date), (12.3, dt.date(2026, 10, 31)))
        dwelling = tenancy.dwelling_id
        self.assertEqual((dwelling.number, dwelling.floor, dwelling.rooms, dwelling.area), ("W1", 2, 2.5, 56.7))
        self.assertEqual(dwelling.building_id.name, "Bäckerstraße 3 a")
        self.assertEqual(dwelling.building_id.zip, "01067")
        self.assertEqual(dwelling.quarter_id.name, "Altstadt")
        self.assertEqual(tenancy.occupant_ids.partner_id, tenancy.partner_id)
        self.assertEqual(tenancy.create_uid, self.config)

    def test_a_repeated_file_writes_nothing(self):
        rows = [row(number, Nettokaltmiete=f"{300 + number},10") for number in range(20)]
        self.import_rows(rows)
        models = ("sozial.tenancy", "sozial.dwelling", "sozial.building", "res.partner", "sozial.tenancy.occupant")
        own = {model: self.env[model].sudo().search([("company_id", "=", self.company.id)]) for model in models}
        self.assertEqual(len(own["sozial.tenancy"]), 20)
        for model in models:
            self.env.cr.execute(
                f"UPDATE {self.env[model]._table} SET write_date = '2000-01-01' WHERE company_id = %s",
                [self.company.id],
            )
        self.env.invalidate_all()
        run = self.import_rows(rows)
        self.assertEqual(self.counts(run), {"unchanged": 20})
        self.assertFalse(run.row_ids)
        for model, records in own.items():
            again = self.env[model].sudo().search([("company_id", "=", self.company.id)])
            self.assertEqual(again, records)
            self.assertEqual(set(again.mapped("write_date")), {dt.datetime(2000, 1, 1)}, model)

    def test_a_change_is_written_and_told(self):
        self.import_rows([row(1), row(2)])
        run = self.import_rows([row(1, Nettokaltmiete="1.400,00", Zimmer="3"), row(2)])
        self.assertEqual(self.counts(run), {"changed": 1, "unchanged": 1})
        self.assertEqual(self.tenancy("V1").rent_net, 1400)
        self.assertEqual(self.tenancy("V1").dwelling_id.rooms, 3)
        self.assertIn("1.350,50 → 1.400,00", run.row_ids.details)
        report = base64.b64decode(run.report)
        self.assertTrue(report.startswith(b"\xef\xbb\xbf"))
        self.assertIn("2;V1;", report.decode("utf-8-sig"))

    def test_arrears_without_a_day_count_as_of_the_file(self):
        names = [name for name in NAMES if name != "Saldo-Stichtag"]
        self.import_rows(csv_of([row(1)], names))
        self.assertEqual(self.tenancy("V1").arrears_date, dt.date(2026, 11, 1))
        run = self.import_rows(csv_of([row(1)], names), file_date="2026-11-02")
        self.assertEqual(self.counts(run), {"unchanged": 1})
        self.import_rows(csv_of([row(1, Saldo="-50,00")], names), file_date="2026-11-03")
        self.assertEqual(self.tenancy("V1").arrears_date, dt.date(2026, 11, 3))

    def test_positive_balances(self):
        self.import_rows([row(1, Saldo="99,00"), row(2, Saldo="-5,00")], balance_sign="positive")
        self.assertEqual([self.tenancy("V1").arrears, self.tenancy("V2").arrears], [99, 0])

    def test_bad_rows_are_named_and_the_others_go_in(self):
        run = self.import_rows(
            [
                row(1), row(2, Nettokaltmiete="viel"), row(3, Vertragsende="31.12.2019"), row(1), row(4, Vertragsbeginn="gestern"),
                row(5, Vertragsnummer=""), row(6, Nachname="", Vorname=""), row(7),
            ]
        )  # fmt: skip
        self.assertEqual(self.counts(run), {"created": 2, "rejected": 6})
        reasons = self.rejected(run)
        for number, words in {3: "viel", 4: "31.12.2019", 5: "V1", 6: "gestern", 7: "", 8: ""}.items():
            self.assertIn(words, reasons[number])
        labels = {number: text.partition(":")[0] for number, text in reasons.items()}
        self.assertEqual(labels[3], "Net rent")
        self.assertEqual(labels[4], "End of contract")
        self.assertEqual(labels[5], "Contract number")
        self.assertEqual(labels[8], "Full name")
        self.assertFalse(self.env["res.partner"].sudo().search([("tenant_number", "in", ("M2", "M3", "M4"))]))
        self.assertFalse(
            self.env["sozial.dwelling"].search(
                [("number", "in", ("W2", "W3", "W4")), ("company_id", "=", self.company.id)]
            )
        )

    def test_a_second_running_tenancy_is_refused_with_the_first_ones_name(self):
        self.import_rows([row(1)])
        run = self.import_rows([row(2, **{"VE-Nr.": "W1"}), row(3)])
        self.assertEqual(self.counts(run), {"created": 1, "rejected": 1})
        self.assertIn("V1", self.rejected(run)[2])
        self.assertFalse(self.env["res.partner"].sudo().search([("tenant_number", "=", "M2")]))
        run = self.import_rows([row(4), row(5, **{"VE-Nr.": "W4"})])
        self.assertEqual(list(self.rejected(run)), [3])

    def test_end_and_start_on_following_days_in_any_order(self):
        for turn, order in enumerate((1, -1)):
            old, new = f"A{turn}", f"B{turn}"
            unit = {"VE-Nr.": f"X{turn}"}
            self.import_rows([row(old, **unit)])
            rows = [row(old, Vertragsende="31.10.2026", **unit), row(new, Vertragsbeginn="01.11.2026", **unit)][::order]
            run = self.import_rows(rows)
            self.assertEqual(self.counts(run), {"created": 1, "ended": 1}, self.rejected(run))
            self.assertEqual(self.tenancy(f"V{old}").date_end, dt.date(2026, 10, 31))
            run = self.import_rows(rows)
            self.assertEqual(self.counts(run), {"unchanged": 2})

    def test_end_and_start_far_apart_in_the_file(self):
        self.patch_sizes(read=3, write=3)
        many = [row(number) for number in range(100, 120)]
        self.import_rows([row(1), *many])
        new = row(2, Vertragsbeginn="01.11.2026", **{"VE-Nr.": "W1"})
        run = self.import_rows([new, *many, row(1, Vertragsende="31.10.2026")])
        self.assertEqual(self.counts(run), {"created": 1, "ended": 1, "unchanged": 20}, self.rejected(run))

    def test_tenancies_swap_dwellings(self):
        self.patch_sizes(read=2, write=2)
        self.import_rows([row(1), row(2), row(3)])
        one, two = self.tenancy("V1"), self.tenancy("V2")
        homes = one.dwelling_id, two.dwelling_id
        run = self.import_rows([row(1, **{"VE-Nr.": "W2"}), row(3), row(2, **{"VE-Nr.": "W1"})])
        self.assertEqual(self.counts(run), {"changed": 2, "unchanged": 1}, self.rejected(run))
        self.assertEqual((two.dwelling_id, one.dwelling_id), homes)

    def test_a_refused_move_leaves_the_stored_tenancy_in_the_way(self):
        self.import_rows([row(1), row(2)])
        # V1 wants to W2, which V2 keeps; so W1 is not free for V3
        run = self.import_rows([row(1, **{"VE-Nr.": "W2"}), row(3, **{"VE-Nr.": "W1"})])
        self.assertEqual(sorted(self.rejected(run)), [2, 3])
        self.assertIn("contract V1", self.rejected(run)[3])

    def test_tenancies_that_swap_are_written_together_however_far_apart(self):
        self.import_rows([row(number) for number in range(1, 5)])
        self.patch_sizes(read=2, write=2)
        changed = [row(number, Nettokaltmiete="1,00") for number in (2, 3)]
        run = self.import_rows([row(1, **{"VE-Nr.": "W4"}), *changed, row(4, **{"VE-Nr.": "W1"})])
        self.assertEqual(self.counts(run), {"changed": 4}, self.rejected(run))

    def test_a_whole_street_moves_round(self):
        # more than the ORM writes in one statement: the constraint has to wait for the last of them
        names = ["Vertragsnummer", "VE-Nr."]
        self.import_rows([row(number) for number in range(150)])
        moved = [row(number, **{"VE-Nr.": f"W{(number + 1) % 150}"}) for number in range(150)]
        run = self.import_rows(csv_of(moved, names))
        self.assertEqual(self.counts(run), {"changed": 150}, self.rejected(run))
        self.assertEqual(self.tenancy("V149").dwelling_id.number, "W0")

    def test_two_rows_that_contradict_each_other_do_not_take_turns(self):
        rows = [
            row(1, Vertragsende="31.12.2024", Zimmer="2"),
            row(2, Vertragsbeginn="01.01.2025", Zimmer="3", **{"VE-Nr.": "W1"}),
        ]
        run = self.import_rows(rows)
        self.assertIn("row 2", "".join(run.row_ids.filtered("details").mapped("details")))
        run = self.import_rows(rows)
        self.assertEqual(self.counts(run), {"unchanged": 2})

    def test_rows_of_one_contract_are_persons_if_the_profile_says_so(self):
        rows = [row(1), row(1, Mieternummer="M9", Vorname="Bernd", Nachname="Weiß"), row(1)]
        run = self.import_rows(rows, households=True)
        self.assertEqual(self.counts(run), {"created": 1, "person": 1, "rejected": 1})
        occupants = self.tenancy("V1").occupant_ids
        self.assertEqual(occupants.partner_id.mapped("name"), ["Anna Müller1", "Bernd Weiß"])
        self.assertEqual(set(occupants.mapped("role")), {"tenant"})
        run = self.import_rows(rows[:2], households=True)
        self.assertEqual(self.counts(run), {"unchanged": 2})

    def test_another_tenant_is_another_contact(self):
        names = [name for name in NAMES if name != "Mieternummer"]
        self.import_rows(csv_of([row(1)], names))
        anna = self.tenancy("V1").partner_id
        self.import_rows(csv_of([row(1, Nachname="Schmidt")], names))
        self.assertEqual(self.tenancy("V1").partner_id, anna)
        self.assertEqual(anna.name, "Anna Schmidt")
        self.import_rows(csv_of([row(1, Nachname="Weber", Vorname="Jörg")], names))
        self.assertNotEqual(self.tenancy("V1").partner_id, anna)
        self.assertEqual(anna.name, "Anna Schmidt")

    def test_spreadsheets(self):
        book = openpyxl.Workbook()
        cells = row(1)
        book.active.append(NAMES)
        values = {
            **cells,
            "PLZ": 1067,
            "Vertragsbeginn": dt.datetime(2020, 1, 1),
            "Saldo": -12.3,
            "Nettokaltmiete": 1350.5,
        }
        book.active.append([values[name] or None for name in NAMES])
        stream = io.BytesIO()
        book.save(stream)
        self.import_rows(stream.getvalue())
        self.assertEqual(self.tenancy("V1").building_id.zip, "01067")
        run = self.import_rows([cells])
        self.assertEqual(self.counts(run), {"unchanged": 1})

    def test_broken_files_are_refused_with_a_sentence(self):
        for data, words in ((b"%PDF-1.4", "PDF"), (b"PK\x03\x04x", "damaged"), (b"1;2\n3;4", "column names")):
            with self.assertRaisesRegex(ValidationError, words):
                self.new_run(data)

    def test_the_preview_names_the_errors_and_writes_nothing(self):
        run = self.new_run(csv_of([row(1), row(2, Nettokaltmiete="<b>viel</b>")]))
        self.assertIn("&lt;b&gt;viel&lt;/b&gt;", run.preview)
        self.assertNotIn("<b>viel", run.preview)
        self.assertFalse(self.tenancy("V1"))

    def test_the_preview_shows_two_contracts_of_one_dwelling_at_a_time(self):
        self.import_rows([row(1), row(2), row(9)])
        rows = [row(number) for number in range(20, 40)]
        rows += [
            row(3, **{"VE-Nr.": "W3"}),
            row(4, **{"VE-Nr.": "W3"}),  # beside row 22 of this file
            row(5, **{"VE-Nr.": "W9"}),  # beside V9, which stands
            row(6, Vertragsbeginn="01.11.2026", **{"VE-Nr.": "W1"}),  # after V1, which ends below
            row(1, Vertragsende="31.10.2026"),
            row(2, **{"VE-Nr.": "W9"}),  # moves to where V9 stands, so W2 stays taken
            row(7, **{"VE-Nr.": "W2"}),
        ]
        run = self.new_run(csv_of(rows))
        told = re.findall(r'<tr class="table-danger"><td>(\d+)</td>.*?<td>([^<]*)</td></tr>', run.preview)
        self.assertEqual([int(number) for number, _hint in told], [23, 24, 27, 28])
        for (_number, hint), other in zip(told, ("V3", "V9", "V9", "V2"), strict=True):
            self.assertIn(f"contract {other} ", hint)
        self.assertIn("Rejected: 4", run.preview)
        self.assertIn("New: 22", run.preview)
        run.action_start()
        self.work()
        self.assertEqual(sorted(self.rejected(run)), [23, 24, 27, 28])

    def test_the_preview_warns_when_many_running_tenancies_are_missing(self):
        rows = [row(number) for number in range(20)]
        self.import_rows(rows)
        words = "3 of 20 running tenancies are missing"
        self.assertIn(words, self.new_run(csv_of(rows[:17]), full_file=True).preview)
        self.assertNotIn("are missing", self.new_run(csv_of(rows[:18]), full_file=True).preview)
        run = self.new_run(csv_of(rows[:17]))
        self.assertNotIn("are missing", run.preview)
        run.full_file = True
        run.action_preview()
        self.assertIn(words, run.preview)

    def test_an_open_quotation_mark_stops_before_anything_is_written(self):
        data = csv_of([row(1), row(2, Nachname='"Weber'), row(3, Nachname='"Kurz"'), row(4)])
        with self.assertRaisesRegex(ValidationError, "Row 3 .*quotation mark"):
            self.new_run(data)

    def test_a_formula_without_a_result_rejects_its_row(self):
        book = openpyxl.Workbook()
        book.active.append(NAMES)
        for cells in (row(1, Nettokaltmiete="=100+200"), row(2)):
            book.active.append([cells[name] or None for name in NAMES])
        stream = io.BytesIO()
        book.save(stream)
        run = self.import_rows(stream.getvalue())
        self.assertEqual(self.counts(run), {"created": 1, "rejected": 1})
        self.assertIn("=100+200", self.rejected(run)[2])
        self.assertIn("save it there", self.rejected(run)[2])

    def test_a_field_chosen_twice_is_refused(self):
        run = self.new_run(csv_of([row(1)]))
        run.column_ids[3].field = "external_ref"
        with self.assertRaisesRegex(ValidationError, "Vertragsnummer.*Nachname"):
            run.action_start()

    def test_columns_are_remembered_by_name(self):
        data = csv_of([row(1)]).replace(b"Nettokaltmiete", b"Spalte X")
        run = self.new_run(data)
        column = run.column_ids.filtered(lambda column: column.header == "Spalte X")
        self.assertFalse(column.field)
        column.field = "rent_net"
        run.action_start()
        self.work()
        run_id = self.profile.import_file("n.csv", base64.b64encode(data.replace(b"1.350,50", b"1,00")).decode())
        self.work()
        self.assertEqual(self.counts(self.env["sozial.import.run"].browse(run_id)), {"changed": 1})
        self.assertEqual(self.tenancy("V1").rent_net, 1)
        with self.assertRaisesRegex(ValidationError, "Spalte X"):
            self.profile.import_file("n.csv", base64.b64encode(csv_of([row(1)])).decode())
        with self.assertRaisesRegex(ValidationError, "base64"):
            self.profile.import_file("n.csv", "ä")

    def test_attached_files_are_imported_without_clicks(self):
        self.import_rows([row(1)])
        with self.assertRaises(UserError):
            self.profile.action_import_pending()
        self.env["ir.attachment"].create(
            {
                "name": "n.csv",
                "raw": csv_of([row(1), row(2)]),
                "res_model": self.profile._name,
                "res_id": self.profile.id,
            }
        )
        self.env["sozial.import.profile"].sudo()._cron_import_pending()
        self.work()
        self.assertTrue(self.tenancy("V2"))
        self.assertFalse(
            self.env["ir.attachment"].search([("res_model", "=", self.profile._name), ("res_id", "=", self.profile.id)])
        )

    def patch_sizes(self, read, write):
        module = "odoo.addons.sozial_management.models.tabular_import.import_run_work"
        self.startPatcher(patch(f"{module}.READ_BATCH", read))
        self.startPatcher(patch(f"{module}.WRITE_BATCH", write))
