from odoo import models
from odoo.fields import Domain

MOST = 2000  # rows of one kind in a letter
REGISTRATION = ("session_id", "state", "email", "phone", "minor", "parent_name", "parent_consent_on", "source", "confirmed_on")
VOLUNTEER = (
    "active_from", "active_until", "centre_ids", "skill_ids", "language_ids", "availability", "insurance", "insured_until",
    "with_minors", "certificate_dated", "certificate_seen_on", "certificate_until", "hours_total",
)  # fmt: skip


class SozialSubjectRequest(models.Model):
    """The letter of the company also tells what the centres hold about somebody: Art. 15 GDPR.

    Consultation hours are left out, whoever asks: who came to one is known to whoever holds it and to
    the centre management, and data protection must not learn it by handling a letter.
    """

    _inherit = "sozial.subject.request"

    def _sections(self):
        sections = super()._sections()
        if self.state == "refused":
            return sections
        last = next((place for place, one in enumerate(sections) if one["key"] == "other_data"), len(sections))
        return [*sections[:last], *self._centre_sections(), *sections[last:]]

    def _centre_sections(self):
        _ = self.env._
        partner = self.sudo().partner_id
        return [
            self._section("volunteer", _("Volunteering"), entries=self._volunteer_entries(partner)),
            self._section("registrations", _("Registrations for courses and events"), entries=self._registration_entries(partner)),
            self._section("attendance", _("Attendance lists of the centres"), entries=self._attendance_entries(partner)),
            self._section("bookings", _("Rooms that were booked"), entries=self._booking_entries(partner)),
            self._section("consultation", _("Consultation hours in the centres"), note=self._consultation_sentence()),
        ]

    def _consultation_sentence(self):
        """In every letter, whoever asks, so that it says nothing about anybody."""
        return self.env._(
            "Who books or visits a consultation hour is known only to those who hold it. It is therefore in no letter of ours. If you "
            "want to know what is noted there about an appointment of yours, ask them: they tell you in person."
        )

    def _of_person(self, model, domain, order):
        """Rows of the asked company; data protection reads none of them otherwise."""
        rows = self.env[model].sudo().with_context(active_test=False)
        return rows.search(Domain("company_id", "=", self.company_id.id) & domain, order=order, limit=MOST)

    def _volunteer_entries(self, partner):
        found = self._of_person("sozial.volunteer", Domain("partner_id", "=", partner.id), "id") if partner else []
        entries = [self._entry("", self._rows(one, *VOLUNTEER)) for one in found]
        for one in found:
            hours = self._of_person("sozial.volunteer.hour", Domain("volunteer_id", "=", one.id), "day, id")
            entries += [self._entry("", self._rows(row, "day", "minutes", "centre_id", "task")) for row in hours]
            entries += [self._entry("", self._rows(row, "day", "amount", "receipt")) for row in one.allowance_ids.sorted("day")]
        return entries

    def _registration_entries(self, partner):
        """Under the contact; of those without one only what has both name and mail address of the person."""
        if not partner:
            return []
        own, address, name = Domain("partner_id", "=", partner.id), (partner.email or "").lower(), (partner.name or "").lower()
        if address and name:
            own |= Domain("partner_id", "=", False) & Domain("email", "=ilike", address) & Domain("name", "=ilike", name)
        found = self._of_person("sozial.activity.registration", own & Domain("activity_id.kind", "!=", "consultation"), "id")
        # of a pattern, `_` and `%` would let others in
        found = found.filtered(lambda one: one.partner_id or (one.email.lower() == address and one.name.lower() == name))
        return [self._entry(f"{one.activity_id.name}: {one.name}", self._rows(one, *REGISTRATION)) for one in found]

    def _attendance_entries(self, partner):
        if not partner:
            return []
        own = Domain("partner_id", "=", partner.id) | Domain("volunteer_id.partner_id", "=", partner.id)
        found = self._of_person(
            "sozial.activity.attendance", own & Domain("session_id.activity_id.kind", "!=", "consultation"), "session_id, id"
        )
        return [self._entry(one.session_id.display_name, self._rows(one, "name", "role", "age_group")) for one in found]

    def _booking_entries(self, partner):
        if not partner:
            return []
        found = self._of_person("sozial.room.booking", Domain("partner_id", "=", partner.id), "start, id")
        return [self._entry(one.name, self._rows(one, "room_id", "start", "stop", "persons", "state")) for one in found]

    def _categories(self):
        return [
            *super()._categories(),
            self.env._("In the centres: volunteering with hours and allowance, registrations, attendance lists, bookings of rooms."),
        ]

    def _storage(self):
        return [
            *super()._storage(),
            self.env._("In the centres: registrations, attendance lists and volunteers only for the short periods set for each of them."),
        ]
