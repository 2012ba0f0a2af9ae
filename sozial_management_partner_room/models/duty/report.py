from datetime import datetime, time, timedelta

from odoo import api, fields, models

from odoo.addons.sozial_management_partner.procedure.schedule import weekly_hours

HOUR = 3600
# wider than any difference between a centre's clock and UTC
A_DAY = timedelta(days=1)


class SozialAgreementReport(models.Model):
    """The report begins with what really took place in our rooms."""

    _inherit = "sozial.agreement.report"

    @api.model
    def _prefilled(self, agreement, period):
        """Hours held are those of the sessions that took place; bookings and visits join the frozen figures.

        Where an agreement has no hours in our rooms nothing is known of them, and the partner says how many there were.
        """
        values = super()._prefilled(agreement, period)
        versions = agreement.sudo()._versions()
        hours = versions.hour_ids
        if hours:
            sessions = self._sessions_held(hours.activity_id, period)
            values["hours_held"] = round(sum((one.stop - one.start).total_seconds() for one in sessions) / HOUR, 2)
            lines = [hour._german_line().removeprefix("– ") for hour in agreement.sudo().hour_ids]
            values["hours_text"] = "\n".join(filter(None, [values["hours_text"], *lines]))
            values["hours_agreed"] += self._hours_beside_offers(agreement.sudo(), period)
        values["figures"] = [*values["figures"], *self._booked_tables(versions, period), *self._visit_tables(agreement, hours, period)]
        return values

    @api.model
    def _hours_beside_offers(self, agreement, period):
        """Hours of the timetable in our rooms that no offer names already: those of the offers are counted."""
        offered = {(one.weekday, one.hour_from, one.hour_to) for one in agreement.service_ids.offer_id.hour_ids}
        beside = agreement.hour_ids.filtered(lambda one: (one.weekday, one.hour_from, one.hour_to) not in offered)
        return weekly_hours([(int(one.weekday), one.hour_to - one.hour_from) for one in beside], period)

    @api.model
    def _sessions_held(self, activities, period):
        """Sessions that took place and began in the period, by the clock of their centre."""
        sessions = self.env["sozial.activity.session"].sudo()
        found = sessions.search(
            [("activity_id", "in", activities.ids), ("state", "=", "planned"), *self._around(period)], limit=None
        )
        return found.filtered(lambda one: period.start <= one.centre_id._local(one.start).date() <= period.end)

    @api.model
    def _around(self, period):
        """Over by now, and within the period or a day of it."""
        return [
            ("stop", "<=", fields.Datetime.now()),
            ("start", ">=", datetime.combine(period.start, time.min) - A_DAY),
            ("start", "<", datetime.combine(period.end, time.min) + 2 * A_DAY),
        ]

    @api.model
    def _booked_tables(self, versions, period):
        """How often the organisation had rooms by this agreement, beside its consultation hours: figures of its own, of no person."""
        found = self.env["sozial.room.booking"].sudo().search(
            [("agreement_id", "in", versions.ids), ("state", "in", ("confirmed", "done")), ("session_ids", "=", False),
             *self._around(period)], limit=None,
        )  # fmt: skip
        held = found.filtered(lambda one: period.start <= one.centre_id._local(one.start).date() <= period.end)
        if not held:
            return []
        german = self.with_context(lang="de_DE").env
        rooms = sorted(held.grouped("room_id").items(), key=lambda pair: pair[0].display_name)
        rows = [{"label": room.display_name, "value": str(len(bookings))} for room, bookings in rooms]
        return [{"title": german._("Bookings of rooms"), "rows": rows}]
