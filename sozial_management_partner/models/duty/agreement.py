import logging
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models

from ...procedure import schedule
from ..pages import in_pages

MOST_PERIODS = 24
_logger = logging.getLogger(__name__)


class SozialAgreement(models.Model):
    """What an agreement asks of the partner by its schedule: reports, proofs of use."""

    _inherit = "sozial.agreement"

    position_ids = fields.One2many(
        "sozial.agreement.position", "agreement_id", "Positions", copy=True,
        help="What is paid for what, a month. Stands in the text that both sides sign; the proof of use is held against it.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    proof_days = fields.Integer(
        "Days for the proof of use", help="After the end of each year, and of the agreement. 0: no proof of use is agreed."
    )
    report_count = fields.Integer("Reports made", compute="_compute_duty_counts")
    proof_count = fields.Integer("Proofs made", compute="_compute_duty_counts")

    _proof_days_positive = models.Constraint(
        "CHECK (proof_days BETWEEN 0 AND 366)", "Days for the proof of use: 0 to 366."
    )

    def _compute_duty_counts(self):
        for name, model in (("report_count", "sozial.agreement.report"), ("proof_count", "sozial.agreement.proof")):
            duties = self.env[model]
            # whoever has no access to them counts none
            numbers = self.mapped("number") if duties.has_access("read") else []
            counts = dict(duties._read_group([("agreement_number", "in", numbers)], ["agreement_number"], ["__count"]) if numbers else [])
            for agreement in self:
                agreement[name] = counts.get(agreement.number, 0)

    def _remuneration_text(self):
        """The remuneration with its positions, as it stands in the text."""
        self.ensure_one()
        lines = [f"– {one.name}: {self._german_amount(one.amount_month)} im Monat" for one in self.position_ids]
        if lines and self.proof_days:
            lines.append(
                f"Der Partner weist die Verwendung nach, jeweils innerhalb von {self.proof_days} Tagen nach dem Ende des "
                "Kalenderjahres und der Vereinbarung. Nicht verwendete Mittel werden zurückgezahlt."
            )
        return "\n".join(filter(None, [(self.remuneration or "").strip(), *lines]))

    def _german_amount(self, amount):
        return self.with_context(lang="de_DE").currency_id.with_context(lang="de_DE").format(amount)

    def _offering_problems(self):
        found = super()._offering_problems()
        if self.proof_days and not self.position_ids:
            found.append(self.env._("Positions: a proof of use needs at least one position with its amount."))
        return found

    def _follow(self, before):
        """What is not accepted yet goes on under the newer version."""
        super()._follow(before)
        for model in ("sozial.agreement.report", "sozial.agreement.proof"):
            duties = self.env[model].sudo().search([("agreement_id", "in", before.ids), ("state", "!=", "accepted")], limit=1000)
            duties._write_guarded({"agreement_id": self.id})

    @api.model
    def _cron_calendar(self):
        """Make what is due, and remind of it, after agreements have begun and ended."""
        super()._cron_calendar()
        self._make_all_duties()
        self.env["sozial.agreement.report"]._cron_remind()
        self.env["sozial.agreement.proof"]._cron_remind()

    @api.model
    def _make_all_duties(self):
        """Each agreement by itself: one that fails is logged and stops no other."""
        states = ("active", "replaced", "ended", "terminated")
        held = fields.Domain("state", "in", states) & fields.Domain("activated_at", "!=", False)
        asked = fields.Domain("report_interval", "!=", False) | fields.Domain("proof_days", ">", 0)
        # what ended long ago has its last report
        year_ago = fields.Date.context_today(self) - timedelta(days=400)
        recent = fields.Domain("ended_on", "=", False) | fields.Domain("ended_on", ">=", year_ago)
        recent &= fields.Domain("state", "!=", "replaced") | fields.Domain("ended_at", ">=", year_ago)
        for agreement in in_pages(self.sudo(), held & asked & recent):
            try:
                with self.env.cr.savepoint():
                    agreement._make_duties()
            except Exception:
                _logger.exception("sozial.agreement %s: its reports could not be made", agreement.id)
                continue
            self.env["ir.cron"]._commit_progress(1)

    def action_make_duties(self):
        """Make now what the night would make: nothing is made twice."""
        self.check_access("write")
        for agreement in self:
            agreement.sudo()._make_duties()
        return True

    def _make_duties(self):
        """Reports and proofs of all periods that are over and have none."""
        self.ensure_one()
        if not self.activated_at:
            return
        if self.report_interval:
            reports = self.env["sozial.agreement.report"]
            self._make(reports, "report_interval", self.report_days, lambda period: reports._prefilled(self, period))
        if self.proof_days:
            self._make(self.env["sozial.agreement.proof"], "proof_days", self.proof_days, self._proof_values)

    def _make(self, duties, agreed_by, days, values):
        """Go on from the last one: a schedule that changes asks for no day twice.

        The newest version that agrees on them makes them for all: they stay owed where a version follows without.

        :param agreed_by: the field by which they are agreed
        """
        spans = self._spans(agreed_by)
        if not spans or self != spans[-1][0]:
            return
        newest = duties.sudo().search(
            [("agreement_number", "=", self.number), ("company_id", "=", self.company_id.id)], order="period_end desc", limit=1
        )  # fmt: skip
        first = newest.period_end + timedelta(days=1) if newest else spans[0][1].start
        # after a gap between versions it goes on with the next one
        first = max(first, min((span.start for _version, span in spans if span.end >= first), default=first))
        last = spans[-1][1].end
        interval = self.report_interval if agreed_by == "report_interval" else "year"
        today = fields.Date.context_today(self)
        current = self._versions().filtered("activated_at")[:1]
        for period in schedule.periods(interval, first, last, today)[-MOST_PERIODS:]:
            duty = duties.sudo().create(
                {
                    "agreement_id": current.id, "period_start": period.start, "period_end": period.end,
                    "due_date": period.end + timedelta(days=days), **values(period),
                }
            )  # fmt: skip
            duty._tell_partner("new")

    def _spans(self, agreed_by):
        """The days on which each version held that agrees on this, the oldest first.

        :return: pairs of version and span; each ends the day before the next version begins, whatever that agrees on
        """
        found, following = [], None
        for version in self._versions().filtered("activated_at"):
            ends = filter(None, (version.date_end, version.ended_on, following and following - timedelta(days=1)))
            span = schedule.Period(version.date_start, min(ends))
            following = min(filter(None, (version.date_start, following)))
            if version[agreed_by] and span.start <= span.end:
                found.insert(0, (version, span))
        return found

    def _proof_values(self, period):
        """The positions with what each version plans for its own days; those of one name together."""
        planned = {}
        for version, span in self._spans("proof_days"):
            both = schedule.Period(max(period.start, span.start), min(period.end, span.end))
            for one in version.position_ids if both.start <= both.end else ():
                planned[one.name] = planned.get(one.name, 0) + schedule.share(Decimal(str(one.amount_month)), both)
        lines = [{"sequence": number, "name": name, "planned": float(sum_)} for number, (name, sum_) in enumerate(planned.items())]
        return {"line_ids": [fields.Command.create(line) for line in lines]}

    def action_reports(self):
        """Reports of all versions of this agreement."""
        return self._duty_action("sozial_management_partner.action_sozial_agreement_report")

    def action_proofs(self):
        """Proofs of use of all versions of this agreement."""
        return self._duty_action("sozial_management_partner.action_sozial_agreement_proof")

    def _duty_action(self, xmlid):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": [("agreement_number", "=", self.number), ("company_id", "=", self.company_id.id)], "context": {}}
