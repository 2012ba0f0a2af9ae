from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_datetime

REASONS = [
    ("pandemic", "Ordered by authorities"),
    ("damage", "Damage"),
    ("works", "Works"),
    ("event", "Own event"),
    ("holidays", "Company holidays"),
    ("staff", "No staff"),
    ("other", "Other"),
]
STATES = [("draft", "Planned"), ("active", "In force"), ("ended", "Ended"), ("withdrawn", "Withdrawn")]
# while a closure is in force, these change by its buttons only: bookings hang on them
FIXED_FIELDS = {"centre_id", "room_ids", "atom_ids", "start", "stop", "effect"}


class SozialRoomClosure(models.Model):
    """A time in which a centre, rooms or parts of them cannot be used.

    Activating it suspends (or cancels) what it hits, in one transaction; ending it restores what
    still fits and lists what does not. Closures may overlap each other: a booking comes back when
    the last of them has ended. Bookings that are spared (`exempt`) take place all the same.
    """

    _name = "sozial.room.closure"
    _inherit = ["sozial.room.named"]
    _description = "Closure"
    _order = "start desc, id desc"
    _check_company_auto = True

    name = fields.Char("Title", required=True, help="Read by those who booked, for example: Water damage on the ground floor.")
    reason = fields.Selection(REASONS, required=True, default="other")
    centre_id = fields.Many2one("sozial.centre", "Centre", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="centre_id.company_id", store=True, precompute=True, index=True)
    room_ids = fields.Many2many(
        "sozial.room",
        "sozial_room_closure_room_rel",
        string="Rooms",
        check_company=True,
        domain="[('centre_id', '=', centre_id)]",
        help="Empty, and no parts either: the whole centre.",
    )
    atom_ids = fields.Many2many(
        "sozial.room.atom",
        "sozial_room_closure_atom_rel",
        string="Parts",
        check_company=True,
        domain="[('centre_id', '=', centre_id)]",
        help="For example one half of a hall. Every room that needs this part is closed.",
    )
    start = fields.Datetime("From", required=True, default=fields.Datetime.now)
    stop = fields.Datetime("Until", help="Empty: until further notice.")
    effect = fields.Selection(
        [("suspend", "Suspend: they come back if they still fit"), ("cancel", "Cancel for good")],
        "Bookings that are hit",
        required=True,
        default="suspend",
    )
    message = fields.Text("To those who booked", help="A sentence or two that the mails and letters say beside the dates.")
    state = fields.Selection(STATES, "Status", required=True, default="draft", readonly=True, copy=False, index=True)
    ended_at = fields.Datetime("Ended on", readonly=True, copy=False)
    hit_ids = fields.One2many("sozial.room.closure.hit", "closure_id", "List of bookings hit", copy=False, readonly=True)
    scope = fields.Char("Closed", compute="_compute_scope")
    preview = fields.Char("Would hit", compute="_compute_preview")
    hit_count = fields.Integer("Bookings hit", compute="_compute_hit_counts")
    hit_words = fields.Char(
        "Hit", compute="_compute_hit_words", help="Bookings hit; while the closure is planned, those that it would hit now."
    )
    open_count = fields.Integer("Not restored", compute="_compute_hit_counts")
    letter_count = fields.Integer("Letters to print", compute="_compute_hit_counts")

    _in_order = models.Constraint("CHECK (start < stop)", "Until: a closure ends after it begins.")
    _in_force = models.Index("(centre_id, start) WHERE state = 'active'")

    @api.depends("centre_id", "room_ids", "atom_ids")
    def _compute_scope(self):
        for closure in self:
            names = [*closure.room_ids.mapped("name"), *closure.atom_ids.mapped("name")]
            closure.scope = ", ".join(names) or self.env._("the whole centre")

    @api.depends("centre_id", "room_ids", "atom_ids", "start", "stop", "state")
    def _compute_preview(self):
        for closure in self:
            closure.preview = False
            if closure.state == "draft" and closure.centre_id and closure.start:
                count = len(closure._bookings_hit())
                closure.preview = self.env._("%s bookings", count) if count else self.env._("no booking")

    @api.depends("hit_ids.result", "hit_ids.informed_by")
    def _compute_hit_counts(self):
        groups = self.env["sozial.room.closure.hit"]._read_group(
            [("closure_id", "in", self.ids)], ["closure_id", "result", "informed_by"], ["__count"]
        )
        for closure in self:
            own = [(result, informed, count) for one, result, informed, count in groups if one == closure]
            closure.hit_count = sum(count for _result, _informed, count in own)
            closure.open_count = sum(count for result, _informed, count in own if result == "open")
            closure.letter_count = sum(count for _result, informed, count in own if informed == "letter")

    @api.depends("hit_ids.result", "centre_id", "room_ids", "atom_ids", "start", "stop", "state")
    def _compute_hit_words(self):
        expected = self.filtered(lambda closure: closure.state == "draft")._count_expected()
        for closure in self:
            if closure.state == "draft":
                closure.hit_words = self.env._("expected: %s", expected.get(closure.id, 0))
            else:
                closure.hit_words = str(closure.hit_count)

    @api.constrains("room_ids", "atom_ids", "centre_id")
    def _check_parts(self):
        for closure in self:
            strange = (closure.room_ids.centre_id | closure.atom_ids.centre_id) - closure.centre_id
            if strange:
                raise ValidationError(self.env._("Rooms, parts: %s is another centre. Enter a closure of its own.", strange[0].name))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("state", None)
        return super().create(vals_list)

    def write(self, vals):
        if "state" in vals or "ended_at" in vals:
            raise UserError(self.env._("Status: use the buttons of the closure."))
        if FIXED_FIELDS & vals.keys() and any(closure.state != "draft" for closure in self):
            raise UserError(self.env._("This closure has been put in force. Use »Change the end« or »End now«, or enter another closure."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        if any(closure.state not in ("draft", "withdrawn") for closure in self):
            raise UserError(self.env._("Only planned closures can be deleted. End this one instead."))

    def _core_write(self, vals):
        """Past the guard: only for methods that let the bookings follow."""
        return models.Model.write(self, vals)

    def _atoms(self):
        """The parts that are closed."""
        self.ensure_one()
        chosen = self.room_ids.atom_ids | self.atom_ids
        return chosen or self.env["sozial.room.atom"].search([("centre_id", "=", self.centre_id.id)])

    def _period_words(self):
        """»from … to …«, or »until further notice«, in the local time of the centre."""
        self.ensure_one()
        begins = format_datetime(self.env, self.start, tz=self.centre_id.tz, dt_format="short")
        if not self.stop:
            return self.env._("from %s until further notice", begins)
        ends = format_datetime(self.env, self.stop, tz=self.centre_id.tz, dt_format="short")
        return self.env._("from %(start)s to %(stop)s", start=begins, stop=ends)

    def action_view_hits(self):
        """Open the bookings that the closure hit."""
        self.ensure_one()
        return self._hit_action([("closure_id", "=", self.id)], self.env._("Bookings hit"))

    def _hit_action(self, domain, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "sozial.room.closure.hit",
            "view_mode": "list,form",
            "domain": domain,
            "context": {"create": False},
        }
