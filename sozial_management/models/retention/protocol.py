from odoo import api, fields, models
from odoo.exceptions import UserError

from .proposal import GROUNDS
from .rule import ACTIONS, SUBJECTS


class SozialRetentionProtocol(models.Model):
    """The record of erasures: what was erased when, by which rule, who decided.

    Holds no personal data: the neutral number, which leads nowhere any more, and counts. Rows
    are added by the erasure itself and are never changed or deleted.
    """

    _name = "sozial.retention.protocol"
    _description = "Record of erasures"
    _order = "id desc"

    name = fields.Char("Number", readonly=True)
    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True)
    done_at = fields.Datetime("Done on", required=True, readonly=True, default=fields.Datetime.now)
    subject = fields.Selection(SUBJECTS, "What", required=True, readonly=True)
    action = fields.Selection(ACTIONS, "What was done", required=True, readonly=True)
    case_type_id = fields.Many2one("sozial.case.type", "Kind of case", readonly=True, ondelete="restrict")
    ended_on = fields.Date("Closed on", readonly=True)
    rule = fields.Char("Retention rule", readonly=True)
    months = fields.Integer("Kept for months", readonly=True)
    legal_basis = fields.Text("Legal basis", readonly=True)
    rule_id = fields.Many2one("sozial.retention.rule", "Present rule", readonly=True, ondelete="set null", index="btree_not_null")
    rule_text = fields.Char("By which rule", compute="_compute_rule_texts")
    legal_text = fields.Text("On what ground in law", compute="_compute_rule_texts")
    ground = fields.Selection(GROUNDS, "Asked for (Art. 17 GDPR)", readonly=True, help="Empty: erased by the retention rule.")
    asked_by_id = fields.Many2one("res.users", "Passed on by", readonly=True, ondelete="restrict")
    number = fields.Integer("Rows", readonly=True)
    counts = fields.Json("Numbers by model", readonly=True, groups=fields.NO_ACCESS)
    details = fields.Text("What went", compute="_compute_details")
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime("Decided on", readonly=True)
    executed_by_id = fields.Many2one("res.users", "Executed by", readonly=True, ondelete="restrict", help="The system: by the nightly run.")

    _of_company = models.Index("(company_id, done_at DESC)")

    @api.depends("name", "subject")
    def _compute_display_name(self):
        subjects = dict(self._fields["subject"]._description_selection(self.env))
        for row in self:
            row.display_name = row.name or subjects.get(row.subject)

    @api.depends("rule", "legal_basis", "rule_id")
    @api.depends_context("lang")
    def _compute_rule_texts(self):
        """In the language of the reader, as long as the rule says what it said then; else in the words of then."""
        languages = {"en_US", *(code for code, _name in self.env["res.lang"].get_installed())}
        for row in self:
            rule = row.rule_id.sudo()
            row.rule_text = self._in_reader_language(rule, "display_name", row.rule, languages)
            row.legal_text = self._in_reader_language(rule, "legal_basis", row.legal_basis, languages)

    @api.model
    def _in_reader_language(self, rule, name, kept, languages):
        if kept and kept in {rule.with_context(lang=code)[name] for code in languages}:
            return rule[name]
        return kept

    @api.depends("counts")
    def _compute_details(self):
        for row in self:
            counts = row.sudo().counts or {}
            names = {model: self.env["ir.model"]._get(model).sudo().name or model for model in counts}
            row.details = "\n".join(f"{names[model]}: {counts[model]}" for model in sorted(counts, key=names.get))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._refuse()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse()

    def unlink(self):
        self._refuse()

    def _refuse(self):
        raise UserError(self.env._("The record of erasures is written by the erasure itself and never changed."))

    @api.model
    def _record(self, proposal, user, number, gone):
        """Write down what was erased for a proposal.

        :param gone: numbers by model name
        """
        # in the words of whoever decided: the nightly run speaks English
        rule = proposal.rule_id.with_context(lang=proposal.decided_by_id.lang or self.env.lang)
        return self.sudo().create(
            {
                "name": proposal.name,
                "company_id": proposal.company_id.id,
                "subject": proposal.subject,
                "action": proposal.action,
                "case_type_id": proposal.case_type_id.id,
                "ended_on": proposal.ended_on,
                "ground": proposal.ground,
                "asked_by_id": proposal.asked_by_id.id,
                "rule": rule.display_name,
                "rule_id": rule.id,
                "months": rule.months,
                "legal_basis": rule.legal_basis,
                "number": number,
                "counts": gone,
                "decided_by_id": proposal.decided_by_id.id,
                "decided_at": proposal.decided_at,
                "executed_by_id": user.id,
            }
        )
