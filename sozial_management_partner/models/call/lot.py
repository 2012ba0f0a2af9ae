from odoo import api, fields, models
from odoo.fields import Domain


class SozialCallLot(models.Model):
    """A lot (Los): the part of a call for which an organisation can apply on its own."""

    _name = "sozial.call.lot"
    _description = "Lot"
    _inherit = ["sozial.call.part"]
    _order = "call_id, sequence, id"
    _check_company_auto = True

    _portal_fields = frozenset(
        {"id", "display_name", "name", "sequence", "call_id", "company_id", "description", "capacity", "criterion_ids"}
    )

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Lot", required=True, help="For example “Los 1: Mieterberatung Nord”.")
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", check_company=True, index="btree_not_null")
    offer_id = fields.Many2one(
        "sozial.offer", "Offer of the catalogue", check_company=True, index="btree_not_null",
        help="The offer that the partner shall run, if it stands in the catalogue already.",
    )
    description = fields.Text("Service", help="What is to be done: what, for whom, how often.")
    capacity = fields.Char("Extent", help="For example “20 hours a week” or “a group of 12, weekly”.")
    criterion_ids = fields.One2many("sozial.call.criterion", "lot_id", "Criteria of this lot only")

    _name_unique = models.Constraint("UNIQUE (call_id, name)", "This call has a lot of this name already.")

    @api.model
    def _check_company_domain(self, companies):
        """As long as no lot is chosen, the record has no company yet: see `sozial.call`."""
        return super()._check_company_domain(companies) if companies else Domain.TRUE

    def _criteria(self):
        """Criteria by which submissions for this lot are judged: those of the whole call and its own."""
        self.ensure_one()
        return self.call_id.criterion_ids.filtered(lambda criterion: not criterion.lot_id or criterion.lot_id == self)

    def _award_criteria(self):
        """Those that give points; their weights add up to 100."""
        return self._criteria().filtered(lambda criterion: criterion.kind == "award")
