import json
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Late entries about December are still joined to what was counted of the same person.
KEYS_LIVE_ON = timedelta(days=90)


class SozialCase(models.Model):
    """A case as the figures see it. See `sozial.case.fact`."""

    _inherit = "sozial.case"

    opened_counted = fields.Boolean("Opening counted", copy=False, groups=fields.NO_ACCESS)
    ended_counted = fields.Boolean("End counted", copy=False, groups=fields.NO_ACCESS)
    first_contact_counted = fields.Boolean("First contact counted", copy=False, groups=fields.NO_ACCESS)
    # Year → lot. The only thing that joins a case and its facts, needed to know that thirty
    # contacts are those of three persons. Gone when the case is anonymised, and for everybody
    # some weeks after the year.
    figure_keys = fields.Json("Lots for the figures", anonymise="blank", copy=False, groups=fields.NO_ACCESS)

    _figure_openings_due = models.Index("(opened_on) WHERE opened_counted IS NOT TRUE")
    _figure_endings_due = models.Index("(closed_on) WHERE ended_counted IS NOT TRUE AND closed_on IS NOT NULL")
    _figure_keys_held = models.Index("(id) WHERE figure_keys IS NOT NULL")

    def _figure_openings(self):
        """Values of the facts »case opened«. Taken up again in the same year is not opened again."""
        cases = self.filtered(lambda case: not case._figure_goes_on_in(case.opened_on.year))
        return cases._figure_values("opened", {case.id: case.opened_on for case in cases})

    def _figure_endings(self):
        """Values of the facts »closed« and »declined«. A case closed twice in a year counts by its first end."""
        cases = self.filtered(lambda case: case.closed_on and not case._figure_goes_on_in(case.closed_on.year))
        days = {case.id: case.closed_on for case in cases}
        return [
            {
                **values,
                "kind": "declined" if case.state == "declined" else "closed",
                "outcome": case.outcome,
                "reason": case.close_reason,
            }
            for case, values in zip(cases, cases._figure_values("closed", days), strict=True)
        ]

    def _figure_goes_on_in(self, year):
        """Is this the sequel of a case that ended in the same year, and was counted with it?"""
        before = self.reopened_from_id
        return bool(before.closed_on) and before.closed_on.year == year

    def _figure_values(self, kind, days):
        """What every fact says, for each case on its day (by id)."""
        self._figure_draw_keys({case: days[case.id].year for case in self})
        return [
            {
                "kind": kind,
                "company_id": case.company_id.id,
                "month": fields.Date.start_of(days[case.id], "month"),
                "contributor": case.figure_keys[str(days[case.id].year)],
                "quarter_id": case.quarter_id.id,
                "topic_id": case.topic_ids[:1].id,
                "type_id": case.type_id.id,
                "age_group": age_group(case.client_id.birth_date, days[case.id]),
            }
            for case in self
        ]

    def _figure_draw_keys(self, years):
        """Draw lots for cases that have none for the year; the same client keeps the lot of another case.

        :param years: year by case
        """
        missing = {case: str(year) for case, year in years.items() if str(year) not in (case.figure_keys or {})}
        if not missing:
            return
        clients = self.browse(case.id for case in missing).client_id
        siblings = self.search([("client_id", "in", clients.ids), ("company_id", "in", self.company_id.ids)], limit=None)
        known = {
            (case.company_id, case.client_id, year): key
            for case in siblings
            for year, key in (case.figure_keys or {}).items()
        }
        drawn = {}
        for case, year in missing.items():
            person = (case.company_id, case.client_id or case, year)
            key = known.setdefault(person, secrets.token_urlsafe(9))
            drawn[case.id] = {**(case.figure_keys or {}), year: key}
        self._figure_keep_keys(drawn)

    @api.model
    def _figure_keep_keys(self, drawn):
        """By SQL: counting is no change of a case, and leaves no time and no user on it."""
        if drawn:
            self.env.cr.execute(
                SQL(
                    "UPDATE sozial_case SET figure_keys = new.keys::jsonb"
                    " FROM unnest(%s::int[], %s::text[]) AS new (id, keys) WHERE sozial_case.id = new.id",
                    list(drawn),
                    [json.dumps(keys) for keys in drawn.values()],
                )
            )
            self.browse(drawn).invalidate_recordset(["figure_keys"])

    def _figure_flag(self, name):
        if self:
            self.env.cr.execute(SQL("UPDATE sozial_case SET %s = TRUE WHERE id = ANY(%s)", SQL.identifier(name), self.ids))
            self.invalidate_recordset([name])

    def _figure_count_rest(self):
        """Count what of these cases is not counted yet, whatever its month; before they are erased."""
        cases = self.sudo()
        notes = self.env["sozial.contact"].sudo().search(
            [("case_id", "in", cases.ids), ("counted", "=", False), ("addendum_to_id", "=", False)], order="date, id", limit=None
        )
        self.env["sozial.case.fact"]._count(
            cases.filtered(lambda case: not case.opened_counted),
            cases.filtered(lambda case: case.closed_on and not case.ended_counted),
            notes,
        )

    def _erase_around(self, action, gone):
        """Figures stay: what is not counted yet is counted now, before nobody knows any more."""
        self._figure_count_rest()
        return super()._erase_around(action, gone)

    @api.autovacuum
    def _gc_figure_keys(self):
        """Cut what joins cases and facts of years gone by."""
        first = (fields.Date.today() - KEYS_LIVE_ON).year
        past = [str(year) for year in range(first - 50, first)]
        self.env.cr.execute(
            SQL(
                "UPDATE sozial_case SET figure_keys = NULLIF(figure_keys - %(past)s::text[], '{}'::jsonb)"
                " WHERE figure_keys IS NOT NULL AND jsonb_exists_any(figure_keys, %(past)s::text[])",
                past=past,
            )
        )
        self.invalidate_model(["figure_keys"])


def age_group(born, day):
    """The age group somebody belonged to on a day; False for an unknown or later birth."""
    if not born or born > day:
        return False
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    borders = {"0-17": 18, "18-26": 27, "27-44": 45, "45-64": 65, "65-79": 80}
    return next((group for group, border in borders.items() if age < border), "80")
