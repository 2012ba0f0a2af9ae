from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SozialAgreementService(models.Model):
    """One service of an agreement: an offer of the catalogue, and for how many people a month."""

    _name = "sozial.agreement.service"
    _description = "Service of an agreement"
    _order = "agreement_id, id"
    _rec_name = "offer_id"
    _check_company_auto = True

    agreement_id = fields.Many2one("sozial.agreement", "Agreement", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="agreement_id.company_id", store=True, precompute=True, index=True)
    offer_id = fields.Many2one(
        "sozial.offer", "Offer", required=True, index=True, ondelete="restrict", check_company=True,
        help="Its consultation hours stand in the agreement. It is published when the agreement begins, and withdrawn when it ends.",
    )
    hours_text = fields.Char("Consultation hours", related="offer_id.hours_text")
    is_published = fields.Boolean("Published", related="offer_id.is_published")
    capacity_month = fields.Integer("People a month", help="How many people the partner takes on in a month. 0: not agreed.")

    _once = models.Constraint("UNIQUE (agreement_id, offer_id)", "This offer stands in the agreement already.")
    _capacity_positive = models.Constraint("CHECK (capacity_month >= 0)", "People a month: 0 or more.")

    @api.constrains("offer_id", "agreement_id")
    def _check_provider(self):
        for service in self:
            provider = service.offer_id.provider_id.commercial_partner_id
            if provider and provider != service.agreement_id.partner_id:
                raise ValidationError(
                    self.env._(
                        "Services: %(offer)s is run by %(provider)s, not by the organisation of this agreement.",
                        offer=service.offer_id.name, provider=provider.name,
                    )
                )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        services = super().create(vals_list)
        services.agreement_id._require_draft()
        return services

    def write(self, vals):
        self.agreement_id._require_draft()
        result = super().write(vals)
        self.agreement_id._require_draft()  # where it moved to, too
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_in_drafts(self):
        self.agreement_id._require_draft()
