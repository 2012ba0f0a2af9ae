from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..room.condition import CUSTOMER_GROUPS
from .occupancy import KIND_BOOKING, KIND_EXEMPT

STATES = [
    ("draft", "Draft"),
    ("requested", "Requested"),
    ("confirmed", "Confirmed"),
    ("suspended", "Suspended"),
    ("cancelled", "Cancelled"),
    ("no_show", "Not used"),
    ("done", "Done"),
]
# while a booking is in one of these, nobody else gets its room
BLOCKING = ("requested", "confirmed", "done")
SLOT_FIELDS = {"room_id", "start", "stop", "setup_minutes", "teardown_minutes", "exempt"}
# Only what a booking needs, fetched before Odoo fetches all: a company and a contact have some hundred
# fields, and reading them takes longer than booking.
COMPANY_FIELDS = ("name", "email", "parent_path")
CENTRE_FIELDS = ("name", "active", "company_id", "tz", "hold_days", "email", "calendar_id", "holiday_state")
ROOM_FIELDS = ("name", "active", "centre_id", "company_id", "setup_minutes", "teardown_minutes")
PARTNER_FIELDS = ("name", "email", "lang", "is_company", "commercial_partner_id", "company_id", "partner_share")
KEPT_FIELDS = {"state", "decline_reason", "checked_in_at", "reminded_at"}


