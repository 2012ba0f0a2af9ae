import binascii
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import hash_sign, verify_hash_signed

from .capacity import LIGHTS

SCOPE = "sozial_capacity"
HOLDS = timedelta(days=14)
MOST = 9999


class SozialCapacity(models.Model):
    """The organisation says how much room it has: in the portal, or behind the link of the weekly mail."""

    _inherit = "sozial.capacity"

    @api.model
    def _portal_own(self):
        """Company and organisation of the current portal user, for whom both can be told.

        :raise AccessError: for whoever may not read free capacities at all
        """
        self.check_access("read")
        return self.env.company, self.env.user.partner_id.commercial_partner_id

    @api.model
    def _portal_tell(self, offer_id, light, places):
        """Say it as the current portal user, for the own organisation.

        :param offer_id: an offer of the own agreements, or nothing for the organisation altogether
        :raise UserError: names the field and says what to do
        """
        company, partner = self._portal_own()
        self.sudo()._tell(company, partner.sudo(), offer_id, light, places, self.env.user.name)

    @api.model
    def _portal_want(self, wanted):
        """Have the weekly mail, or not."""
        company, partner = self._portal_own()
        self.sudo()._want(company, partner.sudo(), wanted)

    def _link_token(self):
        """What the links of this week's mail carry: signed, for this organisation only, good for two weeks."""
        self.ensure_one()
        return hash_sign(self.env(su=True), SCOPE, [self.company_id.id, self.partner_id.id], expiration=HOLDS)

    @api.model
    def _of_link(self, token):
        """Company and organisation behind a link that holds now, as superuser, else nothing: the token is the right to tell."""
        nothing = self.env["res.company"].sudo(), self.env["res.partner"].sudo()
        try:
            company, partner = verify_hash_signed(self.env(su=True), SCOPE, token) or (0, 0)
        except (ValueError, TypeError, OverflowError, binascii.Error):
            return nothing
        own = self.env["sozial.agreement"].sudo()._holding(company, partner)
        return (own.company_id, own.partner_id) if own.partner_id.active else nothing

    @api.model
    def _board(self, company, partner):
        """[(offer or nothing, row or nothing)], the organisation altogether first; nothing without an agreement that holds.

        As superuser, after a check.
        """
        agreements = self.env["sozial.agreement"]._holding(company.id, partner.id, limit=100)
        if not agreements:
            return []
        rows = {row.offer_id: row for row in self._rows_of(company, partner)}
        nothing = self.env["sozial.offer"]
        return [(offer, rows.get(offer, self.browse())) for offer in (nothing, *agreements.service_ids.offer_id)]

    def _rows_of(self, company, partner):
        return self.search([("company_id", "=", company.id), ("partner_id", "=", partner.id)], limit=200)

    @api.model
    def _tell(self, company, partner, offer_id, light, places, author):
        _ = self.env._
        if light not in dict(LIGHTS):
            raise UserError(_("Free capacity: please choose one of the three."))
        try:
            number = int((places or "").strip() or 0)
        except ValueError as error:
            raise UserError(_("Number of places: please enter a number, or nothing.")) from error
        if not 0 <= number <= MOST:
            raise UserError(_("Number of places: 0 to 9999."))
        board = {offer.id: row for offer, row in self._board(company, partner)}
        wanted = int(offer_id) if (offer_id or "").isdecimal() and len(offer_id) < 10 else False
        if wanted not in board:
            raise UserError(_("Choose your organisation or one of its offers with an agreement that holds."))
        row = board[wanted] or self.create({"company_id": company.id, "partner_id": partner.id, "offer_id": wanted})
        row._write_guarded({"light": light, "places": number if light != "red" else 0})
        row._note(author)

    @api.model
    def _want(self, company, partner, wanted):
        if not self.env["sozial.agreement"]._holding(company.id, partner.id):
            return
        rows = self._rows_of(company, partner).filtered(lambda one: not one.offer_id)
        row = rows or self.create({"company_id": company.id, "partner_id": partner.id})
        row._write_guarded({"wants_mail": bool(wanted)})


class SozialAgreement(models.Model):
    """Who has an agreement that holds is asked for its free capacity."""

    _inherit = "sozial.agreement"

    @api.model
    def _holding(self, company_id, partner_id, limit=1):
        """Agreements between the two that hold at this moment."""
        return self.search(
            [("company_id", "=", company_id), ("partner_id", "=", partner_id), ("state", "=", "active"),
             ("holds_until", ">", fields.Datetime.now())], limit=limit,
        )  # fmt: skip
