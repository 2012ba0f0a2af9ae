from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

LEVELS = range(6)


class SozialCallCriterion(models.Model):
    """A criterion: of eligibility (met or not) or of award (scored 0 to 5, with a weight)."""

    _name = "sozial.call.criterion"
    _description = "Criterion"
    _inherit = ["sozial.call.part"]
    _order = "call_id, kind desc, sequence, id"
    _check_company_auto = True

    _portal_fields = frozenset(
        {"id", "display_name", "name", "description", "sequence", "call_id", "lot_id", "company_id", "kind", "weight", "minimum"}
        | {f"anchor_{level}" for level in LEVELS}
    )

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    lot_id = fields.Many2one(
        "sozial.call.lot", "Lot", index="btree_not_null", ondelete="cascade", check_company=True,
        domain="[('call_id', '=', call_id)]", help="Empty: for all lots.",
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("eligibility", "Eligibility"), ("award", "Award")],
        required=True,
        default="award",
        help="Eligibility is met or not: who does not meet it is out. Award gives points.",
    )
    name = fields.Char("Criterion", required=True)
    description = fields.Text("What is looked at")
    weight = fields.Integer("Weight (%)", help="Weights of the award criteria add up to 100 in each lot.")
    minimum = fields.Integer("Minimum points", help="Who scores less than this in the criterion is out. 0: no minimum.")
    anchor_0 = fields.Text("0 points", default="Keine Angaben, oder die Anforderung ist nicht erfüllt.")
    anchor_1 = fields.Text("1 point", default="Ungenügend: Die Angaben sind sehr lückenhaft, wesentliche Punkte fehlen.")
    anchor_2 = fields.Text("2 points", default="Schwach: Die Angaben treffen nur einen Teil der Anforderung.")
    anchor_3 = fields.Text("3 points", default="Zufriedenstellend: Die Anforderung ist im Wesentlichen erfüllt.")
    anchor_4 = fields.Text("4 points", default="Gut: Die Anforderung ist vollständig und nachvollziehbar erfüllt.")
    anchor_5 = fields.Text("5 points", default="Sehr gut: Vollständig erfüllt, mit Belegen und auf das Quartier zugeschnitten.")

    _weight_range = models.Constraint("CHECK (COALESCE(weight, 0) BETWEEN 0 AND 100)", "Weight: enter 0 to 100.")
    _minimum_range = models.Constraint("CHECK (COALESCE(minimum, 0) BETWEEN 0 AND 5)", "Minimum points: enter 0 to 5.")
    _eligibility_has_no_weight = models.Constraint(
        "CHECK (kind = 'award' OR (COALESCE(weight, 0) = 0 AND COALESCE(minimum, 0) = 0))",
        "An eligibility criterion is met or not: it has neither weight nor minimum.",
    )
    _award_has_weight = models.Constraint(
        "CHECK (kind = 'eligibility' OR weight > 0)", "Weight: an award criterion needs at least 1."
    )

    @api.model
    def _check_company_domain(self, companies):
        """As long as no criterion is chosen, the record has no company yet: see `sozial.call`."""
        return super()._check_company_domain(companies) if companies else Domain.TRUE

    @api.constrains("lot_id", "call_id")
    def _check_lot_id(self):
        for criterion in self:
            if criterion.lot_id and criterion.lot_id.call_id != criterion.call_id:
                raise ValidationError(self.env._("Lot: choose a lot of the same call."))
