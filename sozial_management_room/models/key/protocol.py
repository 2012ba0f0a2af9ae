from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# who handed out which key of what is no matter of opinion afterwards
FIXED_FIELDS = {"booking_id", "kind", "back_at", "user_id"}


class SozialRoomProtocol(models.Model):
    """The protocol of one key (Übergabeprotokoll): handed out for a booking, or given back.

    At most one of each kind a booking. The key is out while there is the one, and not the other.
    """

    _name = "sozial.room.protocol"
    _description = "Key protocol"
    _order = "done_at desc, id desc"
    _check_company_auto = True

    booking_id = fields.Many2one(
        "sozial.room.booking", "Booking", required=True, ondelete="restrict", check_company=True
    )  # no index of its own: the unique constraint begins with it
    company_id = fields.Many2one(related="booking_id.company_id", store=True, precompute=True, index=True)
    centre_id = fields.Many2one(related="booking_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    room_id = fields.Many2one(related="booking_id.room_id", string="Room")
    due_at = fields.Datetime(
        related="booking_id.stop", string="Due back", store=True, precompute=True, help="The end of the booking."
    )
    kind = fields.Selection(
        [("out", "Key handed out"), ("back", "Key given back")], "What", required=True, default="out"
    )
    done_at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "By", required=True, index=True, readonly=True, default=lambda self: self.env.user,
        help="Member of staff who handed the key out or took it back.",
    )  # fmt: skip
    person = fields.Char("Person", required=True, help="Who received the key or brought it back.")
    keys = fields.Char("Keys", help="Which keys and how many, for example: front door 1, hall 2.")
    meter = fields.Float("Meter reading", digits=(12, 3), help="Of electricity or heating, if you charge for it; 0: not read.")
    damage = fields.Boolean(help="The room or its furniture was found damaged.")
    damage_note = fields.Text("Which damage", help="What is damaged, and where. Photographs help.")
    photo_ids = fields.Many2many(
        "ir.attachment", "sozial_room_protocol_photo_rel", "protocol_id", "attachment_id", "Photographs", copy=False
    )
    back_at = fields.Datetime("Given back", compute="_compute_back_at", store=True, copy=False)
    overdue = fields.Boolean(compute="_compute_overdue", help="The booking is over, and the key is still out.")

    _one_of_each = models.Constraint(
        "UNIQUE (booking_id, kind)", "This booking has such a protocol already. Open it on the booking."
    )
    _meter_plausible = models.Constraint("CHECK (COALESCE(meter, 0) >= 0)", "Meter reading: enter 0 or more.")
    _damage_described = models.Constraint(
        "CHECK (NOT COALESCE(damage, FALSE) OR COALESCE(btrim(damage_note), '') <> '')",
        "Which damage: say what is damaged, and where.",
    )
    _person_named = models.Constraint("CHECK (btrim(person) <> '')", "Person: enter who received the key or brought it back.")
    _keys_out = models.Index("(due_at) WHERE kind = 'out' AND back_at IS NULL")

    @api.depends("kind", "booking_id.protocol_ids.kind", "booking_id.protocol_ids.done_at")
    def _compute_back_at(self):
        for protocol in self:
            back = protocol.booking_id.protocol_ids.filtered(lambda other: other.kind == "back")
            protocol.back_at = protocol.kind == "out" and back[:1].done_at

    @api.depends("kind", "due_at", "back_at")
    def _compute_overdue(self):
        now = fields.Datetime.now()
        for protocol in self:
            protocol.overdue = protocol.kind == "out" and not protocol.back_at and bool(protocol.due_at) and protocol.due_at < now

    @api.depends("kind", "booking_id.name", "room_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for protocol in self:
            protocol.display_name = f"{kinds.get(protocol.kind, '')}: {protocol.booking_id.display_name or ''}"

    @api.constrains("kind", "done_at", "booking_id")
    def _check_done_at(self):
        for protocol in self:
            if protocol.done_at > fields.Datetime.now():
                raise ValidationError(self.env._("When: this time is still to come. Enter when the key changed hands."))
            for other in protocol.booking_id.protocol_ids - protocol:
                out, back = (protocol, other) if protocol.kind == "out" else (other, protocol)
                if out.kind == "out" and back.kind == "back" and back.done_at < out.done_at:
                    raise ValidationError(self.env._("When: a key cannot come back before it is handed out."))

    @api.model_create_multi
    def create(self, vals_list):
        """Write protocols, in the name of the current user.

        :raise UserError: if the key is not there to be handed out, or not out to be given back
        """
        if not self.env.su:
            vals_list = [{key: value for key, value in vals.items() if key not in ("user_id", "back_at")} for vals in vals_list]
        protocols = super().create(vals_list)
        protocols._require_fitting()
        protocols._own_photos()
        return protocols

    def write(self, vals):
        if fixed := FIXED_FIELDS & vals.keys():
            label = self._fields[min(fixed)]._description_string(self.env)
            raise UserError(self.env._("%s: this stays as it is. The centre management may delete the protocol.", label))
        result = super().write(vals)
        if "photo_ids" in vals:
            self._own_photos()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_last_first(self):
        if (self.booking_id.protocol_ids - self).filtered(lambda other: other.kind == "back"):
            raise UserError(self.env._("Delete the protocol of the return first."))

    def _require_fitting(self):
        """Keys go out for bookings that take place, and come back from where they are."""
        for protocol in self:
            if protocol.kind == "out" and protocol.booking_id.state not in ("confirmed", "done"):
                raise UserError(self.env._("%s is not confirmed: no key is handed out for it.", protocol.booking_id.display_name))
            if protocol.kind == "back" and "out" not in protocol.booking_id.protocol_ids.mapped("kind"):
                raise UserError(self.env._("%s: no key has been handed out that could come back.", protocol.booking_id.display_name))

    def _own_photos(self):
        """Bind photographs to their protocol: whoever reads it reads them, nobody else does."""
        for protocol in self:
            fresh = protocol.photo_ids.filtered(lambda photo: photo.res_model == self._name and not photo.res_id)
            if fresh:
                fresh.write({"res_id": protocol.id})

    def action_back(self):
        """Open the protocol of the return."""
        self.ensure_one()
        return self.booking_id.action_key_back()
