from odoo import Command, api, fields, models
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class SozialRoom(models.Model):
    """A room that can be booked: one or several atoms under one name."""

    _name = "sozial.room"
    _description = "Room"
    _order = "centre_id, sequence, name, id"
    _rec_names_search = ["name", "centre_id.name"]
    _check_company_auto = True

    name = fields.Char("Room", required=True, index="trigram")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    centre_id = fields.Many2one(
        "sozial.centre", "Centre", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="centre_id.company_id", store=True, precompute=True, index=True)
    atom_ids = fields.Many2many(
        "sozial.room.atom",
        "sozial_room_atom_rel",
        "room_id",
        "atom_id",
        "Parts",
        check_company=True,
        help="What the room takes up. Rooms that share a part cannot be booked at the same time: a hall "
        "has the parts of both its halves. Empty: the room is its own part.",
    )
    capacity = fields.Integer("Persons", required=True, default=10, help="At most, standing included.")
    area = fields.Float("Area (m²)", digits=(7, 1))
    floor = fields.Integer(help="0 is the ground floor, -1 the basement.")
    seating_ids = fields.One2many("sozial.room.seating", "room_id", "Seating", copy=True)
    feature_ids = fields.Many2many("sozial.room.feature", string="Features")
    step_free = fields.Boolean("Step-free", help="Reached without a single step.")
    door_width = fields.Integer("Door width (cm)", help="The narrowest door on the way. A wheelchair needs 90 cm.")
    has_lift = fields.Boolean("Lift")
    accessible_toilet = fields.Boolean()
    induction_loop = fields.Boolean(help="For people with hearing aids.")
    image = fields.Image("Picture", max_width=1024, max_height=1024)
    picture_ids = fields.Many2many(
        "ir.attachment", "sozial_room_picture_rel", "room_id", "attachment_id", "More pictures", copy=False
    )
    description = fields.Html(translate=True)
    setup_minutes = fields.Integer("Set-up (minutes)", help="Time that the room is kept free before each booking.")
    teardown_minutes = fields.Integer("Clean-up (minutes)", help="Time that the room is kept free after each booking.")
    condition_ids = fields.One2many("sozial.room.condition", "room_id", "Conditions", copy=True)
    fee_ids = fields.One2many("sozial.room.fee", "room_id", "Fees", copy=True)
    booking_count = fields.Integer("Coming bookings", compute="_compute_booking_count")

    _name_unique = models.Constraint("UNIQUE (centre_id, name)", "This centre has a room of this name already.")
    _capacity_positive = models.Constraint(
        "CHECK (capacity BETWEEN 1 AND 10000)", "Persons: enter how many people the room holds."
    )
    _buffers = models.Constraint(
        "CHECK (COALESCE(setup_minutes, 0) BETWEEN 0 AND 1440 AND COALESCE(teardown_minutes, 0) BETWEEN 0 AND 1440)",
        "Set-up and clean-up: enter 0 to 1440 minutes.",
    )
    _door_width_plausible = models.Constraint(
        "CHECK (COALESCE(door_width, 0) BETWEEN 0 AND 1000)", "Door width: enter centimetres."
    )

    @api.depends("name", "centre_id.name")
    @api.depends_context("sozial_short_room")
    def _compute_display_name(self):
        short = self.env.context.get("sozial_short_room")
        for room in self:
            parts = (room.name,) if short else (room.name, room.centre_id.name)
            room.display_name = ", ".join(part for part in parts if part)

    def _compute_booking_count(self):
        coming = [("room_id", "in", self.ids), ("state", "in", ("requested", "confirmed")), ("stop", ">", fields.Datetime.now())]
        groups = self.env["sozial.room.booking"]._read_group(coming, ["room_id"], ["__count"])
        counts = {room.id: count for room, count in groups}
        for room in self:
            room.booking_count = counts.get(room.id, 0)

    @api.model
    def _check_company_domain(self, companies):
        """What a form offers: as long as no room is chosen, the record has no company yet, and every
        room that the rules show may be chosen. Odoo would offer those without a company: none.
        """
        return super()._check_company_domain(companies) if companies else Domain.TRUE

    @api.constrains("atom_ids", "centre_id")
    def _check_atom_ids(self):
        for room in self:
            if room.atom_ids.filtered(lambda atom, centre=room.centre_id: atom.centre_id != centre):
                raise ValidationError(self.env._("Parts: %s has parts of another centre. Choose parts of its own.", room.name))

    @api.model_create_multi
    def create(self, vals_list):
        rooms = super().create(vals_list)
        rooms._give_own_atom()
        return rooms

    def write(self, vals):
        result = super().write(vals)
        if "atom_ids" in vals:
            self._give_own_atom()
            self._occupy_anew()
        return result

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        for room, values in zip(self, copies, strict=True):
            values.setdefault("name", self.env._("%s (copy)", room.name))
            if not (default or {}).get("name"):
                values["name"] = self.env._("%s (copy)", room.name)
            values.pop("atom_ids", None)  # a copy is another room, not another name for the same one
        return copies

    def _give_own_atom(self):
        """A room without parts is its own part: nothing can be booked that takes up no space."""
        for room in self.filtered(lambda room: not room.atom_ids):
            atom = room.centre_id._free_atom(room.name)
            super(SozialRoom, room).write({"atom_ids": [Command.set(atom.ids)]})

    def _occupy_anew(self):
        """After a change of parts: coming bookings take up the new ones.

        Whoever books at this very moment holds the row of the room `FOR SHARE`. The UPDATE waits
        for them, and they fail and are repeated if they come second. Bookings that were committed
        while it waited are invisible to this transaction; then Odoo repeats it.

        :raise ConcurrencyError: if such bookings exist
        """
        self.flush_recordset()
        self.env.cr.execute(SQL("UPDATE sozial_room SET write_date = write_date WHERE id = ANY(%s)", self.ids))
        bookings = self.env["sozial.room.booking"].sudo()
        newest = SQL("SELECT id FROM sozial_room_booking WHERE room_id = ANY(%s) AND stop > %s", self.ids, fields.Datetime.now())
        seen = {booking_id for [booking_id] in self.env.execute_query(newest)}
        with self.env.registry.cursor() as fresh:
            fresh.execute(newest)
            if {booking_id for [booking_id] in fresh.fetchall()} - seen:
                raise ConcurrencyError("bookings of a room came while its parts changed")
        bookings._coming_of(self)._occupy(renew=True)

    def action_view_bookings(self):
        """Open the bookings of the room."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room_booking")
        action["domain"] = [("room_id", "=", self.id)]
        action["context"] = {"default_room_id": self.id}
        return action
