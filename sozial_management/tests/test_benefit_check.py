from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.money import euro
from .benefit_common import BenefitCommon

FAMILY = [
    {"role": "self", "age": 36, "wages_gross": 2400, "wages_net": 1850},
    {"role": "partner", "age": 35},
    {"role": "child", "age": 7},
    {"role": "child", "age": 10},
]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 10:00:00")
class TestBenefitCheck(BenefitCommon):
    def setUp(self):
        super().setUp()
        self.case = self._open_case()

    def _found(self, check, name="wohngeld"):
        found = check.result[name]
        return found["verdict"], found["low"], found["high"]

    def test_the_worked_example_is_stored_with_its_inputs(self):
        check = self._check(self.case)
        self.assertEqual(self._found(check), ("likely", "271", "271"))
        self.assertEqual((check.wohngeld, check.kinderzuschlag), ("likely", "unlikely"))
        self.assertEqual(check.result["wohngeld"]["version"], "wohngeld/2025-01-01")
        check.env.flush_all()
        check.env.invalidate_all()
        self.assertEqual(check._again(), check.result, "the same inputs and rules give it again")
        self.assertIn("271\xa0€", check.outcome_html)
        self.assertIn("wohngeld/2025-01-01", check.outcome_html)

    def test_household_and_rent_come_with_the_tenancy(self):
        child = self.env["res.partner"].create({"name": "Kind Sorgenfrei", "birth_date": "2015-01-01", "company_id": self.company.id})
        partner = self.env["res.partner"].create({"name": "Karl Sorgenfrei", "birth_date": "1955-01-01", "company_id": self.company.id})
        gone = partner.copy({"name": "Weg"})
        self.tenancy.occupant_ids = [
            Command.create({"partner_id": child.id}), Command.create({"partner_id": partner.id}),
            Command.create({"partner_id": gone.id, "date_end": "2024-01-01"}),
        ]  # fmt: skip
        action = self.case.action_benefit_check()
        form = Form(self.env["sozial.benefit.check"].with_user(self.worker).with_context(**action["context"]))
        self.assertEqual((form.rent_cold, form.rent_heating, form.mietenstufe), (520, 80, "4"))
        with form.person_ids.edit(0) as person:
            person.pension = 900
        check = form.save()
        self.assertEqual(
            {one.partner_id.name: one.role for one in check.person_ids},
            {"Erika Sorgenfrei": "self", "Karl Sorgenfrei": "partner", "Kind Sorgenfrei": "child"},
        )
        asking = check.person_ids.filtered(lambda one: one.role == "self")
        self.assertTrue(asking.pays_health and not asking.pays_tax and not asking.can_work)
        self.assertEqual(check.person_ids.filtered(lambda one: one.role == "child").kindergeld, 259)

    def test_what_is_missing_is_said_and_nothing_is_stored(self):
        wrong = (
            ({"person_ids": []}, "Who asks"),
            ({"person_ids": [Command.create({"role": "self", "age": 0})]}, "enter the age"),
            ({"person_ids": [Command.create({"role": "self", "age": 40, "wages_gross": 900})]}, "wages paid out"),
            ({"person_ids": [Command.create({"role": "self", "age": 40, "wages_gross": 900, "wages_net": 901})]}, "are more than"),
            ({"person_ids": [Command.create({"role": "self", "age": 40, "other": -1})]}, "Other income"),
            ({"person_ids": [Command.create({"role": "self", "age": 40}), Command.create({"role": "child", "age": 25})]}, "from 25 on"),
            ({"date": "2027-01-01"}, "does not know the amounts"),
        )
        for values, words in wrong:
            with self.subTest(words=words), self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
                self._check(self.case, **values)
        self._refused_by_the_database(lambda: self._check(self.case, rent_cold=-1))
        self.assertFalse(self.case.benefit_check_ids)

    def test_a_form_shows_problems_instead_of_an_outcome(self):
        form = Form(self.env["sozial.benefit.check"].with_user(self.worker).with_context(**self.case.action_benefit_check()["context"]))
        self.assertIn("unlikely", form.outcome_html)
        form.date = "2027-01-01"
        self.assertIn("does not know the amounts", form.outcome_html)

    def test_a_family_may_get_two_benefits(self):
        check = self._check(self.case, person_ids=[Command.create(values) for values in FAMILY], rent_cold=700, rent_heating=120)
        self.assertEqual((check.wohngeld, check.grundsicherung), ("likely", "unlikely"))
        self.assertIn("only one of both is paid", check.outcome_html)
        self.assertGreater(int(check.result["kinderzuschlag"]["high"]), 0)

    def test_an_application_next_month_loses_this_one(self):
        check = self._check(self.case)
        self.assertRegex(check.outcome_html, r"11/30/2026|30\.11\.2026")
        self.assertIn("would lose 271\xa0€", check.outcome_html)
        self.assertNotIn("o_sozial_month_saver", self._check(self.case, pension=3000).outcome_html)
        family = self._check(self.case, person_ids=[Command.create(values) for values in FAMILY], rent_cold=700, rent_heating=120)
        both = sum(int(family.result[name]["high"]) for name in ("wohngeld", "kinderzuschlag"))
        self.assertIn(f"would lose {euro(self.env, both, whole=True)}", family.outcome_html)
        self._application(self.case, check_id=check.id, informal_on="2026-11-20")
        self.assertNotIn("o_sozial_month_saver", check.outcome_html, "the month is kept already")
        self.env["sozial.benefit"].search([("code", "=", "kinderzuschlag")]).from_month_of_application = False
        family.invalidate_recordset(["outcome_html"])
        housing = euro(self.env, family.result["wohngeld"]["high"], whole=True)
        self.assertIn(f"would lose {housing}", family.outcome_html, "as it is set up on the benefit")

    def test_one_change_is_tried_without_changing_anything(self):
        form = Form(self._check(self.case))
        form.whatif_input = "pension"
        form.whatif_amount = 900
        self.assertIn("271\xa0€", form.whatif_html)
        self.assertIn("Before", form.whatif_html)
        after = self._check(self.case, pension=900)
        self.assertIn(f"about {after.result['wohngeld']['high']}\xa0€", form.whatif_html)
        form.whatif_input, form.whatif_role = "other", "partner"
        self.assertIn("not in the household", form.whatif_html)
        form.whatif_role = "self"
        for name, amount in (("other", 50), ("wages", 500), ("rent_cold", 300), ("rent_heating", 10), ("child", 6)):
            form.whatif_input, form.whatif_amount = name, amount
            self.assertIn("After", form.whatif_html)
        check = form.save()
        self.assertEqual(self._found(check), ("likely", "271", "271"))
        self.assertEqual(check.person_ids.pension, 1150)

    def test_newer_rules_are_shown_beside_and_not_written(self):
        check = self._check(self.case)
        stored = check.result
        changed = {**stored, "wohngeld": {**stored["wohngeld"], "high": "300", "low": "300", "version": "wohngeld/2027-01-01"}}
        with patch.object(type(check), "_outcome_of", lambda self, inputs: changed):
            check.invalidate_recordset(["difference_html"])
            self.assertIn("300\xa0€", check.difference_html)
            self.assertIn("wohngeld/2027-01-01", check.difference_html)
            self.assertIn("271\xa0€", check.difference_html)
        self.assertEqual(check.result, stored)

    def test_the_same_rules_show_no_difference(self):
        self.assertFalse(self._check(self.case, date="2026-03-01").difference_html)

    def test_an_application_keeps_its_check(self):
        check = self._check(self.case)
        check.with_context(sozial_benefit="wohngeld").action_apply()
        application = check.application_ids
        self.assertEqual((application.benefit_id, application.state, application.case_id), (self.wohngeld, "prepared", self.case))
        check.with_context(sozial_benefit="wohngeld").action_apply()
        self.assertEqual(check.application_ids, application, "one is enough")
        application.action_file()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            check.rent_cold = 600
        with self.assertRaisesRegex(UserError, "stays as it is"):
            check.write({"person_ids": [Command.clear()]})
        with self.assertRaisesRegex(UserError, "stays as it is"):
            check.person_ids.pension = 1

    def test_at_the_counter_nothing_is_kept(self):
        quick = self.env["sozial.benefit.quick"].with_user(self.worker)
        names = {*quick._fields, *self.env["sozial.benefit.quick.person"]._fields}
        self.assertFalse(names & {"case_id", "tenancy_id", "partner_id", "name", "note", "client_id"}, "no field says who it is")
        before = quick.sudo().search_count([]), self.env["sozial.benefit.quick.person"].search_count([])
        form = Form(quick.with_context(default_person_ids=[Command.create({"role": "self"})]))
        self.assertIn("enter the age", form.outcome_html)
        form.rent_cold, form.rent_heating, form.mietenstufe = 520, 80, "4"
        with form.person_ids.edit(0) as person:
            person.age, person.pension = 76, 1150
        self.assertIn("271\xa0€", form.outcome_html)
        after = quick.sudo().search_count([]), self.env["sozial.benefit.quick.person"].search_count([])
        self.assertEqual(before, after, "looking stores nothing")
        arch = quick.get_view(view_type="form")["arch"]
        self.assertNotIn('type="object"', arch, "no button saves")

    def test_only_with_a_grant(self):
        check = self._check(self.case)
        for user in (self.colleague, self.frontdesk, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(check, user).read(["result"])
        with self.assertRaises(AccessError):
            self._check(self.case, user=self.colleague)

    def test_an_ended_case_keeps_its_checks(self):
        check = self._check(self.case)
        self.env["sozial.case.close"].with_user(self.worker).create(
            {"case_id": self.case.id, "decline": True, "close_reason": "not_responsible"}
        ).action_confirm()
        for call in (
            lambda: self._check(self.case), lambda: check.write({"rent_cold": 1}), lambda: check.person_ids.write({"pension": 1}),
            check.unlink, lambda: self._application(self.case),
        ):  # fmt: skip
            with self.assertRaises(UserError), self.env.cr.savepoint():
                call()
