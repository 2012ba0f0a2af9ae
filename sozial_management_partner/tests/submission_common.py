"""A published call with sealed submissions in every state, who may read which, and everybody who tries."""

from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from odoo import Command

from .common import PartnerCommon

SECRET = "Kennwort-Zaunkönig"
RIVAL = "Kennwort-Eisvogel"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Title (" + SECRET.encode("ascii", "ignore") + b") >>\nendobj\ntrailer\n%%EOF\n"
ANSWERS = ("who", "idea", "for_whom", "team", "needs", "experience")


class SubmissionCommon(PartnerCommon):
    """Two organisations in the first lot; in the second a draft, a withdrawn and a replaced one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._published().sudo()
        cls.lot, cls.lot_two = cls.call.lot_ids

    @classmethod
    def _draft(cls, user=None, lot=None, secret=SECRET):
        """A complete draft, as its organisation's user."""
        user = user or cls.bidder
        lot = lot or cls.lot
        draft = lot.call_id.with_user(user)._start_submission(lot.with_user(user))
        draft._portal_save({key: f"{secret} {key}" for key in ANSWERS})
        return draft

    @classmethod
    def _hand_in(cls, user=None, lot=None, secret=SECRET, data=PDF):
        draft = cls._draft(user, lot, secret)
        draft._portal_attach("Konzept.pdf", data)
        outcome = draft._portal_hand_in()
        assert not outcome.refused and not outcome.problems, outcome
        return draft

    @classmethod
    def _open(cls, call=None):
        """Deadline over, opened by two persons."""
        call = call or cls.call
        cls._pass_deadline(call, seconds=5)
        call.with_user(cls.procurement).action_begin_opening()
        call.with_user(cls.second_procurement).action_confirm_opening()
        call.invalidate_recordset()

    @contextmanager
    def _at(self, moment):
        """The clock of the call stands still."""
        with patch.object(type(self.env["sozial.call"]), "_now", lambda _call: moment):
            yield

    def _deadline(self, call=None, **shift):
        """The deadline as an aware moment, moved by a timedelta."""
        call = call or self.call
        return call.deadline.replace(tzinfo=timezone.utc) + timedelta(**shift)

    @staticmethod
    def _utc_now():
        return datetime.now(timezone.utc)


class SealedCase(SubmissionCommon):
    """Everything that can be sealed is there, and intruders have every right but the one that the seal takes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.submission = cls._hand_in()
        cls.rival = cls._hand_in(cls.other_bidder, secret=RIVAL)
        cls.draft = cls._draft(lot=cls.lot_two)
        cls.withdrawn = cls._hand_in(cls.other_bidder, lot=cls.lot_two, secret=RIVAL)
        cls.withdrawn._portal_withdraw()
        cls.file = cls.submission.content_ids.filtered(lambda row: row.kind == "file")
        cls.answer = cls.submission.content_ids.filtered(lambda row: row.key == "idea")
        cls.late = cls.env["sozial.submission.late"].create(
            {"call_id": cls.call.id, "lot_id": cls.lot.id, "partner_id": cls.caritas.id, "user_id": cls.bidder.id,
             "at_us": "2026-11-22T10:00:00.000001+00:00", "deadline_us": "2026-11-22T10:00:00.000000+00:00", "cause": "late"}
        ).with_user(cls.bidder)  # fmt: skip
        cls.rows = {"sozial.submission": cls.submission, "sozial.submission.content": cls.answer, "sozial.submission.late": cls.late}
        # the system administrator with the role for calls as well: the role alone must not be what stops them
        cls.system.group_ids = [Command.link(cls.env.ref("sozial_management_partner.group_sozial_procurement").id)]
        cls.config.group_ids = [Command.link(cls.env.ref("sozial_management_partner.group_sozial_procurement").id)]
        cls.intruders = [cls.procurement, cls.second_procurement, cls.approver, cls.system, cls.config]
        cls.outsiders = [*cls.intruders, cls.reviewer, cls.lead, cls.worker, cls.frontdesk, cls.privacy, cls.other_bidder]
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _mine(cls, model, user):
        return cls.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def assert_silent(self, told, *more):
        """Nothing of a submission in a text, an answer, an error."""
        text = str(told)
        for word in (SECRET, self.submission.sudo().number, self.submission.sudo().sha256, *more):
            self.assertNotIn(word, text)
