from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveySecrecy(SurveyCommon):
    """Nothing that is kept leads from an answer to a dwelling, for administrators neither."""

    def test_no_order_and_no_time(self):
        self._issue()
        for _one in range(12):
            self._answer(self.building, wish="Bänke")
        self.env.flush_all()
        for name in ("sozial.survey.answer", "sozial.survey.ticket"):
            self.assertFalse(self.env[name]._log_access)
            kinds = {field.type for field in self.env[name]._fields.values() if field.store}
            self.assertFalse(kinds & {"date", "datetime"})
        self.env.cr.execute("SELECT id FROM sozial_survey_answer WHERE outreach_id = %s ORDER BY ctid", [self.campaign.id])
        drawn = [row[0] for row in self.env.cr.fetchall()]
        self.assertEqual(len(set(drawn)), 24)
        self.assertNotEqual(drawn, sorted(drawn), "a number that counts on tells who answered first")
        self.env.cr.execute("SELECT last_value FROM sozial_survey_answer_id_seq")
        self.assertGreater(min(drawn), self.env.cr.fetchone()[0])

    def test_an_answer_leaves_no_trace_at_the_dwelling(self):
        """Whichever table is looked at: answering changes answers and codes alone."""
        token = self._issue()
        self.env.flush_all()

        def rows():
            self.env.cr.execute(
                "SELECT v.id, v.write_date, v.write_uid, v.xmin::text, o.write_date, o.xmin::text FROM sozial_outreach_visit v "
                "JOIN sozial_outreach o ON o.id = v.outreach_id WHERE o.id = %s ORDER BY v.id",
                [self.campaign.id],
            )
            return self.env.cr.fetchall()

        counted = ("mail.message", "mail.mail", "ir.attachment", "survey.user_input", "survey.user_input.line", "ir.logging")
        before = rows(), [self.env[name].search_count([], limit=100000) for name in counted]
        self.assertTrue(self.env["sozial.survey.ticket"]._find(token)._use())
        self._answer(self.building, wish="Bänke")
        self.env.flush_all()
        self.assertEqual((rows(), [self.env[name].search_count([], limit=100000) for name in counted]), before)

    def test_codes_are_in_no_order(self):
        self._tenants(30)
        self._issue()
        tickets = self.env["sozial.survey.ticket"]
        visits = {tickets._digest(tickets._token(visit)): visit.id for visit in self.campaign.sudo().visit_ids}
        order = [visits[ticket.digest] for ticket in self._tickets().sorted("id")]
        self.assertEqual(len(order), 32)
        self.assertNotEqual(order, sorted(order))
        self.assertFalse(set(self._tickets().mapped("digest")) & {tickets._token(visit) for visit in self.campaign.sudo().visit_ids})

    def test_nobody_reads_answers_and_codes(self):
        self._issue()
        self._answer(self.building)
        groups = "base.group_system,survey.group_survey_manager,sozial_management.group_sozial_config,sozial_management.group_sozial_report"
        administrator = new_test_user(self.env, "t_survey_admin", groups, company_id=self.company.id)
        for user in (administrator, self.lead, self.worker, self.frontdesk):
            for records in (self._answers(), self._tickets()):
                theirs = records.with_user(user)
                for step in (
                    lambda: theirs.search([], limit=1),  # noqa: B023 - called at once
                    lambda: theirs.export_data(["outreach_id"]),  # noqa: B023
                    lambda: theirs.formatted_read_group([], ["outreach_id"], ["__count"]),  # noqa: B023
                    lambda: theirs.read(["outreach_id"]),  # noqa: B023
                ):
                    # who may export nothing at all is told so by another message
                    with self.assertRaises(UserError):
                        step()
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.lead).read(["reminding"])

    def test_the_questions_stay_as_they_are(self):
        self._issue()
        option = self.content.suggested_answer_ids[0]
        for step in (
            lambda: self.content.write({"title": "Unzufrieden?"}), lambda: option.write({"value": "Immer"}),
            lambda: self.content.write({"scale_max_label": "schlecht"}), lambda: self.content.unlink(), lambda: option.unlink(),
            lambda: self.content.copy({"survey_id": self.questions.id}),
            lambda: option.copy({"value": "Neu"}),
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "stay as they are"), self.env.cr.savepoint():
                step()
        self.content.sequence = 7
        self.campaign.action_done()
        self.content.title = "Unzufrieden?"
