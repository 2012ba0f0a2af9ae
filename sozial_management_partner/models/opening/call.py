from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialCall(models.Model):
    """The opening of the submissions, as seen from the call."""

    _inherit = "sozial.call"

    intake_closed_at = fields.Datetime(
        "Opening begun on", readonly=True, copy=False, help="From then on nothing is taken any more, whatever happens at the same moment."
    )
    opening_ids = fields.One2many("sozial.call.opening", "call_id", "Opening")

    @api.model
    def _refuse_guarded(self, vals):
        if "intake_closed_at" in vals:
            raise UserError(self.env._("Opening begun on: this is not set directly. Use the buttons of the call."))
        return super()._refuse_guarded(vals)

    def action_begin_opening(self):
        """First of two persons: close the intake. Nothing becomes readable by this.

        Waits for submissions that arrived in time and are still being stored; whoever comes later
        finds the intake closed.

        :return: action that shows the opening
        :raise UserError: before the deadline, or if it was begun already
        """
        self.ensure_one()
        self.check_access("write")
        now = self._now()
        if self.state != "published":
            raise UserError(self.env._("%s: only a published call is opened, and only once.", self.number))
        if not self._may_be_opened(now):
            raise UserError(
                self.env._(
                    "%(number)s: submissions are opened after the deadline (%(deadline)s).",
                    number=self.number,
                    deadline=self.deadline_text,
                )
            )
        if self.intake_closed_at:
            raise UserError(self.env._("%s: the opening was begun already. A second person confirms it.", self.number))
        self._write_guarded({"intake_closed_at": self._stored(now)})
        self.flush_recordset()  # waits here for whoever holds the intake
        opening = self.env["sozial.call.opening"].sudo().create(
            {"call_id": self.id, "first_user_id": self.env.uid, "first_at_us": now.isoformat(timespec="microseconds")}
        )  # fmt: skip
        self._record("opening_prepared")
        return opening.sudo(False)._action_show()

    def action_confirm_opening(self):
        """Second person: open. See `sozial.call.opening`."""
        self.ensure_one()
        self.check_access("write")
        opening = self.opening_ids
        if not opening:
            raise UserError(self.env._("%s: a first person begins the opening.", self.number))
        return opening.action_confirm()

    def action_view_opening(self):
        """Show the protocol."""
        self.ensure_one()
        return self.opening_ids._action_show()

    def _may_be_opened(self, now):
        """Whether the whole second of the deadline is over: what arrives within it still counts."""
        self.ensure_one()
        return bool(self.deadline and self._stored(now) > self.deadline)

    def _local_microseconds(self, iso):
        """A stored ISO time as the people of the call read it: ``30.10.2026, 09:59:59.123456 Uhr``."""
        self.ensure_one()
        if not iso:
            return ""
        return f"{datetime.fromisoformat(iso).astimezone(ZoneInfo(self.tz or 'Europe/Berlin')):%d.%m.%Y, %H:%M:%S.%f} Uhr"

    def _utc_text(self, stored):
        """A stored UTC time, given as text, as the people of the call read it."""
        self.ensure_one()
        return self._local_text(fields.Datetime.to_datetime(stored))
