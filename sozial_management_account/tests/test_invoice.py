from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sozial_management_room.tests.common import RoomCommon


@tagged("post_install", "-at_install")
class TestInvoice(RoomCommon):
    """Fees and deposit of a booking become one draft invoice; accounting does the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        accounts = cls.env["account.account"].with_company(cls.company)
        cls.income, cls.held = accounts.create(
            [
                {"name": "Raumnutzung", "code": "SZ4400", "account_type": "income", "company_ids": [Command.set(cls.company.ids)]},
                {"name": "Kautionen", "code": "SZ1700", "account_type": "liability_current", "company_ids": [Command.set(cls.company.ids)]},
            ]
        )
        cls.claims = accounts.create(
            {"name": "Forderungen", "code": "SZ1400", "account_type": "asset_receivable", "reconcile": True,
             "company_ids": [Command.set(cls.company.ids)]}
        )  # fmt: skip
        cls.club.with_company(cls.company).property_account_receivable_id = cls.claims
        cls.journal = cls.env["account.journal"].create(
            {"name": "Räume", "type": "sale", "code": "SZR", "company_id": cls.company.id, "default_account_id": cls.income.id}
        )
        cls.company.sozial_deposit_account_id = cls.held
        fee = {"name": "Nutzung", "customer_group": "partner"}
        cls.kitchen.fee_ids = [
            Command.create({**fee, "amount": 10, "unit": "hour"}),
            Command.create({**fee, "name": "Reinigung", "amount": 25}),
            Command.create({**fee, "name": "Kaution", "kind": "deposit", "amount": 50}),
            Command.create({**fee, "name": "Nutzung", "customer_group": "tenant", "amount": 900}),
        ]

    def setUp(self):
        super().setUp()
        self.booking = self._book(stop="11:00:00", partner_id=self.club.id, name="Geheimtreffen")

    def _invoice(self, booking=None):
        return self.env["account.move"].search([("sozial_booking_id", "=", (booking or self.booking).id)])

    def test_fees_and_deposit_become_a_draft(self):
        self.booking.with_user(self.room_manager).action_invoice()
        invoice = self._invoice()
        self.assertEqual((invoice.state, invoice.move_type, invoice.partner_id), ("draft", "out_invoice", self.club))
        lines = invoice.invoice_line_ids
        self.assertEqual([(line.quantity, line.price_unit, line.account_id) for line in lines],
                         [(2, 10, self.income), (1, 25, self.income), (1, 50, self.held)])  # fmt: skip
        self.assertFalse(lines.tax_ids)
        self.assertEqual(invoice.amount_total, 95)
        self.assertNotIn("Geheimtreffen", " ".join(lines.mapped("name")), "what it is for is not for accounting")
        self.assertIn("Küche", lines[0].name)
        self.assertTrue(self.booking.with_user(self.room_user).invoice_text)
        invoice.action_post()
        self.booking.invalidate_recordset()
        self.assertIn(invoice.name, self.booking.with_user(self.room_user).invoice_text)

    def test_the_product_decides_about_account_and_tax(self):
        other = self.income.copy({"code": "SZ4401", "name": "Andere"})
        product = self.env["product.product"].create({"name": "Raum", "type": "service", "taxes_id": False})
        product.with_company(self.company).property_account_income_id = other
        self.kitchen.fee_ids[0].product_id = product
        self.booking.with_user(self.room_manager).action_invoice()
        line = self._invoice().invoice_line_ids.filtered("product_id")
        self.assertEqual((line.account_id, line.quantity, line.price_unit), (other, 2, 10))

    def test_a_deposit_that_is_paid_is_not_asked_again(self):
        self.env["sozial.room.deposit"].create({"booking_id": self.booking.id, "amount": 50})
        self.booking.with_user(self.room_manager).action_invoice()
        self.assertEqual(self._invoice().amount_total, 45)

    def test_one_that_counts_for_each_booking(self):
        self.booking.with_user(self.room_manager).action_invoice()
        with self.assertRaises(UserError):
            self.booking.with_user(self.room_manager).action_invoice()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["account.move"].create(self.booking._invoice_values())
            self.env.flush_all()
        self._invoice().button_cancel()
        self.booking.with_user(self.room_manager).action_invoice()
        self.assertEqual(len(self._invoice()), 2)

    def test_what_is_missing_is_named(self):
        own = self._book(self.left)
        free = self._book(self.right, partner_id=self.club.id)
        request = self._book(day="2027-03-08 ", state="requested", partner_id=self.club.id)
        messages = set()
        for booking in (own, free, request):
            with self.assertRaises(UserError) as caught:
                booking.with_user(self.room_manager).action_invoice()
            messages.add(str(caught.exception))
        self.company.sozial_deposit_account_id = False
        with self.assertRaises(UserError) as caught:
            self.booking.with_user(self.room_manager).action_invoice()
        messages.add(str(caught.exception))
        self.journal.active = False
        with self.assertRaises(UserError) as caught:
            self.booking.with_user(self.room_manager).action_invoice()
        messages.add(str(caught.exception))
        self.assertEqual(len(messages), 5, "each says something else")
        self.assertFalse(self._invoice() | self._invoice(free))

    def test_who_makes_and_reads_invoices(self):
        with self.assertRaises(AccessError):
            self.booking.with_user(self.room_user).action_invoice()
        self.booking.with_user(self.room_manager).action_invoice()
        invoice = self._invoice()
        with self.assertRaises(AccessError):
            invoice.with_user(self.room_manager).read(["name"])
        clerk = new_test_user(
            self.env, "t_clerk", groups="account.group_account_invoice", company_id=self.company.id, company_ids=self.company.ids
        )
        self.assertTrue(invoice.with_user(clerk).read(["amount_total"]), "the positive control")
        with self.assertRaises(AccessError):
            invoice.with_user(clerk).read(["sozial_booking_id"])
        with self.assertRaises(AccessError):
            self.booking.with_user(clerk).read(["name"])

    def test_a_cancelled_booking_takes_its_draft_along(self):
        self.booking.with_user(self.room_manager).action_invoice()
        self.booking.with_user(self.room_user).action_cancel()
        self.assertEqual(self._invoice().state, "cancel")
