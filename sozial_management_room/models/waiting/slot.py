from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...timetable import Interval

# fields of one slot, and what is written only by the methods of `offer.py`
KEPT_FIELDS = {"booking_id", "answer_until", "token", "offered_at"}
MOST_WISHES = 20


class SozialRoomWaiting(models.Model):
    """Waiting for one slot: which, for what, and who may wait."""

    _inherit = "sozial.room.waiting"

    name = fields.Char("What for", help="For one slot: what the room is needed for. Becomes the title of the booking.")
    start = fields.Datetime("Slot from", index="btree_not_null")
    stop = fields.Datetime("Slot until")
    persons = fields.Integer(help="How many people are expected; 0 if not known.")
    terms_accepted = fields.Boolean("Terms of use accepted", copy=False)
    slot_text = fields.Char("Slot", compute="_compute_slot_text", help="In the local time of the centre.")
    answer_until = fields.Datetime(
        "Answer until", readonly=True, copy=False, help="So long the slot is kept free for whoever got the offer."
    )
    booking_id = fields.Many2one(
        "sozial.room.booking", "Booking", readonly=True, copy=False, index="btree_not_null", ondelete="set null", check_company=True,
        help="Keeps the slot free while the offer stands, and is the booking afterwards.",
    )  # fmt: skip
    hurdle = fields.Text("Please note", compute="_compute_hurdle", help="Why the slot would not be offered, even if it were free.")

    _slot_complete = models.Constraint(
        "CHECK (kind <> 'slot' OR (start IS NOT NULL AND stop IS NOT NULL AND start < stop))",
        "Slot: enter when it begins and ends, the beginning first.",
    )
    _slot_purpose = models.Constraint(
        "CHECK (kind <> 'slot' OR COALESCE(btrim(name), '') <> '')", "What for: say in a few words what the room is needed for."
    )
    _persons_plausible = models.Constraint(
        "CHECK (COALESCE(persons, 0) BETWEEN 0 AND 10000)", "Persons: enter a number from 0 to 10,000."
    )
    _offer_complete = models.Constraint(
        "CHECK (kind <> 'slot' OR state <> 'offered' OR (booking_id IS NOT NULL AND answer_until IS NOT NULL))",
        "An offer holds its slot until a time.",
    )
    _queue = models.Index("(room_id, start) WHERE kind = 'slot' AND state = 'waiting'")
    _open_offers = models.Index("(answer_until) WHERE kind = 'slot' AND state = 'offered'")

    @api.depends("kind", "start", "stop", "room_id")
    def _compute_slot_text(self):
        for wish in self:
            slot = self.env["sozial.room.booking"].new({"room_id": wish.room_id.id, "start": wish.start, "stop": wish.stop})
            wish.slot_text = slot._local_time_text() if wish.kind == "slot" else False

    @api.depends("kind", "state", "room_id", "partner_id", "start", "stop", "persons", "terms_accepted")
    def _compute_hurdle(self):
        for wish in self:
            asked = wish.kind == "slot" and wish.state == "waiting" and wish.room_id and wish.start and wish.stop
            problems = wish._as_booking()._problems() if asked else {}
            wish.hurdle = "\n".join(sentence for sentences in problems.values() for sentence in sentences)

    def _as_booking(self):
        """The booking that the wish would become, in memory only."""
        return self.env["sozial.room.booking"].sudo().new(self._booking_values())

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in KEPT_FIELDS | {"state"}} for vals in vals_list]
        wishes = super().create(vals_list)
        wishes._require_sensible()
        return wishes

    def write(self, vals):
        if kept := KEPT_FIELDS & vals.keys():
            raise UserError(self.env._("%s: this follows from the offer.", self._fields[min(kept)]._description_string(self.env)))
        slots = self.filtered(lambda wish: wish.kind == "slot")
        if slots and "state" in vals:
            raise UserError(self.env._("Status: use the buttons. An offer for one slot is made by itself when the slot is free."))
        if slots and {"room_id", "start", "stop", "partner_id", "kind"} & vals.keys():
            slots._require_state("waiting")
        result = super().write(vals)
        if {"room_id", "start", "stop", "partner_id", "kind"} & vals.keys():
            self._require_sensible()
        return result

    def _write_guarded(self, values):
        """Write past the guards, for what offers and answers."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_without_offer(self):
        if any(wish.kind == "slot" and wish.state == "offered" for wish in self):
            raise UserError(self.env._("This slot is being offered. Withdraw the entry first."))

    def _require_state(self, *states):
        for wish in self:
            if wish.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))[wish.state]
                raise UserError(
                    self.env._("%(wish)s: this cannot be done any more. Status: %(state)s.", wish=wish.display_name, state=label)
                )

    def _require_sensible(self):
        """Nobody waits for what is over, twice for the same, or for half the year.

        :raise UserError: says which
        """
        slots = self.filtered(lambda wish: wish.kind == "slot" and wish.state == "waiting")
        if not slots:
            return
        open_ones = self.sudo().search(
            [("kind", "=", "slot"), ("state", "in", ("waiting", "offered")), ("partner_id", "in", slots.partner_id.ids),
             ("stop", ">", fields.Datetime.now())],
            limit=None,
        )  # fmt: skip
        for wish in slots:
            if wish.start <= fields.Datetime.now():
                raise UserError(self.env._("Slot from: this time is over. Nobody can wait for it."))
            mine = open_ones.filtered(lambda other, wish=wish: other.partner_id == wish.partner_id and other != wish)
            slot, name = Interval(wish.start, wish.stop), wish.partner_id.name
            if any(other.room_id == wish.room_id and slot.overlaps(Interval(other.start, other.stop)) for other in mine):
                raise UserError(self.env._("%s waits for this room at that time already.", name))
            if len(mine) >= MOST_WISHES:
                raise UserError(
                    self.env._("%(name)s waits for %(number)s slots already. Withdraw some first.", name=name, number=MOST_WISHES)
                )

    def action_withdraw(self):
        """Take somebody off the waiting list; an open offer ends, and the next one moves up."""
        self.check_access("write")
        self._withdraw("withdrawn")
        return True

    @api.model
    def _domain_in_the_way(self, bookings):
        """Who may move up when these bookings give their rooms free: same parts, overlapping time."""
        freed = bookings.sudo()
        return (
            Domain("kind", "=", "slot")
            & Domain("state", "=", "waiting")
            & Domain("start", ">", fields.Datetime.now())
            & Domain("room_id.atom_ids", "in", freed.room_id.atom_ids.ids)
            & Domain("start", "<", self._widened(max(freed.mapped("stop")), 1))
            & Domain("stop", ">", self._widened(min(freed.mapped("start")), -1))
        )

    @api.model
    def _widened(self, moment, days):
        """Buffers of either side are at most a day each."""
        return fields.Datetime.add(moment, days=2 * days)
