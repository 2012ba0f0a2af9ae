from odoo import api, fields, models


class SozialBenefitCheckPerson(models.Model):
    """A person in a pre-check that is stored on a case."""

    _name = "sozial.benefit.check.person"
    _description = "Person of a pre-check"
    _inherit = ["sozial.benefit.person", "sozial.confidential"]
    _anonymise = "delete"

    check_id = fields.Many2one("sozial.benefit.check", "Pre-check", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="check_id.case_id", store=True, precompute=True, readonly=True)
    partner_id = fields.Many2one("res.partner", "Person", check_company=True, index="btree_not_null", ondelete="restrict")

    _not_negative = models.Constraint(
        "CHECK (age >= 0 AND grundrente_years >= 0 AND COALESCE(wages_gross, 0) >= 0 AND COALESCE(pension, 0) >= 0)",
        "Age, years and incomes cannot be negative.",
    )

    @api.depends("case_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.check_id._require_open()
        return rows

    def write(self, vals):
        self.check_id._require_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self.check_id._require_open()

    def _called(self):
        return self.partner_id.name or super()._called()

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.partner_id.birth_date:
            self.age = self._age_of(self.partner_id, fields.Date.context_today(self))

    @api.model
    def _age_of(self, partner, on):
        """Full years on a day; 0 while the day of birth is not known."""
        born = partner.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else 0
