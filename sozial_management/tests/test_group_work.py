from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestGroupWork(SozialCommon):
    """Cases without a client: aims, meetings with counted people, reflections."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._open_case(type_id=cls.env.ref("sozial_management.case_type_group").id, tenancy_id=False, participant_ids=[])
        cls.case.group_aims = "Eltern kennen einander."
        cls.case.write(
            {"session_ids": [
                Command.create({"name": "Frühstück", "children": 4, "adults": 6, "minutes": 90}),
                Command.create({"name": "Ausflug", "seniors": 2, "unknown": 1, "reflection": "Zu weit."}),
            ]}
        )  # fmt: skip

    def test_no_client_is_needed_to_go_on(self):
        self.assertFalse(self.case.client_id)
        self.case.action_assess()
        self.assertEqual(self.case.state, "assessment")

    def test_people_are_counted(self):
        self.assertEqual((self.case.session_count, self.case.reached_count), (2, 13))
        self.case.session_ids[0].children += 1
        self.assertEqual(self.case.reached_count, 14)
        self.case.session_ids[0].unlink()
        self.assertEqual(self.case.session_count, 1)

    def test_participants_are_optional(self):
        self.case.participant_ids = [Command.create({"partner_id": self.tenant.id, "role": "helper"})]
        self.assertEqual(len(self.case.participant_ids), 1)

    def test_bad_numbers_and_days(self):
        with self.assertRaisesRegex(ValidationError, "after it took place"):
            self.case.session_ids[0].date = fields.Date.add(self._today(), days=3)
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(CheckViolation, "counts_positive"):
            self.case.session_ids[0].adults = -1
            self.case.session_ids.flush_recordset()

    def test_a_closed_case_stays(self):
        self.case.write({"close_reason": "solved"})
        self.case.action_decline()
        meeting = self.case.session_ids[0]
        for change in (lambda: meeting.write({"adults": 1}), meeting.unlink, lambda: meeting.copy()):
            with self.assertRaisesRegex(UserError, "is closed"):
                change()

    def test_nobody_else_counts(self):
        for user in (self.colleague, self.frontdesk, self.report, self.system):
            meetings = self._as(self.env["sozial.group.session"], user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                meetings.create({"case_id": self.case.id, "name": "x"})
