from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...statute import arrears
from ..money import euro, exact
from .debt_claim import STANDING


class SozialCase(models.Model):
    """The money of a case: creditors, household budget, and how near the rent debt is to losing the home."""

    _inherit = "sozial.case"

    currency_id = fields.Many2one(related="company_id.currency_id", related_sudo=True)
    claim_ids = fields.One2many("sozial.debt.claim", "case_id", "Creditors")
    budget_ids = fields.One2many("sozial.budget", "case_id", "Household budgets")
    rent_due_ids = fields.One2many("sozial.rent.due", "case_id", "Due dates of the rent")
    debt_total = fields.Monetary("Debts in all", compute="_compute_debt", help="Open and disputed claims together.")
    debt_primary = fields.Monetary("Of it rent, energy, fines", compute="_compute_debt", help="To be settled first.")
    creditor_count = fields.Integer("Number of creditors", compute="_compute_debt")
    budget_id = fields.Many2one("sozial.budget", "Budget that holds now", compute="_compute_budget_id")
    free_amount = fields.Monetary("Free a month", compute="_compute_budget_id", help="By the household budget that holds today.")
    tenancy_arrears = fields.Monetary("Arrears by the rent account", compute="_compute_tenancy_arrears")
    tenancy_arrears_date = fields.Date("Arrears as of", compute="_compute_tenancy_arrears")
    termination = fields.Selection(
        [("none", "Not reached"), ("3a", "Reached: two due dates in a row"), ("3b", "Reached: two months' rent")],
        "Termination without notice",
        compute="_compute_termination",
        help="Whether the landlord could terminate without notice for arrears (§ 543 (2) no. 3, § 569 (3) no. 1 BGB).",
    )
    termination_text = fields.Html("How it comes about", compute="_compute_termination")
    termination_cured_on = fields.Date(
        "Earlier termination, cured",
        copy=False,
        help="Day of an earlier termination for arrears that was cured by payment. Within two years it cannot be cured once more "
        "(§ 569 (3) no. 2 BGB).",
    )
    termination_on = fields.Date("Termination received on", copy=False, help="The day on which the letter of termination came.")

    def write(self, vals):
        """What was known of a termination stays as it was once the case has ended."""
        if vals.keys() & {"termination_on", "termination_cured_on"}:
            self._require_not_ended()
        return super().write(vals)

    @api.depends("claim_ids.remaining", "claim_ids.state", "claim_ids.is_primary")
    def _compute_debt(self):
        for case in self:
            standing = case.claim_ids.filtered(lambda claim: claim.state in STANDING)
            case.debt_total = sum(exact(claim.remaining) for claim in standing)
            case.debt_primary = sum(exact(claim.remaining) for claim in standing if claim.is_primary)
            case.creditor_count = len(standing)

    @api.depends("budget_ids.valid_from", "budget_ids.free")
    @api.depends_context("tz")
    def _compute_budget_id(self):
        today = fields.Date.context_today(self)
        for case in self:
            held = case.budget_ids.filtered(lambda one: one.valid_from and one.valid_from <= today)
            case.budget_id = held.sorted("valid_from")[-1:]
            case.free_amount = case.budget_id.free

    @api.depends("tenancy_id.arrears", "tenancy_id.arrears_date", "tenancy_id.company_id.sozial_debt_see_arrears")
    def _compute_tenancy_arrears(self):
        """Of a tenancy that the reader may read, if its company shows them: a form may name any tenancy and any company."""
        readable = self.tenancy_id._filtered_access("read")
        for case in self:
            tenancy = (case.tenancy_id & readable).sudo()  # the field itself may be hidden, see sozial.tenancy
            shown = tenancy.company_id.sozial_debt_see_arrears
            case.tenancy_arrears = tenancy.arrears if shown else 0
            case.tenancy_arrears_date = tenancy.arrears_date if shown else False

    @api.depends("rent_due_ids.day", "rent_due_ids.rent", "rent_due_ids.open", "termination_cured_on", "termination_on")
    def _compute_termination(self):
        for case in self:
            dues = case._dues()
            if not dues:
                case.termination, case.termination_text = False, False
                continue
            threshold = arrears.termination_threshold(dues)
            case.termination = threshold.ground or "none"
            case.termination_text = case._termination_steps(dues, threshold)

    def _dues(self):
        """The due dates for the statute; of a form that is half filled in, those that make sense."""
        days, dues = set(), []
        for due in self.rent_due_ids:
            if due.day and due.day not in days and exact(due.rent) >= exact(due.open) >= 0:
                days.add(due.day)
                dues.append(arrears.Due(due.day, exact(due.rent), exact(due.open)))
        return arrears.without_gaps(sorted(dues, key=lambda due: due.day))

    def _termination_steps(self, dues, threshold):
        """Why the threshold is reached or not, sentence by sentence, with the paragraphs."""
        _ = self.env._
        lines = [_("Open in all: %s.", self._euro(threshold.total))]
        for before, after in zip(dues, dues[1:], strict=False):
            if before.open and after.open:
                values = {
                    "first": format_date(self.env, before.day), "second": format_date(self.env, after.day),
                    "sum": self._euro(before.open + after.open), "rent": self._euro(after.rent),
                }  # fmt: skip
                if before.open + after.open > after.rent:
                    lines.append(_("%(first)s and %(second)s: together %(sum)s, more than one month's rent of %(rent)s "
                                   "(§ 543 (2) no. 3a, § 569 (3) no. 1 BGB).", **values))  # fmt: skip
                else:
                    lines.append(_("%(first)s and %(second)s: together %(sum)s, not more than one month's rent of %(rent)s.", **values))
        open_ones = [due for due in dues if due.open]
        if open_ones:
            lines.append(
                _("Two months' rent are %(two)s (§ 543 (2) no. 3b BGB).", two=self._euro(2 * open_ones[-1].rent))
            )
        if threshold.reached:
            lines += self._cure_lines()
        elif threshold.total:
            lines.append(_("Until the nearer threshold %s are missing.", self._euro(threshold.missing)))
        lines.append(_("Arithmetic for advice. Late payment, deposits and rent reductions may change it: have it checked by a lawyer."))
        return Markup("<ul class='mb-0'>%s</ul>") % Markup("").join(Markup("<li>%s</li>") % line for line in lines)

    def _cure_lines(self):
        """How a termination without notice is cured, and when not."""
        _ = self.env._
        lines = [
            _("Paid in full before the termination is received: it can no longer be declared (§ 543 (2) sentence 2 BGB)."),
            _("Cured if all arrears are paid, or an authority commits itself, within two months after the eviction suit was served "
              "(§ 569 (3) no. 2 BGB). Enter the service under »Deadlines«: the clock runs from there."),
            _("This does not cure an ordinary termination that was declared beside it (§ 573 BGB)."),
        ]  # fmt: skip
        if self.termination_cured_on:
            noticed = self.termination_on or fields.Date.context_today(self)
            cure = arrears.cure_period([noticed], noticed=noticed, cured_notice=self.termination_cured_on)
            if cure.barred:
                lines.append(_("An earlier termination was cured less than two years before: this one is not cured by payment."))
            else:
                lines.append(_("The earlier cured termination lies more than two years back: it is no obstacle."))
        return lines

    def _euro(self, amount):
        return euro(self.env, amount, self.sudo().company_id.currency_id)

    def _require_arrears_shown(self):
        """Stop taking over from the rent account what the company does not show, or what is not there.

        :raise UserError: says what to do instead
        """
        self.check_access("write")
        if not self.sudo().company_id.sozial_debt_see_arrears:
            raise UserError(self.env._("The company does not show arrears of the tenancy in cases. Enter what the client brings along."))
        if not self.tenancy_id:
            raise UserError(self.env._("Tenancy: enter it on the case first."))
        if not self.tenancy_arrears:
            raise UserError(self.env._("The tenancy has no arrears."))

    def action_take_arrears(self):
        """Enter the arrears of the tenancy as the own company's claim, or bring it up to date. Only reads the tenancy."""
        self.ensure_one()
        self._require_arrears_shown()
        values = {
            "principal": self.tenancy_arrears,
            "as_of": self.tenancy_arrears_date or fields.Date.context_today(self),
        }
        own = self.claim_ids.filtered(lambda claim: claim.state == "open")._own_rent()[:1]
        if own:
            own.write(values)
        else:
            own.create(
                {
                    **values,
                    "case_id": self.id,
                    "creditor_id": self.sudo().company_id.partner_id.id,
                    "reference": self.tenancy_id.external_ref,
                    "kind": "rent",
                    "ground": self.env._("Rent and utilities"),
                }
            )
        return True

    def action_spread_arrears(self):
        """Propose which due dates are open: the arrears on the newest months, back as far as they reach."""
        self.ensure_one()
        self._require_arrears_shown()
        rent = exact(self.tenancy_id.rent_gross)
        if not rent:
            raise UserError(self.env._("Gross rent: the tenancy has none. Enter the due dates by hand."))
        left = exact(self.tenancy_arrears)
        if left > 36 * rent:
            raise UserError(self.env._("The arrears are more than three years' rent. Enter the due dates by hand."))
        self.rent_due_ids.unlink()
        day = fields.Date.start_of(self.tenancy_arrears_date or fields.Date.context_today(self), "month")
        new = []
        while left or len(new) < 2:
            open_part = min(left, rent)
            new.append({"case_id": self.id, "day": day, "rent": rent, "open": open_part})
            left -= open_part
            day -= relativedelta(months=1)
        self.env["sozial.rent.due"].create(new)
        return True

    def action_money(self):
        """Show the finances of the case."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case_money")
        return {**action, "res_id": self.id}

    def action_budget(self):
        """Show the budget that holds now, or begin the first one."""
        self.ensure_one()
        self.check_access("read")
        newest = self.budget_ids.sorted("valid_from")[-1:]
        if newest:
            return newest.action_show()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_budget")
        return {**action, "views": [(False, "form")], "path": False, "res_id": False, "context": {"default_case_id": self.id}}
