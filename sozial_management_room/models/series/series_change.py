from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .series_booking import racing
from .series_preview import Wish


class SozialRoomSeries(models.Model):
    """What happens to a series after it was booked: change, split, cancel."""

    _inherit = "sozial.room.series"

    def _changed_wishes(self, values, first_day, shift):
        """What the coming dates would become.

        :param dict values: new ``room_id``, ``time_start``, ``time_end``
        :param first_day: dates before it stay; None: all that are still to come
        :param int shift: days by which the dates move
        :return: bookings, their wishes, and the bookings that were moved by hand and stay
        """
        self.ensure_one()
        coming = self._coming(first_day)
        by_hand = self.env["sozial.room.booking"].browse(
            [booking.id for booking in coming if not booking.series_day or self._moved_by_hand(booking)]
        )
        following = coming - by_hand
        changed = self.new({**self._plan_values(), **values}) if values else self
        slot = changed._recurrence_of_times()
        room_id = values.get("room_id") or self.room_id.id
        wishes = []
        for booking in following:
            start, stop = slot(booking.series_day + timedelta(days=shift))
            # somebody moved this one date to another room: it stays there unless the room is what changes
            room = room_id if values.get("room_id") else booking.room_id.id
            wishes.append(Wish(booking.series_day + timedelta(days=shift), room, start, stop))
        return following, wishes, by_hand

    def _plan_values(self):
        return {
            "room_id": self.room_id.id,
            "date_start": self.date_start,
            "date_until": self.date_until,
            "time_start": self.time_start,
            "time_end": self.time_end,
            "frequency": self.frequency,
            "interval": self.interval,
            "rrule": self.rrule,
        }

    def _recurrence_of_times(self):
        """A function from a local day to the slot of the series on it, in UTC."""
        recurrence = self._recurrence()
        return lambda day: recurrence.occurrence(day)[1:]

    def _moved_by_hand(self, booking):
        start, stop = self._recurrence_of_times()(booking.series_day)
        return (booking.start, booking.stop) != (start, stop)

    def _change(self, bookings, wishes, cancelled, values, first_day, shift):
        """Give bookings their new slots, all at once.

        The rows of occupancy are taken away and set anew in one statement each, so dates may take
        each other's old place (a daily series that moves by a day).

        :param bookings: those that take place, in the order of ``wishes``
        :param cancelled: those that the change leaves out
        :raise ConcurrencyError: if somebody was faster; Odoo repeats the request
        """
        self.check_access("write")
        target = self._split(first_day) if first_day and self._has_before(first_day) else self
        with racing():
            if cancelled:
                cancelled._cancel(reason=self.env._("The series was changed."))
            bookings._reschedule(wishes, target, self._shared_values(values))
        target._write_plan(values, bookings, shift)
        return target

    def _shared_values(self, values):
        """What of a change concerns every booking beside its slot."""
        return {name: values[name] for name in ("name", "partner_id", "persons") if name in values}

    def _has_before(self, first_day):
        return bool(self.env["sozial.room.booking"].search_count([("series_id", "=", self.id), ("series_day", "<", first_day)], limit=1))

    def _split(self, first_day):
        """End this series before a day; a new one takes over from there, with its bookings."""
        following = self.copy(
            {**self._plan_values(), "name": self.name, "date_start": first_day, "date_until": max(self.date_until, first_day)}
        )
        following._copy_exceptions(self.exception_ids.filtered(lambda one: one.day >= first_day))
        following._set_state("active")
        moving = self.env["sozial.room.booking"].search([("series_id", "=", self.id), ("series_day", ">=", first_day)])
        moving._core_write({"series_id": following.id})
        self._core_write({"date_until": first_day - timedelta(days=1)})
        return following

    def _copy_exceptions(self, exceptions):
        self.env["sozial.room.series.exception"].create(
            [{"series_id": self.id, "day": one.day, "reason": one.reason} for one in exceptions]
        )

    def _write_plan(self, values, bookings, shift):
        """Let the rule say what the bookings now are."""
        plan = dict(values)
        if shift:
            moved = timedelta(days=shift)
            first = min(bookings.mapped("series_day"), default=self.date_start + moved)
            plan.update(date_start=min(first, self.date_until + moved), date_until=self.date_until + moved)
        if plan:
            self._core_write(plan)

    def _core_write(self, vals):
        """Past the guard of booked series: only for methods that let the dates follow."""
        return models.Model.write(self, vals)

    def _cancel_dates(self, bookings, first_day, reason):
        """Cancel dates; the series ends before them, or as a whole.

        :param first_day: the series goes on until the day before; None: it is over
        """
        self.check_access("write")
        if not bookings:
            raise UserError(self.env._("There is no date left that could be cancelled."))
        bookings._cancel(reason=reason or False)
        if first_day and self._has_before(first_day):
            self._core_write({"date_until": max(first_day - timedelta(days=1), self.date_start)})
        elif not self._coming():
            self._set_state("cancelled")

    def _cancel_one(self, booking, reason):
        """Cancel one date of the series and remember that it is left out."""
        self.check_access("write")
        booking._cancel(reason=reason or False)
        self._leave_out({booking.series_day: reason or self.env._("Cancelled")})


class SozialRoomBooking(models.Model):
    _inherit = "sozial.room.booking"

    def _core_write(self, vals):
        """Past the guard of slots: only for methods that take the rooms themselves afterwards."""
        return models.Model.write(self, vals)

    def _reschedule(self, wishes, series, values):
        """Give each booking its wish, then take all rooms anew in one statement.

        :raise IntegrityError: if somebody has one of them
        """
        if not self:
            return
        self._require_movable()
        self.flush_recordset()
        if any(booking.series_day != wish.day for booking, wish in zip(self, wishes, strict=True)):
            # a daily series that moves by a day: a date gets the day of another one before that has its own
            self.env.cr.execute(SQL("UPDATE sozial_room_booking SET series_day = NULL WHERE id = ANY(%s)", self.ids))
            self.invalidate_recordset(["series_day"], flush=False)
        for booking, wish in zip(self, wishes, strict=True):
            room = {"room_id": wish.room_id} if wish.room_id != booking.room_id.id else {}
            booking._core_write({"start": wish.start, "stop": wish.stop, "series_day": wish.day, **room, **values})
        if stray := self.filtered(lambda booking: booking.series_id != series):
            stray._core_write({"series_id": series.id})
        taken = self.filtered(lambda booking: booking.state in ("requested", "confirmed"))
        taken._require_bookable()
        taken._occupy(renew=True)
        taken._notify("moved")

    def action_change_series(self):
        """Change this date and the following ones of its series."""
        self.ensure_one()
        return self.env["sozial.room.series.change"]._show(self.series_id, self)

    def action_cancel_series(self):
        """Cancel this date, this and the following ones, or all."""
        self.ensure_one()
        return self.env["sozial.room.series.cancel"]._show(self.series_id, self)
