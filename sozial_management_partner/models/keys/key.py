from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...sealing import keys

SHORTEST = 14


class SozialCallKey(models.Model):
    """A part of the key of a call: of one of two openers, or the recovery code in the safe.

    Each holder has a key pair. The private half of an opener's is locked with a passphrase that
    nobody else knows, that of the recovery code stands on paper only. At publication the private
    key of the call is split, and each part sealed for its holder; two of the three open the call.
    """

    _name = "sozial.call.key"
    _description = "Part of the key of a call"
    _inherit = ["sozial.guarded", "sozial.call.part"]
    _order = "call_id, kind, id"
    _rec_name = "user_id"
    _check_company_auto = True

    _guarded = frozenset({"kind", "public", "locked", "part", "handed", "made_by_id"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    kind = fields.Selection([("opener", "Opener"), ("recovery", "Recovery code")], required=True, readonly=True, default="opener")
    user_id = fields.Many2one(
        "res.users", "Person", index="btree_not_null", check_company=True, ondelete="restrict", domain="[('share', '=', False)]",
        help="Opens the submissions with a passphrase of their own, together with the other opener.",
    )  # fmt: skip
    made_by_id = fields.Many2one(
        "res.users", "Made by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="Who made the recovery code has seen it. So it must be nobody who opens with a passphrase.",
    )  # fmt: skip
    is_ready = fields.Boolean("Ready", compute="_compute_is_ready", help="The passphrase is set, or the recovery code is made.")
    is_mine = fields.Boolean(compute="_compute_is_mine")
    fingerprint = fields.Char("Check number", compute="_compute_is_ready", help="Of the public half. It changes when the key is made anew.")
    public = fields.Char(readonly=True, copy=False)
    locked = fields.Text(readonly=True, copy=False, groups=fields.NO_ACCESS)
    part = fields.Text(readonly=True, copy=False, groups=fields.NO_ACCESS)
    handed = fields.Text(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _one_a_person = models.UniqueIndex("(call_id, user_id) WHERE user_id IS NOT NULL", "This person is an opener already.")
    _one_recovery = models.UniqueIndex("(call_id) WHERE kind = 'recovery'", "There is a recovery code already.")
    _whole = models.Constraint("CHECK ((kind = 'opener') = (user_id IS NOT NULL))", "Person: choose who opens the submissions.")

    @api.depends("public")
    def _compute_is_ready(self):
        for key in self:
            key.is_ready = bool(key.public)
            key.fingerprint = keys.fingerprint(keys.data(key.public)) if key.public else False

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for key in self:
            key.is_mine = key.user_id == self.env.user

    @api.constrains("call_id", "kind")
    def _check_two(self):
        for call in self.call_id:
            if len(call.sudo().key_ids.filtered(lambda key: key.kind == "opener")) > 2:
                raise ValidationError(self.env._("Openers: exactly two people. Remove one first."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        return super(SozialCallKey, self._without_guarded_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._refuse_guarded(vals)
        if "user_id" in vals:
            raise UserError(self.env._("Person: remove the row and add another one. The passphrase belongs to the person."))
        return super().write(vals)

    @api.model
    def _new_recovery(self, call):
        """The row of the recovery code."""
        return super(SozialCallKey, self.sudo()).create([{"call_id": call.id, "kind": "recovery"}])

    def action_set_passphrase(self):
        """Ask the opener for a passphrase."""
        self.ensure_one()
        self._require_own()
        return self.env["sozial.call.secret"]._open(self.call_id, "passphrase")

    def _require_own(self):
        self.check_access("write")
        if self.user_id != self.env.user:
            raise UserError(self.env._("%s sets this passphrase, nobody else.", self.user_id.name or self.env._("The opener")))
        self.call_id._require_unfrozen()

    def _set_passphrase(self, passphrase):
        """Make this opener's key pair, locked with the passphrase.

        :raise UserError: for another person, or if the passphrase is short
        """
        self._require_own()
        if len((passphrase or "").strip()) < SHORTEST:
            raise UserError(
                self.env._("Passphrase: at least %s characters. Three or four words that do not belong together are good.", SHORTEST)
            )
        private, public = keys.new_pair()
        self.sudo()._write_frozen({"public": keys.text(public), "locked": keys.text(keys.lock(private, passphrase.strip()))})

    def _private(self, secret):
        """The holder's private key.

        :raise keys.WrongKey: if the passphrase or the code is another one
        """
        self.ensure_one()
        own = self.sudo()
        if self.kind == "opener":
            return keys.unlock(keys.data(own.locked), (secret or "").strip())
        private = keys.from_code(secret)
        if not private or keys.public_of(private) != keys.data(own.public):
            raise keys.WrongKey
        return private
