from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestIntake(SozialCommon):
    """What stands before the assessment, and that there is no way round it."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case()

    def test_everything_missing_is_said_at_once(self):
        case = self._open_case(participant_ids=[])
        with self.assertRaises(UserError) as caught:
            case.action_assess()
        for words in ("Client:", "Data protection:", "Duplicate check:"):
            self.assertIn(words, str(caught.exception))
        self.assertEqual(case.state, "intake")

    def test_the_button_shows_what_is_missing_with_the_way_there(self):
        action = self.case.with_context(sozial_phase="assessment").action_step()
        self.assertEqual((action["type"], action["tag"]), ("ir.actions.client", "sozial_case_missing"))
        ways = [getattr(self.case, way["method"])() for problem in action["params"]["problems"] for way in problem["ways"]]
        self.assertEqual([way["res_model"] for way in ways], ["sozial.case", "sozial.duplicate.check"])
        self.assertEqual((ways[0]["res_id"], action["params"]["case_id"]), (self.case.id, self.case.id))
        self._clear_intake(self.case)
        self.case.with_context(sozial_phase="assessment").action_step()
        self.assertEqual(self.case.state, "assessment")

    def test_the_button_is_no_way_round(self):
        with self.assertRaisesRegex(UserError, "Phase"):
            self.case.with_context(sozial_phase="anonymised").action_step()
        with self.assertRaisesRegex(UserError, "cannot go"):
            self.case.with_context(sozial_phase="support").action_step()
        action = self.case.with_context(sozial_phase="closed").action_step()
        self.assertEqual(action["res_model"], "sozial.case.close")
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).with_context(sozial_phase="assessment").action_step()

    def test_context_keys_do_not_help(self):
        for context in ({"force": True}, {"sozial_phase": "assessment"}, {"default_state": "assessment"}, {"install_mode": True}):
            with self.subTest(context=context), self.assertRaises(UserError):
                self.case.with_context(**context).action_assess()
        with self.assertRaises(UserError):
            self.case.sudo().action_assess()

    def test_the_notice_has_day_and_manner(self):
        self.case._answer_duplicates("new")
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self.case.write({"privacy_notice_on": "2099-01-01", "privacy_notice_how": "oral"})
        self.case.write({"privacy_notice_on": fields.Date.context_today(self.case), "privacy_notice_how": "paper"})
        self.case.action_assess()
        with self.assertRaisesRegex(UserError, "do not empty"):
            self.case.write({"privacy_notice_on": False, "privacy_notice_how": False})
        self.case.privacy_notice_how = "letter"

    def test_the_answer_holds_for_the_client_it_was_given_for(self):
        self._clear_intake(self.case)
        other = self.env["res.partner"].create({"name": "Hans Meyer", "company_id": self.company.id})
        self.case.participant_ids.partner_id = other
        with self.assertRaisesRegex(UserError, "another one"):
            self.case.action_assess()
        self.case._answer_duplicates("known")
        self.case.action_assess()

    def test_the_answer_is_not_written_directly(self):
        for values in ({"duplicate_answer": "new"}, {"duplicate_client_id": self.tenant.id}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "not set directly"):
                self.case.write(values)
        case = self.env["sozial.case"].with_user(self.worker).with_context(default_duplicate_answer="new").create(
            {"type_id": self.kind.id}
        )
        self.assertFalse(case.duplicate_answer)

    def test_short_kinds_go_on_without_a_plan(self):
        case = self._clear_intake(self._open_case(type_id=self.env.ref("sozial_management.case_type_landlord").id))
        case.action_assess()
        case.action_support()
        self.assertEqual(case.state, "support")

    def test_community_work_needs_no_client(self):
        kind = self.env.ref("sozial_management.case_type_community")
        case = self._open_case(type_id=kind.id, participant_ids=[])
        case.action_assess()
        self.assertEqual(case.state, "assessment")
        named = self._open_case(type_id=kind.id)
        with self.assertRaisesRegex(UserError, "Data protection"):
            named.action_assess()

    def test_phases_keep_their_order(self):
        for method in ("action_plan", "action_support", "action_review"):
            with self.subTest(method=method), self.assertRaisesRegex(UserError, "cannot go"):
                getattr(self.case, method)()
        self._clear_intake(self.case).action_assess()
        with self.assertRaisesRegex(UserError, self.case.name):
            self.case.action_assess()

    def test_taking_up_again_asks_anew(self):
        self._clear_intake(self.case)
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        self.case.action_close()
        new = self.case.browse(self.case.action_reopen()["res_id"])
        self.assertFalse(new.privacy_notice_on or new.duplicate_answer)
        with self.assertRaises(UserError):
            new.action_assess()

    def test_household_in_one_step(self):
        person, gone = self.env["res.partner"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Paul Sorgenfrei", "Otto Weggezogen")]
        )
        self.env["sozial.tenancy.occupant"].create(
            [
                {"tenancy_id": self.tenancy.id, "partner_id": person.id},
                {"tenancy_id": self.tenancy.id, "partner_id": gone.id, "date_end": "2024-01-01"},
            ]
        )
        self.case.action_add_household()
        self.assertEqual(
            [(one.partner_id, one.role) for one in self.case.participant_ids.sorted("id")],
            [(self.tenant, "client"), (person, "household")],
        )
        with self.assertRaisesRegex(UserError, "already"):
            self.case.action_add_household()
        with self.assertRaisesRegex(UserError, "Tenancy"):
            self._open_case(tenancy_id=False).action_add_household()


@tagged("post_install", "-at_install")
class TestDuplicates(SozialCommon):
    """Who else could it be, without a word about cases one may not read."""

    def _partner(self, name, **values):
        return self.env["res.partner"].create({"name": name, "company_id": self.company.id, **values})

    def _case_of(self, partner, user=None, **values):
        return self._open_case(
            user=user, tenancy_id=False, participant_ids=[Command.create({"partner_id": partner.id, "role": "client"})], **values
        )

    def _check(self, case, user=None):
        return self._as(self.env["sozial.duplicate.check"], user or self.worker).create({"case_id": case.id})

    def test_found_however_it_is_written(self):
        case = self._case_of(self._partner("Jürgen Müller-Lüdenscheidt"))
        for name in ("Juergen Mueller", "MÜLLER-LÜDENSCHEIDT, Jürgen", "Jürgen Mülelr", "Jurgen Muller-Ludenscheidt"):
            with self.subTest(name=name):
                other = self._partner(name)
                earlier = self._case_of(other)
                check = self._check(case)
                self.assertIn(earlier, check.found_case_ids)
                self.assertIn(other, check.found_partner_ids)
        stranger = self._case_of(self._partner("Sabine Müller"))
        self.assertNotIn(stranger, self._check(case).found_case_ids)

    def test_found_by_birthday_and_by_dwelling(self):
        case = self._open_case()
        self.tenant.birth_date = "1961-04-03"
        married = self._case_of(self._partner("Erika Wolkenlos", birth_date="1961-04-03"))
        at_home = self._open_case(
            participant_ids=[Command.create({"partner_id": self._partner("Tarek Haddad").id, "role": "client"})]
        )
        found = self._check(case).found_case_ids
        self.assertIn(married, found)
        self.assertIn(at_home, found)

    def test_nothing_of_cases_one_may_not_read(self):
        """With and without a colleague's secret case of the same person the answer is the same."""
        case = self._open_case()
        values = lambda: self._check(case).read(["found_case_ids", "found_partner_ids"])[0]  # noqa: E731
        before = values()
        hidden = self._open_case(user=self.colleague, level="strict")
        after = values()
        self.assertEqual((before["found_case_ids"], before["found_partner_ids"]), (after["found_case_ids"], after["found_partner_ids"]))
        mine = self._open_case(user=self.colleague)
        self.assertEqual(self._check(mine, self.colleague).found_case_ids.ids, hidden.ids, "the control: who may read it sees it")
        with self.assertRaises(AccessError):
            self._check(hidden)

    def test_looking_is_on_record_and_the_answer_stands_on_the_case(self):
        case = self._open_case()
        check = self._check(case)
        with self.assertRaisesRegex(UserError, "choose one"):
            check.action_confirm()
        check.answer = "known"
        check.action_confirm()
        self.assertEqual(
            (case.duplicate_answer, case.duplicate_checked_by_id, case.duplicate_client_id), ("known", self.worker, self.tenant)
        )
        log = self.env["sozial.access.log"].sudo()
        self.env.cr.flush()
        before = log.search_count([("case_number", "=", case.name)])
        self._check(case).read(["found_case_ids", "client_id"])
        self.env.cr.flush()
        self.assertGreater(log.search_count([("case_number", "=", case.name)]), before)

    def test_another_company_stays_out(self):
        case = self._open_case()
        twin = self.env["res.partner"].create({"name": "Erika Sorgenfrei", "company_id": self.other_company.id})
        same = self._partner("Erika Sorgenfrei")
        found = self._check(case).found_partner_ids
        self.assertIn(same, found)
        self.assertNotIn(twin, found)

    def test_other_cases_of_the_client_are_listed_for_those_who_may_read_them(self):
        case, earlier = self._open_case(), self._open_case()
        hidden = self._open_case(user=self.colleague, level="strict")
        found = self.env["sozial.case"].with_user(self.worker).search(case.action_other_cases()["domain"])
        self.assertEqual(found, earlier)
        self.assertNotIn(hidden, found)
