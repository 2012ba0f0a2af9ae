from typing import NamedTuple

from odoo import models

from ...procedure.completeness import Requirement, lacks

LONGEST = 20_000


class Question(NamedTuple):
    """A question of the form. `part`: ``short``, ``concept`` or ``eligibility``."""

    key: str
    part: str
    label: str
    help: str
    required: bool


class SozialSubmission(models.Model):
    """The form: six plain questions first; who wants to, writes a full concept by the criteria."""

    _inherit = "sozial.submission"

    def _questions(self):
        """Questions for this lot, in the order of the form."""
        self.ensure_one()
        criteria = self.sudo().lot_id._criteria()
        concept = [
            Question(
                f"criterion_{one.id}", "concept" if one.kind == "award" else "eligibility", one.name, one.description or "", False
            )
            for one in criteria.sorted(lambda one: (one.kind, one.sequence, one.id))
        ]
        return self._short_questions() + concept

    def _short_questions(self):
        _ = self.env._
        return [
            self._short("who", _("Who are you?"), _("Two or three sentences about your organisation and what it does.")),
            self._short("idea", _("What do you want to offer?"), _("What happens, how often, how long does it last?")),
            self._short("for_whom", _("For whom, and for how many people?"), _("For example: about 30 older tenants a month.")),
            self._short("team", _("Who does the work?"), _("Employees and volunteers, their training, the languages they speak.")),
            self._short("needs", _("What do you need from us?"), _("Rooms, money, times, contacts. Write “nothing” if you need nothing.")),
            self._short(
                "experience", _("What have you done like this before?"), _("Examples, or why you are new to it. Beginners are welcome.")
            ),
        ]

    def _short(self, key, label, explained):
        return Question(key, "short", label, explained, True)

    def _answers(self):
        """{key: text} as stored."""
        self.ensure_one()
        return {row.key: row.answer or "" for row in self.content_ids if row.kind == "answer"}

    def _problems(self, answers=None):
        """What still has to be done before the submission can be handed in: sentences that name the question.

        :return: {key: sentence}
        """
        self.ensure_one()
        questions = {one.key: one for one in self._questions()}
        wanted = [Requirement(one.key, required=one.required, longest=LONGEST) for one in questions.values()]
        answers = self._answers() if answers is None else answers
        found = lacks(wanted, answers, [], (), self.sudo().call_id._now().date())
        _ = self.env._
        sentences = {
            "missing": lambda lack: _("Please answer: %s", questions[lack.key].label),
            "too_long": lambda lack: _(
                "%(question)s: please shorten the answer to %(limit)s characters.", question=questions[lack.key].label, limit=lack.limit
            ),
        }
        return {lack.key: sentences[lack.code](lack) for lack in found if lack.code in sentences}

    def _open_points(self):
        """What may be handed in as it is, but somebody will ask about: criteria of eligibility without a word."""
        self.ensure_one()
        answers = self._answers()
        return [one.label for one in self._questions() if one.part == "eligibility" and not answers.get(one.key, "").strip()]
