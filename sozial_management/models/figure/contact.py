from odoo import fields, models
from odoo.tools import SQL


class SozialContact(models.Model):
    """A contact note as the figures see it. See `sozial.case.fact`."""

    _inherit = "sozial.contact"

    counted = fields.Boolean("Counted for the figures", copy=False, groups=fields.NO_ACCESS)

    _figure_due = models.Index("(date) WHERE counted IS NOT TRUE AND addendum_to_id IS NULL")

    def _figure_day(self):
        """The day of the contact where the company is."""
        zone = self.company_id.resource_calendar_id.tz or "Europe/Berlin"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), self.date).date()

    def _figure_first_talks(self):
        """The first note of each case that tells of somebody reached, unless it was counted."""
        found = {}
        for note in self:
            if note.reached and not note.case_id.first_contact_counted:
                found.setdefault(note.case_id.id, note.id)
        return self.browse(found.values())

    def _figure_contacts(self):
        """Values of the facts »contact«, tries included."""
        return [
            {**values, "medium": note.medium, "reached": "yes" if note.reached else "no", "minutes": note.minutes}
            for note, values in self._figure_of_cases("contact")
        ]

    def _figure_first_contacts(self):
        """Values of the facts »first contact«."""
        return [
            {**values, "days": max(0, (note._figure_day() - note.case_id.opened_on).days)}
            for note, values in self._figure_of_cases("first_contact")
        ]

    def _figure_of_cases(self, kind):
        """Each note with what its case says on its day."""
        for year, notes in self.grouped(lambda note: note._figure_day().year).items():
            notes.case_id._figure_draw_keys(dict.fromkeys(notes.case_id, year))
        pairs = []
        for day, notes in self.grouped(lambda note: note._figure_day()).items():
            cases = notes.case_id
            values = dict(zip(cases.ids, cases._figure_values(kind, dict.fromkeys(cases.ids, day)), strict=True))
            pairs += [(note, values[note.case_id.id]) for note in notes]
        return pairs

    def _figure_flag(self):
        if self:
            self.env.cr.execute(SQL("UPDATE sozial_contact SET counted = TRUE WHERE id = ANY(%s)", self.ids))
            self.invalidate_recordset(["counted"])