class SozialRoomBooking(models.Model):
    """A booking (Belegung): one room from one time to another, for somebody.

    A draft takes up nothing. From the request on, the rows of `sozial.room.occupancy` hold the
    slot, and PostgreSQL sees to it that nobody else gets it.
    """

    _name = "sozial.room.booking"
    _description = "Room booking"
    _order = "start desc, id desc"
    _check_company_auto = True

    name = fields.Char("What for", required=True, default=lambda self: self.env._("Booking"), index="trigram")
    # no index of its own: `_agenda` begins with the room
    room_id = fields.Many2one("sozial.room", "Room", required=True, ondelete="restrict", check_company=True)
    centre_id = fields.Many2one(related="room_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, precompute=True, index=True)
    start = fields.Datetime("From", required=True, index=True)
    stop = fields.Datetime("Until", required=True)
    setup_minutes = fields.Integer(
        "Set-up (minutes)",
        compute="_compute_buffers",
        store=True,
        readonly=False,
        precompute=True,
        help="The room is kept free for so long before. Taken from the room.",
    )
    teardown_minutes = fields.Integer(
        "Clean-up (minutes)",
        compute="_compute_buffers",
        store=True,
        readonly=False,
        precompute=True,
        help="The room is kept free for so long afterwards. Taken from the room.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "For",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Organisation or person that uses the room; empty for the own department. Gets the mails.",
    )
    customer_group = fields.Selection(
        CUSTOMER_GROUPS,
        compute="_compute_customer_group",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Decides about conditions and fees.",
    )
    user_id = fields.Many2one(
        "res.users", "Entered by", required=True, index=True, default=lambda self: self.env.user, readonly=True
    )
    persons = fields.Integer(help="How many people are expected; 0 if not known.")
    seating_id = fields.Many2one(
        "sozial.room.seating",
        "Seating",
        ondelete="set null",
        check_company=True,
        domain="[('room_id', '=', room_id)]",
        index="btree_not_null",
    )
    state = fields.Selection(STATES, "Status", required=True, default="draft", copy=False, index=True)
    hold_until = fields.Date(
        "Held until", copy=False, help="Last day on which the request keeps the room free; afterwards it is cancelled."
    )
    terms_accepted = fields.Boolean("Terms of use accepted", copy=False)
    decline_reason = fields.Text("Reason", readonly=True, copy=False, help="Why it was declined or cancelled.")
    exempt = fields.Boolean(
        "Spared by closures", copy=False, help="Takes place although the centre is closed, for example an emergency service."
    )
    note = fields.Text("Remarks", help="For the staff of the centre.")

    _in_order = models.Constraint(
        "CHECK (start < stop)", "Until: a booking ends after it begins. Correct one of the two times."
    )
    _buffers = models.Constraint(
        "CHECK (setup_minutes IS NOT NULL AND teardown_minutes IS NOT NULL "
        "AND setup_minutes BETWEEN 0 AND 1440 AND teardown_minutes BETWEEN 0 AND 1440)",
        "Set-up and clean-up: enter 0 to 1440 minutes.",
    )
    _persons_plausible = models.Constraint(
        "CHECK (COALESCE(persons, 0) BETWEEN 0 AND 10000)", "Persons: enter a number from 0 to 10,000."
    )
    _held_requests = models.Index("(hold_until) WHERE state = 'requested'")
    _agenda = models.Index("(room_id, start DESC)")

    @api.depends("room_id")
    def _compute_buffers(self):
        for booking in self:
            booking.setup_minutes = booking.room_id.setup_minutes
            booking.teardown_minutes = booking.room_id.teardown_minutes

    @api.depends("partner_id")
    def _compute_customer_group(self):
        for booking in self:
            booking.customer_group = self._customer_group_of(booking.partner_id)

    @api.model
    def _customer_group_of(self, partner):
        """Guess the customer group: organisations are partners, persons are tenants."""
        if not partner:
            return "own"
        return "partner" if partner.commercial_partner_id.is_company else "tenant"

    @api.depends("name", "room_id.name", "start")
    def _compute_display_name(self):
        for booking in self:
            booking.display_name = " · ".join(part for part in (booking.name, booking.room_id.name) if part)

    @api.constrains("seating_id", "room_id")
    def _check_seating_id(self):
        for booking in self:
            if booking.seating_id and booking.seating_id.room_id != booking.room_id:
                raise ValidationError(self.env._("Seating: choose a seating of this room."))

    @api.model_create_multi
    def create(self, vals_list):
        """Create bookings; those that are requested or confirmed take their rooms at once.

        :raise UserError: if the conditions of a room forbid it
        :raise IntegrityError: if somebody has the slot; Odoo turns it into the constraint's message
        """
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("state", "draft") not in ("draft", "requested", "confirmed"):
                raise UserError(self.env._("Status: a new booking is a draft, requested or confirmed."))
            if not self.env.su:
                vals.update(user_id=self.env.uid, decline_reason=False, reminded_at=False, checked_in_at=False)
        bookings = super().create(vals_list)
        # access is checked now; who may do what below goes by the user, not by the rights on each field
        asked = bookings.sudo().filtered(lambda booking: booking.state != "draft")
        if asked:
            asked._require_bookable()
            asked._hold()
            asked._occupy()
            asked._notify()
        return bookings

    @api.model
    def _add_precomputed_values(self, vals_list):
        """What follows from room and contact, looked up once for each of them instead of once a booking."""
        rooms, groups = self._facts_of_rooms(vals_list), self._groups_of_contacts(vals_list)
        for vals in vals_list:
            follows = dict(rooms.get(vals.get("room_id"), ()))
            if (group := groups.get(vals.get("partner_id") or False)) is not None:
                follows["customer_group"] = group
            for name, value in follows.items():
                vals.setdefault(name, value)
        return super()._add_precomputed_values(vals_list)

    @api.model
    def _facts_of_rooms(self, vals_list):
        """``{room id: values}`` that bookings take over from their rooms; a room that the user may not read is refused."""
        rooms = self.env["sozial.room"].browse({vals["room_id"] for vals in vals_list if isinstance(vals.get("room_id"), int)})
        rooms = rooms.filtered("id")
        self.env.companies.sudo().fetch(COMPANY_FIELDS)
        rooms.fetch(ROOM_FIELDS)
        rooms.sudo().centre_id.fetch(CENTRE_FIELDS)
        return {
            room.id: {
                "centre_id": room.centre_id.id,
                "company_id": room.company_id.id,
                "setup_minutes": room.setup_minutes,
                "teardown_minutes": room.teardown_minutes,
            }
            for room in rooms.sudo()
        }

    @api.model
    def _groups_of_contacts(self, vals_list):
        """``{contact id or False: customer group}``"""
        contacts = self.env["res.partner"].browse(
            {vals["partner_id"] for vals in vals_list if isinstance(vals.get("partner_id"), int) and vals["partner_id"]}
        )
        contacts.fetch(PARTNER_FIELDS)
        return {False: self._customer_group_of(contacts.browse()), **{one.id: self._customer_group_of(one) for one in contacts}}

    def write(self, vals):
        if forbidden := KEPT_FIELDS & vals.keys():
            raise UserError(
                self.env._("%s: use the buttons of the booking.", self._fields[min(forbidden)]._description_string(self.env))
            )
        if not SLOT_FIELDS & vals.keys():
            return super().write(vals)
        self._require_movable()
        result = super().write(vals)
        taken = self.filtered(lambda booking: booking.state in BLOCKING)
        if taken:
            taken._require_bookable()
            taken._occupy(renew=True)
            taken._notify("moved")
        return result

    def _write_kept(self, vals):
        """Write what no form and no call from outside may; it touches neither state nor slot."""
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        if any(booking.state not in ("draft", "cancelled") for booking in self):
            raise UserError(self.env._("Only drafts and cancelled bookings can be deleted. Cancel the booking first."))

    def _check_company(self, fnames=None):
        """One booking of each kind is enough: it is about the companies of what bookings link to."""
        links = [name for name, field in self._fields.items() if field.relational and (field.check_company or name == "company_id")]
        return super(SozialRoomBooking, self._one_of_each(*links))._check_company(fnames)

    def _require_movable(self):
        if finished := self.filtered(lambda booking: booking.state in ("done", "no_show", "cancelled")):
            raise UserError(self.env._("%s is over or cancelled and stays as it is.", finished[0].display_name))

    def _set_state(self, state, **values):
        """The only way to another state; occupancy follows."""
        was_blocking = self.filtered(lambda booking: booking.state in BLOCKING)
        super().write({"state": state, **values})
        if state in BLOCKING:
            (self - was_blocking)._occupy(renew=True)
        else:
            was_blocking._release()

    def _hold(self):
        """Give requests the day until which they hold their slot."""
        today = fields.Date.context_today(self)
        for booking in self.filtered(lambda booking: booking.state == "requested" and not booking.hold_until):
            last = booking.centre_id._local(booking.start).date()
            until = min(today + timedelta(days=booking.centre_id.hold_days), max(last, today))
            super(SozialRoomBooking, booking).write({"hold_until": until})

    def _coming_of(self, rooms):
        """Blocking bookings of these rooms that are not over yet."""
        return self.search([("room_id", "in", rooms.ids), ("state", "in", BLOCKING), ("stop", ">", fields.Datetime.now())])

    def _occupy(self, renew=False):
        """Take the atoms of the rooms, buffers included, in one statement for all bookings.

        :param renew: the bookings may have rows already, which are replaced
        :raise IntegrityError: if somebody has one of them
        """
        if not self:
            return
        self.flush_recordset()
        if renew:
            self.env.cr.execute(SQL("DELETE FROM sozial_room_occupancy WHERE booking_id = ANY(%s)", self.ids))
        rows = [
            (one.id, one.room_id.id, one.start, one.stop, one.setup_minutes, one.teardown_minutes, one.exempt) for one in self.sudo()
        ]
        # The values go in with the statement: joined to the table of bookings, the planner now and then reads all of it.
        # FOR SHARE: whoever changes the parts of a room at this moment is waited for, and noticed.
        self.env.cr.execute(
            SQL(
                """
                WITH held AS MATERIALIZED (
                    SELECT id FROM sozial_room WHERE id = ANY(%s) ORDER BY id FOR SHARE
                ), taken AS MATERIALIZED (
                    SELECT booking.id AS booking_id, part.atom_id,
                           booking.start - make_interval(mins => booking.setup) AS start_at,
                           booking.stop + make_interval(mins => booking.teardown) AS stop_at,
                           CASE WHEN booking.exempt THEN %s ELSE %s END AS kind
                      FROM unnest(%s::int[], %s::int[], %s::timestamp[], %s::timestamp[], %s::int[], %s::int[], %s::bool[])
                           AS booking(id, room_id, start, stop, setup, teardown, exempt)
                      JOIN held ON held.id = booking.room_id
                      JOIN sozial_room_atom_rel part ON part.room_id = held.id
                ), locked AS MATERIALIZED (%s)
                INSERT INTO sozial_room_occupancy (atom_id, booking_id, start_at, stop_at, kind, blocking)
                SELECT taken.atom_id, taken.booking_id, taken.start_at, taken.stop_at, taken.kind, TRUE
                  FROM taken, locked WHERE locked.atoms > 0
                 ORDER BY taken.atom_id, taken.start_at
                RETURNING booking_id
                """,
                sorted({row[1] for row in rows}),
                KIND_EXEMPT,
                KIND_BOOKING,
                *(list(column) for column in zip(*rows, strict=True)),
                self.env["sozial.room.occupancy"]._lock_sql(SQL("taken")),
            ),
            log_exceptions=False,  # the loser of a race is no fault of the server
        )
        if {booking_id for [booking_id] in self.env.cr.fetchall()} != set(self.ids):
            raise ValidationError(self.env._("Room: a room without parts cannot be booked."))
        self.env["sozial.room.occupancy"].invalidate_model()

    def _release(self):
        """Give the atoms free; the rows stay for a later restore."""
        if not self:
            return
        self.env.cr.execute(
            SQL("UPDATE sozial_room_occupancy SET blocking = FALSE WHERE booking_id = ANY(%s) AND blocking", self.ids)
        )
        self.env["sozial.room.occupancy"].invalidate_model()
