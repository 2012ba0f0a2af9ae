"""Calls that were run, by the methods that people use: each step as its own person, at its own time.

The clock of the calls is set back while the story is told, so that publication, deadline, opening and
award lie apart as they do in life. Letters are written by a small PDF writer: printing needs a server
that runs, and demo data is loaded before.
"""

import io
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from odoo import Command, fields

from . import texts

MODULE = "sozial_management_partner"
MOST_WEEKS = 17


class Story:
    """The demo calls of one database."""

    def __init__(self, env):
        self.env = env
        self.calls = env["sozial.call"]
        self.now = datetime.now(timezone.utc)

    def tell(self):
        """Load the stories, once."""
        if self.env.ref(f"{MODULE}.demo_call_concluded", raise_if_not_found=False):
            return
        with ExitStack() as stack:
            letters = type(self.env["sozial.award.letter"])
            stack.enter_context(patch.object(type(self.calls), "_now", lambda _call: self.now))
            stack.enter_context(patch.object(letters, "_make_pdf", _written))
            stack.enter_context(patch.object(letters, "_send", _kept))
            self._concluded()
            self._in_review()
        self.now = datetime.now(timezone.utc)
        self._draft("diakonie", self.env.ref(f"{MODULE}.demo_call_lebenstedt_lot_1"), texts.BEGUN)
        self.env["sozial.call.news"].sudo().search([("call_id", "in", self._own().ids)]).unlink()
        self.env["sozial.submission"].sudo().search([("call_id", "in", self._own().ids)])._write_guarded(
            {"receipt_sent_at": fields.Datetime.now(), "reminded_at": fields.Datetime.now()}
        )  # invented addresses get no mail

    def _own(self):
        return self.env.ref(f"{MODULE}.demo_call_concluded") | self.env.ref(f"{MODULE}.demo_call_reviewing")

    # ---- people and days ----

    def _as(self, record, name):
        user = self.env.ref(f"{MODULE}.demo_user_{name}")
        return record.with_user(user).with_context(lang=user.lang)

    def _go(self, day, hour=8, minute=0):
        """To a day counted from the deadline, at an hour UTC."""
        self.now = self.friday + timedelta(days=day, hours=hour, minutes=minute)

    def _start(self, weeks):
        """The story's deadline: a Friday, some weeks ago."""
        today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        self.friday = today - timedelta(days=(today.weekday() - 4) % 7 + 7 * weeks)
        self.deadline = self.friday + timedelta(hours=9)

    # ---- steps ----

    def _published(self, name, facts, lots, quarter):
        """Written by the officer, checked by a second person, published four weeks before the deadline."""
        self._go(-31)
        criteria = [{"name": texts.ELIGIBILITY[0], "description": texts.ELIGIBILITY[1], "kind": "eligibility", "sequence": 1}]
        criteria += [
            {"name": title, "description": text, "weight": weight, "minimum": minimum, "sequence": place}
            for place, (title, text, weight, minimum) in enumerate(texts.AWARD, 2)
        ]
        call = self._as(self.calls, "procurement").create(
            {
                **facts,
                "questions_until": self.calls._stored(self.deadline - timedelta(days=10)),
                "deadline": self.calls._stored(self.deadline),
                "date_from": (self.friday + timedelta(days=90)).date(),
                "date_until": (self.friday + timedelta(days=819)).date(),
                "lot_ids": [
                    Command.create(
                        {"name": title, "description": text, "capacity": capacity, "sequence": place,
                         "quarter_id": self.env.ref(quarter).id}
                    )  # fmt: skip
                    for place, (title, text, capacity) in enumerate(lots, 1)
                ],
                "criterion_ids": [Command.create(values) for values in criteria],
            }
        )
        self.env["ir.model.data"]._update_xmlids([{"xml_id": f"{MODULE}.{name}", "record": call, "noupdate": True}])
        self._go(-29)
        self._as(call, "procurement_two").action_check(texts.CHECK)
        self._go(-28)
        self._as(call, "procurement").action_publish()
        for reviewer in ("reviewer", "reviewer_two", "reviewer_three"):
            user = self.env.ref(f"{MODULE}.demo_user_{reviewer}")
            self._as(self.env["sozial.review.member"], "procurement").create({"call_id": call.id, "user_id": user.id})
        return call

    def _draft(self, organisation, lot, answers):
        draft = self._as(lot.call_id, organisation)._start_submission(self._as(lot, organisation))
        draft._portal_save(answers)
        return draft

    def _hand_in(self, organisation, lot, answers):
        draft = self._draft(organisation, lot, answers)
        draft._portal_hand_in()
        return draft.sudo()

    def _opened(self, call):
        """By two persons, on the Monday after; everybody is eligible."""
        self._go(3, 7)
        self._as(call, "procurement").action_begin_opening()
        self._go(3, 7, 4)
        self._as(call, "procurement_two").action_confirm_opening()
        self._go(4)
        officer = self._as(call, "procurement")
        officer.action_prepare_eligibility()
        for row in officer.eligibility_ids:
            row.write({"result": "met"})

    def _member(self, call, name):
        """A person's own place on the panel, with the declaration."""
        user = self.env.ref(f"{MODULE}.demo_user_{name}")
        return call.sudo().member_ids.filtered(lambda one: one.user_id == user).with_user(user)

    def _score(self, call, name, points, sheets=None, finish=True):
        """Score the first `sheets` of one's own sheets.

        :param points: one text a sheet, a digit a criterion
        """
        member = self._member(call, name)
        member.action_declare_none()
        member.action_start_review()
        reviews = member.sudo().review_ids.sorted(lambda one: (one.lot_id.sequence, one.submission_id.id))
        for review, digits in list(zip(reviews, points, strict=True))[:sheets]:
            for row, score in zip(review.score_ids.sorted("sequence"), digits, strict=True):
                row.with_user(member.env.user).write({"score": score, "reason": texts.REASONS[score]})
        if finish:
            member.action_finish()

    # ---- the stories ----

    def _concluded(self):
        """Two lots, a joint bid, a question, a late attempt, a refusal, two awards, the file closed."""
        self._start(MOST_WEEKS)
        call = self._published("demo_call_concluded", texts.LANGUAGE, texts.LANGUAGE_LOTS, "sozial_management.demo_quarter_lebenstedt")
        first, second = call.lot_ids
        self._go(-14)
        self._as(call, "sportverein")._portal_ask(texts.QUESTION[0])
        self._go(-11)
        question = self._as(call.sudo().question_ids, "procurement")
        question.write({"text": texts.QUESTION[1], "answer": texts.QUESTION[2]})
        question.action_answer()
        self._go(-3)
        self._hand_in("diakonie", first, texts.WELFARE)
        self._go(-2)
        self._hand_in("nachbarschaft", first, texts.CLUB)
        joint = self._draft("nachbarschaft", second, texts.CLUB)
        joint._portal_name_member("Turn- und Sportverein Eintracht Muster e. V.", "Enes Kaya", "enes.sportverein@example.com")
        joint.sudo().joint_ids._write_guarded({"invited_at": self.calls._stored(self.now)})
        self._go(-1)
        member, club = joint.sudo().joint_ids, self.env.ref(f"{MODULE}.demo_organisation_sportverein")
        self._as(member, "sportverein")._portal_confirm(member._key_for(club))  # the link of the mail to the invited mailbox
        joint._portal_hand_in()
        self._go(0, 8, 40)
        late = self._draft("sportverein", first, texts.SPORTS)
        self._go(0, 9, 3)
        late._portal_hand_in()
        self._opened(call)
        for day, (name, points) in enumerate(
            (("reviewer", ("334", "454", "444")), ("reviewer_two", ("243", "534", "345")), ("reviewer_three", ("333", "544", "434"))), 5
        ):
            self._go(day if day < 8 else 10)
            self._score(call, name, points)
        self._go(10, 12)
        self._agree(call)
        self._as(call, "procurement").action_close_review()
        self._go(11)
        awards = call.sudo().award_ids
        self._as(awards, "procurement_two").action_approve()
        self._go(12)
        self._as(awards.filtered(lambda award: award.state == "approved"), "procurement").action_send_letters()
        self.now = max(awards.mapped("award_from")).replace(tzinfo=timezone.utc) + timedelta(hours=9)
        self._as(awards, "procurement").action_award()
        self._go(40)
        self._as(call, "procurement").action_conclude()

    def _agree(self, call):
        """One score is agreed in the talk of the panel; the single ones stay."""
        club = self.env.ref(f"{MODULE}.demo_organisation_nachbarschaft")
        winner = call.sudo()._submitted().filtered(lambda one: one.partner_id == club)[:1]
        criterion = call.sudo().criterion_ids.filtered(lambda one: one.name == texts.AWARD[1][0])
        agreed = self._as(self.env["sozial.review.consensus"], "reviewer")
        agreed.create({"submission_id": winner.id, "criterion_id": criterion.id, "score": "4", "reason": texts.AGREED})

    def _in_review(self):
        """Opened this week: one reviewer is done, one is in the middle, one has not declared yet."""
        self._start(1)
        call = self._published("demo_call_reviewing", texts.VISITS, texts.VISITS_LOTS, "sozial_management.demo_quarter_nordhausen_nord")
        self._go(-4)
        self._hand_in("nachbarschaft", call.lot_ids, texts.CLUB)
        self._go(-1, 15)
        self._hand_in("diakonie", call.lot_ids, texts.WELFARE)
        self._opened(call)
        self._go(5, 7)
        self._score(call, "reviewer", ("443", "334"))
        self._go(5, 8)
        self._score(call, "reviewer_two", ("344", "333"), sheets=1, finish=False)


def _kept(letters):
    """Sent as far as the file is concerned: invented addresses get no mail."""
    for letter in letters.sudo():
        letter._mark_sent("mail", letter._make_pdf())


def _written(letter):
    """A letter as a PDF, with the words that people read and edit."""
    letter.ensure_one()
    style = getSampleStyleSheet()
    place = io.BytesIO()
    parts = [letter.company_id.name, letter.partner_name, letter._letter_day(), letter.subject, *letter.body.split("\n\n")]
    flow = [Paragraph(part.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>"), style["BodyText"]) for part in parts if part]
    SimpleDocTemplate(place, pagesize=A4, title=letter.subject, invariant=1).build(flow)
    return place.getvalue()
