from odoo import api, fields, models
from odoo.exceptions import ValidationError

EVIDENCE_KINDS = ("statutes", "register", "tax", "insurance", "protection", "reference", "conduct")


class SozialCall(models.Model):
    """What a call says about its subject: from these facts the notice is written."""

    _inherit = "sozial.call"

    occasion = fields.Text("Occasion in the quarter", help="Section 2: why now, why here. Plain sentences, for readers outside.")
    goals = fields.Text(help="Section 3: what shall be better in a year.")
    target = fields.Text("Target groups", help="Section 3: for whom the offer is.")
    date_from = fields.Date("Cooperation from", copy=False)
    date_until = fields.Date("Cooperation until", copy=False)
    rooms = fields.Text(help="Section 5: which rooms we provide. Empty: a sentence that we provide none.")
    staff = fields.Text(help="Section 5: what we expect of the staff. Empty: a sentence about professionals and volunteers.")
    remuneration = fields.Text(help="Section 5: what we pay, or which grant, or that nothing is paid.")
    panel = fields.Text(help="Section 13: who scores and decides, by function. Empty: a sentence about two professionals.")
    reports = fields.Text("Reporting", help="Section 15: what the partner reports, how often. Empty: twice a year, without names.")
    review_body = fields.Text(
        "Review body (Vergabekammer)", help="Section 6: name and address. Needed above the EU threshold only."
    )
    needs_statutes = fields.Boolean("Statutes needed", default=True)
    needs_register = fields.Boolean("Register extract needed", default=True)
    needs_tax = fields.Boolean("Tax exemption notice needed", default=True)
    needs_insurance = fields.Boolean("Liability insurance needed", default=True)
    needs_protection = fields.Boolean("Protection concept needed", default=True)
    needs_reference = fields.Boolean("References needed", default=True)
    needs_conduct = fields.Boolean("Declaration about certificates of conduct needed", default=True)
    annex_ids = fields.Many2many(
        "ir.attachment", "sozial_call_annex_rel", "call_id", "attachment_id", "Annexes", copy=False,
        help="Files that belong to the notice. They are public with it.",
    )

    todo = fields.Text("To do", compute="_compute_todo")

    _cooperation_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_until IS NULL OR date_from <= date_until)",
        "“Cooperation from” must not be after “Cooperation until”.",
    )

    def _compute_todo(self):
        for call in self:
            call.todo = "\n".join(f"• {line}" for line in call._todo_lines()) or False

    def _todo_lines(self):
        """What is missing, as long as the call is a draft; empty sections are not told one by one."""
        return self._data_problems() if self.state == "draft" and self.id else []

    @api.constrains("date_from", "deadline")
    def _check_date_from(self):
        for call in self:
            if call.date_from and call.deadline and call.date_from <= call._local(call.deadline).date():
                raise ValidationError(self.env._("Cooperation from: choose a day after the deadline for submissions."))

    def _required_evidence_kinds(self):
        """Kinds of `sozial.evidence` that every submission must have."""
        self.ensure_one()
        return [kind for kind in EVIDENCE_KINDS if self[f"needs_{kind}"]]

    def _content_problems(self):
        """What the notice cannot be written without, as sentences that name the field."""
        self.ensure_one()
        wanted = ["occasion", "goals", "target", "date_from", "date_until", "remuneration"]
        if self.procedure == "vgv":
            wanted.append("review_body")
        label = {name: self._fields[name]._description_string(self.env) for name in wanted}
        problems = [self.env._("%s: please fill in.", label[name]) for name in wanted if not self[name]]
        problems += [
            self.env._("Lots: describe the service of “%s”.", lot.name) for lot in self.lot_ids if not (lot.description or "").strip()
        ]
        if not (self.contact_name and (self.contact_phone or self.contact_email)):
            problems.append(self.env._("Public contact: a name and a phone number or an e-mail address are needed."))
        if not self.questions_until:
            problems.append(self.env._("Questions until: choose a time."))
        if self.procedure == "vgv" and self.standstill_days < 10:
            problems.append(self.env._("Waiting period: at least 10 days after an electronic notice (§ 134 GWB)."))
        if self.procedure in ("uvgo", "vgv") and not self.standstill_days:
            problems.append(self.env._("Waiting period: enter the days between notice and award."))
        return problems
