from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# what stands behind "?" is German: visitors read it on leaflets
LINKS = {"zentrum": "centre_id", "zielgruppe": "target_group_ids", "sprache": "language_ids"}
KINDS = {"gruppe": "group", "kurs": "course", "sprechzeit": "consultation", "veranstaltung": "event", "ausflug": "excursion"}
AHEAD = 13  # days after today that a page without a chosen week shows


class SozialProgramme(models.AbstractModel):
    """What a visitor chose: centre, kind, target group, language, week."""

    _inherit = "sozial.programme"

    @api.model
    def _options(self, activities):
        """Choices that lead to something: ``{filter: [(value, label)]}``."""
        slug = self.env["ir.http"]._slug
        options = {
            name: [(slug((record.id, record.name)), record.name) for record in activities[field].sorted()]
            for name, field in LINKS.items()
        }
        labels = self._labels()["kind"]
        kinds = set(activities.mapped("kind"))
        options["art"] = [(value, labels[kind]) for value, kind in KINDS.items() if kind in kinds]
        return options

    @api.model
    def _chosen(self, options, params):
        """What was understood of an address.

        :return: tuple of the choices in use (filter → value), their domain on sessions, and whether something was dropped
        """
        chosen, domain, dropped = {}, Domain.TRUE, False
        for name in (*LINKS, "art"):
            value = params.get(name)
            if not value:
                continue
            record_id = name in LINKS and self.env["ir.http"]._unslug(value)[1]
            known = next(
                (key for key, _label in options[name] if key == value or (record_id and self.env["ir.http"]._unslug(key)[1] == record_id)),
                None,
            )
            if known is None:
                dropped = True
                continue
            chosen[name] = known
            if name == "art":
                domain &= Domain("activity_id.kind", "=", KINDS[known])
            else:
                domain &= Domain(f"activity_id.{LINKS[name]}", "in", [record_id])
        return chosen, domain, dropped

    @api.model
    def _period(self, value):
        """First and last day that are asked for: a week such as ``2027-W09``, else from today on.

        :return: tuple of both days, and the week as text or None when none was understood
        """
        today = fields.Date.context_today(self)
        try:
            year, week = (value or "").upper().split("-W")
            first = date.fromisocalendar(int(year), int(week), 1)
            if abs((first - today).days) > 800:
                raise ValueError
        except ValueError:
            return today, today + timedelta(days=AHEAD), None
        return first, first + timedelta(days=6), self._week_key(first)

    @api.model
    def _week_key(self, day):
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02}"
