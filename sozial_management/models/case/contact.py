from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

LOCK_AFTER = timedelta(hours=48)


class SozialContact(models.Model):
    """A contact note: when, how, with whom, and what was said.

    Open to its author for 48 hours, then fixed: what comes later is an addendum.
    """

    _name = "sozial.contact"
    _description = "Contact note"
    _inherit = "sozial.confidential"
    _anonymise = "keep"
    _order = "date desc, id desc"

    # not as superuser: a form that is not saved yet may name any case
    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    date = fields.Datetime(
        "When", required=True, default=fields.Datetime.now, help="When the contact took place, not when it is written down."
    )
    medium = fields.Selection(
        [
            ("phone", "Phone"),
            ("office", "Talk at the office"),
            ("visit", "Home visit"),
            ("mail", "E-mail or message"),
            ("letter", "Letter"),
            ("other", "Talk elsewhere"),
        ],
        "How",
        required=True,
        default="phone",
    )
    reached = fields.Boolean(default=True, help="Untick if nobody was reached. The attempt counts too.")
    minutes = fields.Integer(help="Length of the contact in minutes.")
    travel_minutes = fields.Integer("Travel", help="Way there and back in minutes.")
    partner_ids = fields.Many2many(
        "res.partner", string="With", anonymise="blank", help="Participants of the case who took part."
    )
    case_partner_ids = fields.Many2many("res.partner", compute="_compute_case_partner_ids")
    text = fields.Text(
        "Note", anonymise="blank", help="Only those who may open the case read it. Fixed 48 hours after writing."
    )
    user_id = fields.Many2one(
        "res.users", "Author", required=True, readonly=True, index=True, default=lambda self: self.env.user, anonymise="keep"
    )
    addendum_to_id = fields.Many2one(
        "sozial.contact", "Addendum to", readonly=True, index="btree_not_null", ondelete="cascade", anonymise="keep"
    )
    addendum_ids = fields.One2many("sozial.contact", "addendum_to_id", "Addenda", readonly=True)
    is_locked = fields.Boolean("Fixed", compute="_compute_is_locked")

    _minutes_plausible = models.Constraint(
        "CHECK (COALESCE(minutes, 0) BETWEEN 0 AND 1440 AND COALESCE(travel_minutes, 0) BETWEEN 0 AND 1440)",
        "Minutes and travel: enter a number between 0 and 1440.",
    )
    _timeline = models.Index("(case_id, date DESC)")

    @api.depends("create_date")
    def _compute_is_locked(self):
        limit = fields.Datetime.now() - LOCK_AFTER
        for note in self:
            note.is_locked = bool(note.create_date) and note.create_date <= limit

    @api.constrains("date")
    def _check_date(self):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        if any(note.date > tomorrow for note in self):
            raise ValidationError(
                self.env._("When: a contact note tells what happened. Plan what is to come as an activity.")
            )

    @api.depends("case_id.participant_ids.partner_id")
    def _compute_case_partner_ids(self):
        for note in self:
            note.case_partner_ids = note.case_id.participant_ids.partner_id

    @api.constrains("partner_ids", "case_id")
    def _check_partners(self):
        for note in self:
            if note.partner_ids - note.case_partner_ids:
                raise ValidationError(self.env._("With: choose participants of this case."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # a default in the context could put the note into a case that nobody has looked at
            if not vals.get("case_id"):
                raise UserError(self.env._("Case: choose the case that the note is about."))
            if vals.get("addendum_to_id"):
                raise UserError(self.env._("Addendum to: write an addendum with the button of the note."))
            vals["user_id"] = self.env.uid
        self = self.with_context(default_addendum_to_id=False)
        notes = super().create(vals_list)
        for note in notes:
            note._require_open_case()
        self.env["sozial.contact.draft"]._mine(notes.case_id).unlink()
        return notes

    def write(self, vals):
        self._require_unlocked()
        if "user_id" in vals or "addendum_to_id" in vals:
            raise UserError(self.env._("Author: a contact note keeps its author."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unlocked(self):
        self._require_unlocked()
        if (self.addendum_ids - self).filtered(lambda note: note.user_id != self.env.user):
            raise UserError(self.env._("A colleague has added to this note. It cannot be deleted any more."))

    def _require_unlocked(self):
        for note in self:
            if note.is_locked:
                raise UserError(
                    self.env._("This note is fixed, for it is older than 48 hours. Write an addendum instead.")
                )
            if note.user_id != self.env.user:
                raise UserError(
                    self.env._("Only %(author)s may change this note. Write an addendum instead.", author=note.user_id.name)
                )

    def _require_open_case(self):
        if not self.case_id.is_active:
            raise UserError(
                self.env._("%s is closed. Take the case up again to write a contact note.", self.case_id.name)
            )

    def action_add_addendum(self):
        """Open an empty addendum to this note."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Addendum"),
            "res_model": "sozial.contact.addendum",
            "view_mode": "form",
            "target": "new",
            "context": {"default_contact_id": self.id},
        }

    def _add_addendum(self, text):
        """Write an addendum to a fixed note; it belongs to the same case."""
        self.ensure_one()
        note = self.create(
            {"case_id": self.case_id.id, "medium": self.medium, "reached": self.reached, "text": text}
        )
        super(SozialContact, note).write({"addendum_to_id": self.id})
        return note
