from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .groups import MOST_PEOPLE, ROLES

# whoever opens the door counts the early birds
BEFORE = timedelta(hours=2)
NOT_HELD = ("cancelled", "suspended")


class SozialActivitySession(models.Model):
    """A session as it was attended."""

    _inherit = "sozial.activity.session"

    sheet_ids = fields.One2many("sozial.activity.sheet", "session_id", "Attendance sheet")  # none or one
    attendance_ids = fields.One2many("sozial.activity.attendance", "session_id", "People on the list")
    count_ids = fields.One2many("sozial.activity.count", "session_id", "Counted people")
    participants = fields.Integer(compute="_compute_people", help="Who came, named or counted, nobody twice.")
    volunteers = fields.Integer(compute="_compute_people", help="Who helped, named or counted, nobody twice.")
    counted = fields.Boolean(compute="_compute_people", help="Not counted is another thing than nobody having come.")

    def _compute_people(self):
        cells = self._people()
        sheets = self.env["sozial.activity.sheet"]._read_group(
            [("session_id", "in", self.ids), ("counted_at", "!=", False)], ["session_id"]
        )
        counted = {session.id for [session] in sheets} | {session for session, _role, _group in cells}
        for session in self:
            of_role = {
                role: sum(number for (one, which, _group), number in cells.items() if one == session.id and which == role)
                for role, _label in ROLES
            }
            session.participants, session.volunteers = of_role["participant"], of_role["volunteer"]
            session.counted = session.id in counted

    def _people(self):
        """Who came, nobody twice: ``{(session id, role, age group): number}``, without empty cells.

        Where the numbers count everybody, those on the list are among them. Where they count guests,
        both are added up.
        """
        numbers = self.env["sozial.activity.count"]._cells(self)
        everybody = {
            session.id
            for [session] in self.env["sozial.activity.sheet"]._read_group(
                [("session_id", "in", self.ids), ("mode", "=", "everybody")], ["session_id"]
            )
        }
        named = self.env["sozial.activity.attendance"]._read_group(
            [("session_id", "in", [one for one in self.ids if one not in everybody])], ["session_id", "role", "age_group"], ["__count"]
        )
        for session, role, group, number in named:
            numbers[session.id, role, group] = numbers.get((session.id, role, group), 0) + number
        return numbers

    def _paid(self):
        """Whether a visit costs something today."""
        return "paid" if self.activity_id.cost > 0 else "free"

    def _require_countable(self):
        """:raise UserError: for a session that is cancelled, or that has not begun"""
        soon = fields.Datetime.now() + BEFORE
        for session in self.sudo():
            if session.state in NOT_HELD:
                raise UserError(self.env._("%s does not take place: there is nobody to be counted.", session.display_name))
            if session.start > soon:
                raise UserError(self.env._("%s has not begun yet. It is counted when people come.", session.display_name))

    def _require_uncounted(self):
        """:raise UserError: for a session that people were counted at: it was held, at that time"""
        if not self:
            return
        people = self.sudo()._people()
        named = self.env["sozial.activity.attendance"].sudo().search_fetch([("session_id", "in", self.ids)], ["session_id"], limit=1)
        counted = {session for session, _role, _group in people} | set(named.session_id.ids)
        if one := self.sudo().filtered(lambda session: session.id in counted)[:1]:
            raise UserError(self.env._("%s was counted: people were there. Correct the attendance sheet first.", one.display_name))

    def action_attendance(self):
        """Open the attendance sheet."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "sozial_attendance",
            "name": self.env._("Attendance"),
            "params": {"session_id": self.id},
        }

    def action_correct_count(self):
        """Enter a correction after the lock of the calendar quarter."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the count"),
            "res_model": "sozial.activity.count",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_session_id": self.id, "default_source": "correction"},
        }

    def get_attendance(self):
        """All that the sheet shows, in one answer.

        :return: dict ``title``, ``when``, ``groups``, ``roles``, ``mode``, ``named``, ``known`` (people to be
            ticked), ``counts`` (role → age group → number), ``locked``, ``tally``
        """
        self.ensure_one()
        self.check_access("read")
        sheet = self.env["sozial.activity.sheet"].search([("session_id", "=", self.id)], limit=1)
        named = self.attendance_ids
        numbers = self.env["sozial.activity.count"]._cells(self)
        attendance = self.env["sozial.activity.attendance"]._fields
        return {
            "id": self.id,
            "title": self.activity_id.display_name,
            "when": self.local_time,
            "groups": attendance["age_group"]._description_selection(self.env),
            "roles": attendance["role"]._description_selection(self.env),
            "mode": sheet.mode or "others",
            "modes": self.env["sozial.activity.sheet"]._fields["mode"]._description_selection(self.env),
            "named": [one._sheet_line() for one in named],
            "known": self._known_people(named),
            "counts": self._numbers_by_role(numbers),
            "expense": sheet.expense,
            "counted_by": sheet.counted_by.name or "",
            "locked": bool(self.env["sozial.activity.quarter"]._locked(self)),
            "may_correct": self.env["sozial.activity.quarter"].has_access("create"),
            "held": self.state not in NOT_HELD,
            "tally_until": sheet.tally_until and fields.Datetime.to_string(sheet.tally_until),
        }

    def _known_people(self, named):
        """Whom the list offers to be ticked: who is registered, who came lately, who helps in this centre."""
        lately = self.sudo().search(
            [("activity_id", "=", self.activity_id.id), ("start", "<", self.start)], order="start desc", limit=8
        )
        rows = self.env["sozial.activity.attendance"]
        if self.kind != "consultation":  # who came to another one's hour is nobody's business
            rows = rows.search([("session_id", "in", lately.ids)], order="session_id desc, name", limit=400)
        helpers = self.env["sozial.volunteer"].search(
            ["&", "|", ("centre_ids", "=", False), ("centre_ids", "in", self.centre_id.ids),
             "|", ("active_until", "=", False), ("active_until", ">=", self.start.date()), ("company_id", "=", self.company_id.id)],
            limit=100,
        )  # fmt: skip
        lines = [
            *self._registered_people(),
            *({**row._sheet_line(), "id": False} for row in rows if not row.volunteer_id),
            *(one._sheet_line() for one in helpers),
        ]
        seen = {row.name.strip().lower() for row in named} | set(named.partner_id.ids)
        found = []
        for line in lines:
            keys = {line["name"].strip().lower(), line["partner_id"]} - {False}
            if not keys & seen:
                found.append(line)
            seen |= keys
        return found

    def _registered_people(self):
        """Who has a seat in the session or in the whole course stands on the attendance sheet."""
        registered = self.env["sozial.activity.registration"].search(
            [
                ("activity_id", "=", self.activity_id.id),
                ("session_id", "in", (self.id, False)),
                ("state", "=", "confirmed"),
                ("seat", ">", 0),
            ],
            order="name, id",
            limit=MOST_PEOPLE,
        )
        return [one._sheet_line() for one in registered]
