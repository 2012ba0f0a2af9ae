from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import CaseworkCommon


@tagged("post_install", "-at_install")
class TestPlan(CaseworkCommon):
    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.plan = self._plan(self.case)
        self.today = fields.Date.context_today(self.case)

    def test_agreeing_lists_what_is_missing(self):
        empty = self.env["sozial.plan"].with_user(self.worker).create({"case_id": self.case.id})
        with self.assertRaises(UserError) as caught:
            empty._agree(False, "yes")
        for words in ("Goals:", "How agreed:", "Agreed on:"):
            self.assertIn(words, str(caught.exception))
        with self.assertRaisesRegex(UserError, "Agreed on"):
            self.plan._agree("2099-01-01", "oral")
        self.plan.goal_ids.indicator = " "
        with self.assertRaisesRegex(UserError, "notice"):
            self.plan._agree(self.today, "oral")

    def test_the_dialog_agrees(self):
        dialog = self.env["sozial.plan.agree"].with_user(self.worker).create({"plan_id": self.plan.id, "agreed_how": "signed"})
        dialog.action_confirm()
        self.assertEqual((self.plan.state, self.plan.agreed_how, self.plan.agreed_on), ("agreed", "signed", self.today))
        with self.assertRaises(AccessError):
            self.env["sozial.plan.agree"].with_user(self.colleague).create({"plan_id": self.plan.id, "agreed_how": "oral"})

    def test_agreed_stays_as_it_is(self):
        self.plan._agree(self.today, "oral")
        goal, step = self.plan.goal_ids, self.plan.goal_ids.measure_ids
        for user in (self.worker, self.env.user):
            plan, own_goal, own_step = self.plan.with_user(user), goal.with_user(user), step.with_user(user)
            for number, call in enumerate(
                (
                    lambda plan=plan: plan.write({"situation": "anders"}),
                    lambda plan=plan: plan.write({"goal_ids": [Command.create({"name": "x"})]}),
                    lambda plan=plan: plan.write({"goal_ids": [Command.update(goal.id, {"name": "x"})]}),
                    lambda plan=plan: plan.write({"goal_ids": [Command.delete(goal.id)]}),
                    lambda plan=plan: plan.with_context(force=True).write({"state": "draft"}),
                    lambda plan=plan: plan.unlink(),
                    lambda plan=plan: plan._agree(self.today, "signed"),
                    lambda plan=plan: plan.env["sozial.goal"].create({"plan_id": plan.id, "name": "x"}),
                    lambda plan=plan: plan.env["sozial.measure"].create({"goal_id": goal.id, "name": "x"}),
                    lambda own_goal=own_goal: own_goal.write({"indicator": "anders"}),
                    lambda own_goal=own_goal: own_goal.write({"outcome": "reached", "name": "anders"}),
                    lambda own_goal=own_goal: own_goal.write({"measure_ids": [Command.create({"name": "x"})]}),
                    lambda own_goal=own_goal: own_goal.unlink(),
                    lambda own_step=own_step: own_step.write({"name": "anders"}),
                    lambda own_step=own_step: own_step.write({"done_on": self.today, "who": "worker"}),
                    lambda own_step=own_step: own_step.unlink(),
                )
            ):
                with self.subTest(user=user.login, number=number), self.assertRaises(UserError):
                    call()

    def test_results_are_entered_on_an_agreed_plan(self):
        goal = self.plan.goal_ids
        with self.assertRaisesRegex(UserError, "when the plan is agreed"):
            goal.outcome = "reached"
        self.plan._agree(self.today, "oral")
        self.plan.write({"goal_ids": [Command.update(goal.id, {"outcome": "partly", "outcome_note": "Die Raten halten."})]})
        self.assertEqual(goal.outcome_on, self.today)
        goal.measure_ids.done_on = self.today
        with self.assertRaisesRegex(ValidationError, "Done on"):
            goal.measure_ids.done_on = "2099-01-01"
        with self.assertRaisesRegex(UserError, "set with the outcome"):
            goal.outcome_on = "2026-01-01"

    def test_state_and_outcome_are_not_given_at_creation(self):
        plans = self.env["sozial.plan"].with_user(self.worker)
        for values in ({"state": "agreed"}, {"agreed_on": "2026-01-01"}, {"version": 7}):
            with self.subTest(values=values), self.assertRaises(UserError):
                plans.create({"case_id": self.case.id, **values})
        made = plans.with_context(default_state="agreed", default_outcome="reached", default_agreed_how="oral").create(
            {"case_id": self.case.id, "goal_ids": [Command.create({"name": "x", "outcome": "reached"})]}
        )
        self.assertEqual((made.state, made.version, made.goal_ids.outcome), ("draft", 2, False))

    def test_a_new_version_takes_open_goals_along_and_replaces(self):
        self.plan._agree(self.today, "oral")
        second = self.plan.browse(self.plan.action_new_version()["res_id"])
        self.assertEqual((second.version, second.state, second.goal_ids.name), (2, "draft", self.plan.goal_ids.name))
        self.assertEqual(second.goal_ids.measure_ids.name, self.plan.goal_ids.measure_ids.name)
        self.assertEqual(self.plan.state, "agreed", "the old one holds until the new one is agreed")
        second._agree(self.today, "signed")
        self.assertEqual((self.plan.state, second.state), ("replaced", "agreed"))
        with self.assertRaises(UserError):
            self.plan.goal_ids.outcome = "reached"
        with self.assertRaises(UserError):
            self.plan.copy()
        with self.assertRaisesRegex(UserError, "follows"):
            self.plan.action_new_version()

    def test_support_asks_for_an_agreed_plan(self):
        self._final(self.case)
        self._clear_intake(self.case).action_assess()
        with self.assertRaisesRegex(UserError, "cannot go"):
            self.case.action_support()
        self.case.action_plan()
        with self.assertRaisesRegex(UserError, "Plan"):
            self.case.action_support()
        action = self.case.with_context(sozial_phase="support").action_step()
        self.assertEqual(action["params"]["problems"][0]["ways"][0]["method"], "action_plan_form")
        self.assertEqual(self.case.action_plan_form()["res_id"], self.plan.id)
        self.plan._agree(self.today, "oral")
        self.case.action_support()
        self.assertEqual(self.case.state, "support")

    def test_closing_asks_for_the_outcome_of_every_goal(self):
        self.plan._agree(self.today, "oral")
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        with self.assertRaisesRegex(UserError, "what came of this goal"):
            self.case.action_close()
        self.plan.goal_ids.outcome = "reached"
        self.case.action_close()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self.plan.goal_ids.outcome = "partly"
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self._plan(self.case)

    def test_changing_the_kind_is_no_way_round(self):
        short = self.env.ref("sozial_management.case_type_landlord")
        case = self._clear_intake(self._open_case(type_id=short.id))
        case.action_assess()
        case.action_support()
        with self.assertRaisesRegex(UserError, "needs an agreed plan"):
            case.type_id = self.kind
        self._plan(case)._agree(self.today, "oral")
        case.type_id = self.kind

    def test_not_into_a_foreign_case(self):
        with self.assertRaises(AccessError):
            self._plan(self.case, user=self.colleague)
        with self.assertRaises(AccessError):
            self.env["sozial.goal"].with_user(self.colleague).create({"plan_id": self.plan.id, "name": "x"})
        with self.assertRaises(AccessError):
            self.env["sozial.measure"].with_user(self.colleague).create({"goal_id": self.plan.goal_ids.id, "name": "x"})
        with self.assertRaisesRegex(UserError, "stays with"):
            self.plan.goal_ids.plan_id = self._plan(self._open_case())
        with self.assertRaisesRegex(UserError, "stays with"):
            self.plan.goal_ids.measure_ids.goal_id = self._plan(self._open_case()).goal_ids

    def test_printed_in_plain_words(self):
        offer = self.env["sozial.offer"].create(
            {"name": "Schuldnerberatung", "company_id": self.company.id,
             "category_id": self.env["sozial.offer.category"].search([], limit=1).id}
        )  # fmt: skip
        self.plan.goal_ids.measure_ids.offer_id = offer
        self.env["res.lang"]._activate_lang("en_US")
        self.tenant.lang = "en_US"
        text = self._pdf("sozial_management.report_plan", self.plan)
        for words in ("Our plan", "Erika Sorgenfrei", "Ich behalte meine Wohnung", "You", "Schuldnerberatung", "not agreed yet"):
            self.assertIn(words, text)
        self.tenant.lang = "de_DE"
        self.assertIn("Unser Plan", self._pdf("sozial_management.report_plan", self.plan))
        self._not_for_others("sozial_management.plan_form", self.plan)
