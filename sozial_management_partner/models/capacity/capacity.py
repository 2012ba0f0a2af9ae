from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

LIGHTS = [("green", "Free places"), ("yellow", "Few places"), ("red", "No places")]
TOLD = frozenset({"light", "places"})


class SozialCapacity(models.Model):
    """How much room a partner organisation has at present, altogether or in one offer.

    What was said long ago says nothing: it goes grey, but the day it was said stays readable.
    """

    _name = "sozial.capacity"
    _description = "Free capacity of a partner"
    _inherit = ["sozial.guarded", "sozial.portal.readable"]
    _order = "partner_id, offer_id nulls first, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _guarded = frozenset({"told_at", "told_by", "asked_on"})
    _portal_fields = frozenset(
        {"id", "display_name", "company_id", "partner_id", "offer_id", "light", "shown", "places", "told_at", "told_by", "wants_mail"}
    )

    company_id = fields.Many2one("res.company", "Company", required=True, index=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one(
        "res.partner", "Organisation", required=True, index=True, ondelete="cascade", check_company=True,
        domain="[('is_organisation', '=', True)]",
    )  # fmt: skip
    offer_id = fields.Many2one(
        "sozial.offer", "Offer", index="btree_not_null", ondelete="cascade", check_company=True,
        domain="[('provider_id', '=', partner_id)]", help="Empty: the organisation altogether.",
    )  # fmt: skip
    light = fields.Selection(LIGHTS, "As told")
    shown = fields.Selection(
        [*LIGHTS, ("grey", "Not heard of for long")], "Free capacity", compute="_compute_shown", search="_search_shown",
        help="What the organisation said last; grey when that was long ago, or when it has said nothing.",
    )  # fmt: skip
    places = fields.Integer("Number of places", help="How many people can begin now. 0: no number was told.")
    told_at = fields.Datetime("Told on", readonly=True, copy=False)
    told_by = fields.Char(readonly=True, copy=False)
    wants_mail = fields.Boolean(
        "Weekly mail", default=True, help="Asks the organisation once a week. Counts in the row of the organisation altogether."
    )
    asked_on = fields.Date("Asked on", readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(company_id, partner_id) WHERE offer_id IS NULL", "The free capacity of this organisation is there already."
    )
    _once_an_offer = models.UniqueIndex(
        "(company_id, partner_id, offer_id) WHERE offer_id IS NOT NULL", "The free capacity of this offer is there already."
    )
    _places_sensible = models.Constraint("CHECK (places BETWEEN 0 AND 9999)", "Number of places: 0 to 9999.")

    @api.depends("light", "told_at", "company_id.sozial_capacity_weeks")
    def _compute_shown(self):
        now = fields.Datetime.now()
        for row in self:
            holds = row.told_at and row.told_at > now - timedelta(weeks=row.company_id.sudo().sozial_capacity_weeks)
            row.shown = row.light if row.light and holds else "grey"

    def _search_shown(self, operator, value):
        if operator != "in":
            return NotImplemented
        now, domain = fields.Datetime.now(), fields.Domain
        fresh = domain.OR(
            domain("company_id", "=", company.id) & domain("told_at", ">", now - timedelta(weeks=company.sozial_capacity_weeks))
            for company in self.env.companies.sudo()
        ) & domain("light", "!=", False)
        found = fresh & domain("light", "in", [one for one in value if one != "grey"])
        return found | ~fresh if "grey" in value else found

    @api.constrains("offer_id", "partner_id")
    def _check_provider(self):
        for row in self:
            if not row.partner_id.is_organisation:
                raise ValidationError(self.env._("Organisation: %s is not marked as a partner organisation.", row.partner_id.display_name))
            if row.offer_id and row.offer_id.provider_id.commercial_partner_id != row.partner_id:
                raise ValidationError(
                    self.env._("Offer: “%(offer)s” is not run by %(partner)s.", offer=row.offer_id.name, partner=row.partner_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        rows = super(SozialCapacity, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        rows.filtered("light")._note(self.env.user.name)
        return rows

    def write(self, vals):
        self._refuse_guarded(vals)
        for name in ("partner_id", "offer_id"):
            if name in vals and any(row[name].id != (vals[name] or False) for row in self):
                raise UserError(self.env._("Whose free capacity a line tells stays as it is. Make a new line for another."))
        result = super().write(vals)
        if TOLD & vals.keys():
            self._note(self.env.user.name)
        return result

    def _note(self, author):
        """Who has said it, and when."""
        super().write({"told_at": fields.Datetime.now(), "told_by": author})

    def _write_guarded(self, values):
        """Write past the guard. For what the organisation says, and for the weekly mail."""
        return super().write(values)
