import base64
from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .benefit_common import BenefitCommon

GRANT = {"amount_month": 264, "valid_from": "2026-11-01", "valid_to": "2027-10-31", "posted_on": "2026-11-16"}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 10:00:00")
class TestBenefitApplication(BenefitCommon):
    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.company.sozial_federal_state = "NI"

    def _granted(self, **values):
        application = self._application(self.case)
        application.action_file()
        application.write({**GRANT, **values})
        application.action_grant()
        return application

    def _refused_application(self, received="2026-11-20"):
        application = self._application(self.case)
        application.action_file()
        application.received_on = received
        application.action_refuse()
        return application

    def test_what_is_computed_is_entered_by_nobody(self):
        application = self._granted()
        for name, value in (("amount_year", 5), ("expected", "likely"), ("quarter_id", self.quarter.id)):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "not set directly"):
                application.write({name: value})
        self.assertEqual(application.amount_year, 12 * 264)

    def test_pivots_can_add_up_the_amounts(self):
        """Without a currency that the database knows, the web client refuses to open them."""
        for model, names in (("sozial.benefit.application", ("amount_month", "amount_year")), ("sozial.fund.request", ("amount",))):
            found = self.env[model].with_user(self.worker).fields_get(names, ["aggregator"])
            self.assertEqual({one.get("aggregator") for one in found.values()}, {"sum"}, model)

    def test_the_checklist_comes_along_and_is_ones_own(self):
        application = self._application(self.case)
        self.assertEqual(application.document_ids.mapped("name"), self.wohngeld.document_ids.mapped("name"))
        needed = len(self.wohngeld.document_ids.filtered(lambda one: not one.if_applicable))
        self.assertEqual(application.documents_missing, needed)
        first = application.document_ids[:1]
        first.write({"received_on": "2026-11-20", "file": base64.b64encode(b"x"), "file_name": "x.pdf"})
        first.name = "anders"
        self.assertEqual(application.documents_missing, needed - 1)
        self.assertNotEqual(self.wohngeld.document_ids[:1].name, "anders")
        with self.assertRaisesRegex(ValidationError, "There since"):
            first.received_on = "2026-11-23"

    def test_shipped_lists_are_complete(self):
        for code, least in (
            ("wohngeld", 8), ("grundsicherung", 8), ("kinderzuschlag", 5), ("but", 4), ("pflegegrad", 5), ("schwerbehinderung", 4),
            ("rundfunkbeitrag", 3),
        ):  # fmt: skip
            benefit = self.env.ref(f"sozial_management.benefit_{code}")
            with self.subTest(benefit=code):
                self.assertEqual(len(benefit.document_ids), least)
                self.assertTrue(benefit.office and benefit.advice and benefit.legal_basis)

    def test_a_typing_error_in_a_grant_is_corrected(self):
        application = self._granted(amount_month=246)
        self._as(application, self.worker).amount_month = 264
        self.assertEqual(application.amount_month, 264)

    def test_the_state_is_moved_by_its_buttons(self):
        application = self._application(self.case)
        for values in ({"state": "granted"}, {"objection_deadline_id": False}):
            with self.assertRaises(UserError):
                application.write(values)
            with self.assertRaises(UserError):
                self._application(self.case, **values)
        for step in ("action_grant", "action_refuse", "action_object", "action_renew"):
            application.received_on = "2026-11-20"
            application.write({"amount_month": 1, "valid_from": "2026-11-01"})
            with self.subTest(step=step), self.assertRaises(UserError):
                getattr(application, step)()
        application.action_file()
        self.assertEqual(application.filed_on, date(2026, 11, 22))
        application.action_withdraw()
        with self.assertRaisesRegex(UserError, "Withdrawn"):
            application.action_file()
        with self.assertRaisesRegex(UserError, "Withdraw it"):
            application.unlink()
        with self.assertRaisesRegex(UserError, "not duplicated"):
            application.copy()

    def test_a_grant_sets_both_deadlines(self):
        application = self._granted()
        self.assertEqual(application.received_on, date(2026, 11, 20), "the fourth day after posting")
        self.assertEqual(application.objection_until, date(2026, 12, 21), "the 20th is a Sunday")
        objection, renewal = application.objection_deadline_id, application.renewal_deadline_id
        self.assertEqual((objection.due, objection.hard, objection.state), (date(2026, 12, 21), True, "open"))
        self.assertIn("Wohngeld", objection.name)
        self.assertEqual((renewal.due, renewal.remind_days, renewal.hard), (date(2027, 8, 31), 14, True), "two months before the end")
        self.assertEqual(application.amount_year, 264 * 12)

    def test_a_notice_before_2025_counts_from_the_third_day(self):
        application = self._application(self.case, posted_on="2024-12-02")
        self.assertEqual(application.received_on, date(2024, 12, 5))

    def test_the_end_of_a_grant_limits_the_year(self):
        self.assertEqual(self._granted(valid_to="2027-01-31").amount_year, 264 * 3)
        self.assertEqual(self._granted(valid_to=False).amount_year, 264 * 12)

    def test_what_the_notice_says_is_asked_for(self):
        application = self._application(self.case)
        application.action_file()
        with self.assertRaisesRegex(UserError, "(?s)Granted a month.*From.*Notice received on"):
            application.action_grant()
        with self.assertRaisesRegex(UserError, "Notice received on"):
            application.action_refuse()

    def test_an_objection_keeps_its_deadline_and_leads_to_a_new_decision(self):
        application = self._refused_application()
        deadline = application.objection_deadline_id
        application.action_object()
        self.assertEqual((application.state, application.objection_on, deadline.state), ("objection", date(2026, 11, 22), "kept"))
        application.write({"amount_month": 100, "valid_from": "2026-11-01", "received_on": "2026-11-21"})
        application.action_grant()
        self.assertEqual(application.state, "granted")
        self.assertNotEqual(application.objection_deadline_id, deadline)

    def test_two_notices_of_one_day_share_the_period(self):
        one, two = self._refused_application(), self._refused_application()
        self.assertEqual(one.objection_deadline_id, two.objection_deadline_id)
        self.assertNotEqual(self._refused_application("2026-11-19").objection_deadline_id, one.objection_deadline_id)

    def test_deadlines_at_the_end_of_a_month(self):
        """§ 188 (3), § 193 BGB: shorter months, week-ends, holidays of the state; a renewal is asked for on the safe side."""
        self.company.sozial_federal_state = "NI"
        for valid_to, due in (
            ("2027-04-30", date(2027, 2, 26)),  # 28 February is a Sunday
            ("2027-12-31", date(2027, 10, 29)),  # 31 October is a Sunday and Reformation Day
            ("2027-02-28", date(2026, 12, 28)),
            ("2027-03-01", date(2026, 12, 31)),  # 1 January is a holiday
            ("2027-01-15", date(2026, 11, 22)),  # the day is over: at once
        ):
            with self.subTest(valid_to=valid_to):
                application = self._application(self.case, informal_on="2026-11-01", valid_to=valid_to)
                self.assertEqual(application._renewal_due(), due)
        for received_on, until in (
            ("2026-01-30", date(2026, 3, 2)),  # 28 February is a Saturday
            ("2026-08-31", date(2026, 9, 30)),
            ("2026-09-30", date(2026, 10, 30)),
            ("2026-10-01", date(2026, 11, 2)),  # 1 November is a Sunday
            ("2026-11-25", date(2026, 12, 28)),  # Christmas, then a week-end
        ):
            with self.subTest(received_on=received_on):
                application = self._application(self.case, received_on=received_on)
                self.assertEqual(application.objection_until, until)

    def test_a_renewal_keeps_its_deadline(self):
        application = self._granted()
        action = application.action_renew()
        new = self.env["sozial.benefit.application"].browse(action["res_id"])
        self.assertEqual((new.state, new.benefit_id, application.renewal_deadline_id.state), ("prepared", self.wohngeld, "kept"))

    def test_days_and_amounts_that_cannot_be(self):
        for values, words in (
            ({"filed_on": "2026-11-23"}, "Form filed on"),
            ({"posted_on": "2026-11-10", "received_on": "2026-11-09"}, "before the posting"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
                self._application(self.case, **values)
        for values in ({"amount_month": -1}, {"valid_from": "2026-02-01", "valid_to": "2026-01-01"}):
            self._refused_by_the_database(lambda values=values: self._application(self.case, **values))
        application = self._application(self.case)
        for state in ("filed", "granted"):
            self._refused_by_the_database(lambda state=state: application._write_guarded({"state": state}))
        with self.assertRaisesRegex(ValidationError, "another case"):
            self._application(self.case, check_id=self._check(self._open_case()).id)

    def test_the_decision_stands_beside_the_check(self):
        application = self._application(self.case, check_id=self._check(self.case).id)
        self.assertEqual(application.comparison, "Expected: about 271\xa0€ a month.")
        application.action_file()
        application.write(GRANT)
        application.action_grant()
        self.assertRegex(application.comparison, r"^Expected: about 271\xa0€ a month. Granted: 264[.,]00\xa0€.$")

    def test_the_informal_letter(self):
        self.wohngeld.with_company(self.company).office_address = "Stadt Nordhausen\nWohngeldstelle\nMarkt 1"
        application = self._application(self.case)
        application.action_informal()
        self.assertEqual(application.informal_on, date(2026, 11, 22))
        printed = self._pdf("sozial_management.report_benefit_letter", application)
        for words in ("Wohngeldstelle", "Erika Sorgenfrei", "Stolberger Straße 12", "99734 Nordhausen", "Wohngeld"):
            self.assertIn(words, printed)
        self.assertRegex(printed, r"22\.11\.2026|11/22/2026")
        self.assertNotIn(self.company.name, printed, "it is the client's letter")
        self._not_for_others("sozial_management.benefit_letter", application)

    def test_only_with_a_grant(self):
        application = self._application(self.case, document_ids=[Command.create({"name": "x"})])
        for record in (application, application.document_ids):
            with self.assertRaises(AccessError):
                self._as(record, self.colleague).read(["case_id"])
        with self.assertRaises(AccessError):
            self._application(self.case, user=self.colleague)
