from odoo import api, fields, models
from odoo.exceptions import UserError

from ...procedure import number
from .duty import GUARDED


class SozialAgreementReport(models.Model):
    """The partner's report for a period: figures that are filled in, and two sentences.

    The figures are frozen when it is made, with small ones suppressed: nothing else leaves.
    """

    _name = "sozial.agreement.report"
    _description = "Report of a partner"
    _inherit = ["sozial.agreement.duty"]
    _portal_path = "/my/reports"
    _guarded = GUARDED | {"figures", "hours_agreed", "hours_text", "hours_held", "achieved", "needed"}

    figures = fields.Json("Frozen figures", readonly=True)
    figure_table = fields.Html("Figures", compute="_compute_figure_table", sanitize=False)
    hours_text = fields.Text("Agreed consultation hours", readonly=True)
    hours_agreed = fields.Float(
        "Hours agreed", readonly=True, aggregator=None, help="By the timetable, for the whole period. Holidays are not taken off."
    )
    hours_held = fields.Float("Hours held", readonly=True, aggregator=None, help="As the partner says.")
    achieved = fields.Text("What was done", readonly=True)
    needed = fields.Text("What is needed", readonly=True)

    _period_once = models.UniqueIndex("(company_id, agreement_number, period_start)", "This period has its report already.")
    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _period_in_order = models.Constraint("CHECK (period_end >= period_start)", "“Until” must not be before “From”.")
    _handed_in_is_whole = models.Constraint(
        "CHECK (state = 'due' OR (COALESCE(achieved, '') <> '' AND submitted_at IS NOT NULL AND COALESCE(submitted_name, '') <> ''))",
        "A report is handed in with its text and with a name.",
    )
    _hours_positive = models.Constraint("CHECK (hours_held >= 0 AND hours_agreed >= 0)", "Hours: 0 or more.")

    def action_accept(self):
        """Accept the report: it does not change any more."""
        self.check_access("write")
        self._require_state("submitted")
        self._accepted()
        return True

    def _handed_in_summary(self, env):
        return env._("A report was handed in")

    def _late_summary(self, env):
        return env._("A report is late")

    def _mail_subject(self, what):
        _ = self.env._
        return {
            "new": _("A report is due"), "soon": _("A report is due in a few days"), "late": _("A report is late"),
            "returned": _("A report needs to be completed"), "accepted": _("Thank you for your report"),
        }[what]  # fmt: skip

    def _content_text(self):
        _ = self.with_context(lang="de_DE").env._
        lines = [
            f"{_('Period')}: {self._period_text()}",
            f"{_('Hours agreed')}: {self.hours_agreed:g}",
            f"{_('Hours held')}: {self.hours_held:g}",
            *(f"{title}: {text}" for title, text in self._figure_lines()),
            f"{_('What was done')}: {self.achieved}",
            f"{_('What is needed')}: {self.needed or '–'}",
        ]
        return "\n".join(lines)

    def _figure_lines(self):
        """Pairs of table and its figures, in one line each."""
        for table in self.figures or []:
            yield table["title"], "; ".join(f"{row['label']} {row['value']}" for row in table["rows"])

    @api.depends("figures")
    def _compute_figure_table(self):
        for report in self:
            report.figure_table = self.env["ir.qweb"]._render("sozial_management_partner.report_figures", {"report": report})

    @api.model
    def _hours_of(self, text):
        """A number of hours as people write it.

        :raise UserError: names the field and says what to do
        """
        try:
            hours = float(number.plain(str(text or "0")))
        except ValueError:
            hours = -1
        if not 0 <= hours <= 10000:
            raise UserError(self.env._("Hours held: please enter a number, for example 24 or 24,5."))
        return hours
