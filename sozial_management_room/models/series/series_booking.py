from contextlib import contextmanager

import psycopg2.errors

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError

from ...timetable import HOLIDAY


@contextmanager
def racing():
    """Somebody was faster between the preview and the booking: start again with a fresh look.

    Odoo repeats the request; the second preview then sees what the other one booked and lists
    all of it, instead of one date after the other.
    """
    try:
        yield
    except psycopg2.errors.ExclusionViolation as error:
        raise ConcurrencyError(str(error)) from error


class SozialRoomSeries(models.Model):
    """From the planned series to its bookings: all of them in one transaction, or none."""

    _inherit = "sozial.room.series"

    def action_plan(self):
        """Show every date with what stands against it; nothing is booked yet."""
        self.ensure_one()
        self.check_access("write")
        self._require_state("draft")
        wizard = self.env["sozial.room.series.plan"]._for_wishes(self, self._wishes())
        return wizard._show()

    def action_book(self, skip_conflicts=False):
        """Book every date of a planned series, without the wizard.

        :param bool skip_conflicts: leave out the dates that cannot be had, and public holidays
        :raise UserError: lists ALL dates that cannot be had, with what stands against each
        """
        self.ensure_one()
        self.check_access("write")
        self._require_state("draft")
        wishes = self._wishes()
        findings = self._findings(wishes)
        staff = self._is_staff()
        barred = {
            number: finding
            for number, finding in findings.items()
            if finding.hard or not staff or (skip_conflicts and finding.kind == HOLIDAY)
        }
        if barred and not skip_conflicts:
            lines = [f"{self._words(wishes[number])}: {finding.text}" for number, finding in sorted(barred.items())]
            raise UserError(
                "\n".join(
                    [
                        self.env._("%s dates cannot be had. Leave them out, move them or choose another room:", len(barred)),
                        *lines,
                    ]
                )
            )
        kept = [wish for number, wish in enumerate(wishes) if number not in barred]
        return self._book(kept, {wishes[number].day: finding.text for number, finding in barred.items()})

    def _book(self, wishes, left_out, state=None):
        """Create the bookings.

        :param wishes: the slots, each in its room
        :param left_out: ``{day: reason}`` of the dates that the series leaves out
        :param dict state: ``state`` and ``hold_until`` of dates that are only held
        :raise ConcurrencyError: if somebody was faster; Odoo repeats the request
        :raise UserError: if no date is left
        """
        if not wishes:
            raise UserError(self.env._("No date of the series can be had. Choose another room or another time."))
        values = {**self._booking_values(), **(state or {})}
        with racing():
            bookings = self.env["sozial.room.booking"].create([{**values, **self._slot_values(wish)} for wish in wishes])
            bookings.flush_recordset()
        self._leave_out(left_out)
        self._set_state("active")
        return bookings

    def _slot_values(self, wish):
        return {"room_id": wish.room_id, "start": wish.start, "stop": wish.stop, "series_id": self.id, "series_day": wish.day}

    def _booking_values(self):
        return {
            "name": self.name,
            "partner_id": self.partner_id.id,
            "customer_group": self.customer_group,
            "persons": self.persons,
            "terms_accepted": self.terms_accepted,
            "public_title": self.public_title,
            "state": self._booking_state(),
        }

    def _booking_state(self):
        """`confirmed` where the user may book directly, else `requested`: the centre management decides."""
        probe = self.env["sozial.room.booking"].new({"room_id": self.room_id.id, "customer_group": self.customer_group})
        return "confirmed" if probe._is_manager() or probe._mode() == "direct" else "requested"

    def _is_staff(self):
        return self.env["sozial.room.booking"]._is_staff()

    def _leave_out(self, left_out):
        """Remember dates that the series leaves out, each once, with the reason."""
        known = set(self.exception_ids.mapped("day"))
        self.env["sozial.room.series.exception"].create(
            [{"series_id": self.id, "day": day, "reason": reason} for day, reason in left_out.items() if day not in known]
        )

    def _require_state(self, *states):
        for series in self:
            if series.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))[series.state]
                raise UserError(self.env._("%(series)s: this cannot be done any more. Status: %(state)s.", series=series.name, state=label))

    def _coming(self, first_day=None):
        """Dates that are still to come and not cancelled, from a day of the series on."""
        self.ensure_one()
        domain = [
            ("series_id", "=", self.id),
            ("state", "in", ("draft", "requested", "confirmed", "suspended")),
            ("start", ">", fields.Datetime.now()),
        ]
        if first_day:
            domain.append(("series_day", ">=", first_day))
        return self.env["sozial.room.booking"].search(domain, order="start, id")

    def action_change(self):
        """Change this and following dates, or all that are still to come."""
        self.ensure_one()
        self._require_state("active")
        return self.env["sozial.room.series.change"]._show(self)

    def action_cancel_dates(self):
        """Cancel this and following dates, or all that are still to come."""
        self.ensure_one()
        self._require_state("active")
        return self.env["sozial.room.series.cancel"]._show(self)

    def action_view_bookings(self):
        """Open the dates of the series."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room_booking")
        return {**action, "domain": [("series_id", "=", self.id)], "context": {"create": False}}
