import json
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .subject_common import SubjectCommon


@tagged("post_install", "-at_install")
class TestSubjectRequest(SubjectCommon):
    """What data protection handles, and what it must not learn from it."""

    def test_one_month_and_two_more_with_a_reason_in_time(self):
        request = self._request(received_on="2026-01-31", start=False)
        self.assertEqual(str(request.due_on), "2026-02-28")
        self.assertTrue(request.is_overdue)
        request.extension_reason = "Viele Akten"
        with self.assertRaisesRegex(UserError, "first month is over"):
            request.action_extend()
        request = self._request()
        self.assertEqual(request.due_on, fields.Date.context_today(request) + relativedelta(months=1))
        with self.assertRaisesRegex(UserError, "Reason of the extension"):
            request.action_extend()
        request.extension_reason = "Viele Akten"
        request.action_extend()
        self.assertEqual(request.due_on, fields.Date.context_today(request) + relativedelta(months=3))
        self.assertEqual(self._parts().due_on, request.due_on, "the department has as long")
        with self.assertRaisesRegex(UserError, "already"):
            request.action_extend()

    def test_overdue_is_found(self):
        late = self._request(received_on=self._today() - timedelta(days=60))
        timely = self._request()
        found = self.env["sozial.subject.request"].with_user(self.privacy).search([("is_overdue", "=", True)])
        self.assertIn(late, found)
        self.assertNotIn(timely, found)

    def test_first_identified_then_in_order(self):
        request = self._request(start=False, identified=False)
        with self.assertRaisesRegex(UserError, "identified"):
            request.action_start()
        request.identified = "id_seen"
        with self.assertRaises(UserError):
            request.action_ready()
        request.action_start()
        with self.assertRaises(UserError):
            request.partner_id = self.husband
        request.action_ready()
        request.action_delivered_by_letter()
        self.assertEqual((request.state, request.delivered_how, request.handled_by_id), ("delivered", "letter", self.privacy))

    def test_refused_with_a_reason_that_stands_in_the_letter(self):
        request = self._request()
        with self.assertRaisesRegex(UserError, "Reason of the refusal"):
            request.action_refuse()
        request.refusal_reason = "Zum vierten Mal in diesem Monat."
        request.action_refuse()
        self.assertIn("vierten Mal", json.dumps(request._answer()))
        self.assertEqual(request._answer()["sections"], [])
        self.assertEqual(self._parts().state, "cancelled")

    def test_guarded_and_bad_values(self):
        request = self._request(start=False)
        guarded = {"state": "delivered", "due_on": "2030-01-01", "delivered_on": "2026-01-01", "company_id": self.other_company.id}
        for values in ({name: value} for name, value in guarded.items()):
            with self.subTest(values=values), self.assertRaises(UserError):
                request.write(values)
        with self.assertRaises(UserError):
            self._request(start=False, state="delivered")
        self.assertEqual(
            self.env["sozial.subject.request"].with_user(self.privacy).with_context(default_state="delivered").create({"name": "X"}).state,
            "received",
        )
        with self.assertRaisesRegex(ValidationError, "yet to come"):
            self._request(start=False, received_on=self._today() + timedelta(days=3))
        for call in (request.unlink, request.copy):
            with self.assertRaises(UserError):
                call()

    def _everything(self, record, user):
        """All that a user can read of a record, without what is its own anyway."""
        own = {"id", "create_date", "write_date", "__last_update", "display_name", "partner_id"}
        record = self._as(record, user)
        names = [name for name in record.fields_get() if name not in own]
        return record.read(names)[0]

    def test_a_client_and_somebody_else_look_the_same_to_data_protection(self):
        """Two people of one name: one is a client, in a strict case even, the other is not."""
        client, nobody = self._request(self.tenant), self._request(self.other_tenant)
        self.tenancy.partner_id = self.husband  # or the contract would tell the two apart
        self.tenancy.occupant_ids.filtered(lambda one: one.partner_id == self.tenant).unlink()
        self.tenant.tenant_number = False
        self.assertEqual(len(self._parts()), 1, "the positive control: there is a part of the client's case")
        for step in (lambda: None, self._review_everything, client.action_ready, nobody.action_ready):
            step()
        rows = [self._everything(one, self.privacy) for one in (client, nobody)]
        for row in rows:
            row.pop("id", None)
        self.assertEqual(*rows)
        self.assertEqual(*(self._as(one, self.privacy)._answer() for one in (client, nobody)))

    def _review_everything(self):
        parts = self._as(self._parts(), self.worker)
        parts.action_collect()
        parts.action_release()
        parts.action_delivered_by_letter()

    def test_data_protection_finds_no_trace_of_the_parts(self):
        self._request()
        part = self._parts()
        self.assertTrue(part)
        for user in (self.privacy, self.colleague, self.frontdesk, self.system, self.report, self.config):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._as(part, user).read(["state"])
                activities = self.env["mail.activity"].with_user(user).search([("res_model", "=", "sozial.case")])
                self.assertFalse(activities)
        self.assertNotEqual(part.create_uid, self.privacy)
        self.assertNotEqual(part.create_uid, self.privacy)
        made = self.env["mail.activity"].sudo().search([("res_model", "=", "sozial.case"), ("res_id", "=", self.case.id)])
        self.assertEqual(made.user_id, self.worker, "the worker in charge is reminded")
        self.assertNotIn(self.privacy, made.create_uid)
        self.assertFalse(self.env["mail.message"].sudo().search([("model", "=", "sozial.case"), ("res_id", "=", self.case.id)]))
        self.assertEqual(self._as(part, self.worker).state, "open")

    def test_who_works_on_the_case_does_not_see_the_request(self):
        request = self._request()
        part = self._as(self._parts(), self.worker)
        for user in (self.worker, self.lead, self.frontdesk, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(request, user).read(["state"])
        with self.assertRaises(AccessError):
            part.read(["request_id"])

    def test_every_case_of_the_person_in_this_company_gets_a_part(self):
        second = self._open_case(user=self.colleague, level="strict")
        closed = self._open_case()
        self.env["sozial.case.close"].with_user(self.worker).create(
            {"case_id": closed.id, "close_reason": "solved", "outcome": closed._fields["outcome"].get_values(self.env)[0]}
        ).action_confirm()
        self._request()
        self.assertEqual(self._parts().case_id, (self.case | second | closed).sudo())
        self.assertEqual(self.env["sozial.subject.part"].with_user(self.worker).search([], limit=100).case_id, self.case | closed)

    def test_the_letter_of_the_company(self):
        self.tenant.write({"birth_date": "1980-05-17", "phone": "0531 4711"})
        request = self._request(other_data="Videoaufnahmen der Tiefgarage, 48 Stunden")
        answer = json.dumps(request._answer(), ensure_ascii=False)
        for part in ("V-1", "1980-05-17", "0531 4711", "Tiefgarage", "§ 203", "900.0"):
            self.assertIn(part, answer)
        for secret in (self.case.name, "Rotkehlchen", "Zaunkönig"):
            self.assertNotIn(secret, answer)

    def test_a_member_of_the_household_is_not_told_the_rent(self):
        self.env["sozial.tenancy.occupant"].create({"tenancy_id": self.tenancy.id, "partner_id": self.husband.id})
        answer = json.dumps(self._request(self.husband)._answer())
        self.assertIn("V-1", answer)
        self.assertNotIn('"rent_net"', answer)
        self.assertNotIn('"arrears"', answer)

    def test_old_requests_go_by_themselves(self):
        old, young = self._request(), self._request()
        for request in (old, young):
            request.action_ready()
            request.action_delivered_by_letter()
        long_ago = self._today().replace(month=12, day=31) - relativedelta(years=4)
        self.env.cr.execute("UPDATE sozial_subject_request SET received_on = %s WHERE id = %s", [long_ago, old.id])
        self.env.invalidate_all()
        self.env["sozial.subject.request"]._gc_answered()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())

    def test_other_companies_see_nothing(self):
        request = self._request()
        stranger = self._user("t_privacy_two", "privacy", company=self.other_company)
        with self.assertRaises(AccessError):
            self._as(request, stranger).read(["state"])
