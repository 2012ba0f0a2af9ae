from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models

from odoo.addons.sozial_management_room.timetable import CLOSURE, HOLIDAY, OCCUPIED

# An hour outside the opening hours was agreed on purpose; these stand against it.
AGAINST = (OCCUPIED, CLOSURE, HOLIDAY)
# A series holds so many dates and looks so far ahead; a longer agreement gets several.
LONGEST = timedelta(days=3 * 365)


class SozialAgreementHour(models.Model):
    """From the agreed hour to its dates in the room."""

    _inherit = "sozial.agreement.hour"

    def _follow(self, before):
        """Take over the series of the same hours of the version before.

        :param before: hours of that version
        """
        known = {hour._key(): hour for hour in before}
        for hour in self:
            if old := known.get(hour._key()):
                hour._write_guarded({"activity_id": old.activity_id.id, "series_ids": [fields.Command.set(old.series_ids.ids)]})

    def _occupy(self):
        """Book all dates that are not booked yet: closures, holidays and what somebody has are left out.

        By the house and not by whoever happened to sign last: what was agreed is no request.

        :return: how many dates have no room for another reason than a holiday, which everybody expects
        """
        return sum(hour.with_user(SUPERUSER_ID)._occupy_one() for hour in self)

    def _occupy_one(self):
        agreement = self.agreement_id
        known = max(self.series_ids.mapped("date_until"), default=None)
        first = max(agreement.date_start, fields.Date.context_today(agreement))
        first = max(first, known + timedelta(days=1)) if known else first
        first += timedelta(days=(int(self.weekday) - first.weekday()) % 7)
        if not self.activity_id:
            self._write_guarded({"activity_id": agreement._activity_in(self.room_id.centre_id).id})
        lost = 0
        while first <= agreement.date_end:
            last = min(agreement.date_end, first + LONGEST)
            lost += self._book_series(first, last)
            first = last + timedelta(days=1)
            first += timedelta(days=(int(self.weekday) - first.weekday()) % 7)
        return lost

    def _book_series(self, first, last):
        agreement = self.agreement_id
        series = self.env["sozial.room.series"].create(
            {
                "name": agreement.title, "room_id": self.room_id.id, "partner_id": agreement.partner_id.id, "date_start": first,
                "date_until": last, "time_start": self.hour_from, "time_end": self.hour_to, "terms_accepted": True,
                "activity_id": self.activity_id.id,
            }
        )  # fmt: skip
        self._write_guarded({"series_ids": [fields.Command.link(series.id)]})
        wishes = series._wishes()
        against = {number: finding for number, finding in series._findings(wishes).items() if finding.kind in AGAINST}
        left_out = {wishes[number].day: finding.text for number, finding in against.items()}
        kept = [wish for number, wish in enumerate(wishes) if number not in against]
        if kept:
            series._book(kept, left_out)._write_kept({"agreement_id": agreement.id})
        else:
            series._leave_out(left_out)
        return sum(finding.kind != HOLIDAY for finding in against.values())
