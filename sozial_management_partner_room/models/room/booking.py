from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialRoomBooking(models.Model):
    """A booking that an agreement grants: confirmed without asking, and gone with the agreement."""

    _inherit = "sozial.room.booking"

    agreement_id = fields.Many2one(
        "sozial.agreement", "By agreement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True,
        help="Booked by the right that this agreement grants. Ends with it.",
    )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        """By which agreement a booking is made is said by the steps of the agreement alone."""
        if not self.env.su:
            vals_list = [{**vals, "agreement_id": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if "agreement_id" in vals:
            raise UserError(self.env._("By agreement: this follows from the agreement."))
        return super().write(vals)

    def _mode(self, conditions=None):
        """What the conditions of the room say; the people of an organisation book directly what its agreement grants."""
        mode = super()._mode(conditions)
        if mode == "direct" or not self.env.user.share:
            return mode
        return "direct" if self._granted_by() else mode

    def _set_state(self, state, **values):
        """Whoever takes an offered slot by the right of an agreement has it as long as that."""
        super()._set_state(state, **values)
        if state == "confirmed" and self.env.user.share:
            self._note_agreement()

    def _note_agreement(self):
        """Remember by which agreement the current portal user has these."""
        for booking in self.sudo():
            if agreement := booking._granted_by():
                booking._write_kept({"agreement_id": agreement.id})

    def _granted_by(self):
        """The active agreement that lets the current portal user book this room at this time, or none."""
        self.ensure_one()
        own = self.sudo()
        organisation = self.env.user.partner_id.commercial_partner_id
        if own.partner_id.commercial_partner_id != organisation:
            return self.env["sozial.agreement"].sudo()
        return self.env["sozial.agreement"].sudo()._granting(organisation, own.room_id, own.stop)
