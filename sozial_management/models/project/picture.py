from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

SHOWN = [("nobody", "Nobody can be recognised"), ("adults", "Adults can be recognised"), ("minors", "Minors can be recognised")]
# a tick holds for this very picture with these people
TICKED_FOR = {"image", "shown"}


class SozialProjectPicture(models.Model):
    """A picture of a project. It is shown to others only if all who can be recognised agreed (§ 22 KunstUrhG, Art. 7 DSGVO)."""

    _name = "sozial.project.picture"
    _description = "Picture of a project"
    _inherit = ["sozial.guarded", "sozial.project.part"]
    _order = "sequence, id"
    _guarded = frozenset({"consent_by_id", "consent_on", "withdrawn_on"})

    sequence = fields.Integer(default=10)
    name = fields.Char("Caption", required=True, help="What is to be seen. No names of tenants.")
    image = fields.Image("Picture", max_width=1600, max_height=1600, copy=False)
    shown = fields.Selection(SHOWN, "Who is shown", required=True, default="adults")
    consent = fields.Boolean(
        "All agreed", copy=False,
        help="Everybody who can be recognised agreed in writing that this picture is published; for minors the parents, "
        "from 14 years on the young people as well. The tick falls away when the picture is replaced.",
    )  # fmt: skip
    consent_note = fields.Char("Where the consents are", copy=False, help="For example: binder “School garden”, 14 forms. No names.")
    consent_by_id = fields.Many2one("res.users", "Ticked by", readonly=True, copy=False, ondelete="restrict", index="btree_not_null")
    consent_on = fields.Date("Ticked on", readonly=True, copy=False)
    withdrawn_on = fields.Date("Withdrawn on", readonly=True, copy=False)
    in_report = fields.Boolean("In the report", default=True)
    may_be_shown = fields.Boolean("May be published", compute="_compute_may_be_shown")

    @api.depends("image", "shown", "consent")
    def _compute_may_be_shown(self):
        for picture in self.with_context(bin_size=True):
            picture.may_be_shown = bool(picture.image) and (picture.shown == "nobody" or picture.consent)

    @api.constrains("consent", "consent_note", "shown")
    def _check_consent_note(self):
        for picture in self:
            if picture.consent and picture.shown != "nobody" and not (picture.consent_note or "").strip():
                raise ValidationError(
                    self.env._("Where the consents are: say for “%s” where the signed forms are kept.", picture.name)
                )

    @api.onchange("image", "shown")
    def _onchange_image(self):
        self.consent = False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
            if not vals.get("image"):
                raise UserError(self.env._("Picture: choose the file."))
        return super(SozialProjectPicture, self._without_guarded_defaults()).create([self._with_tick(vals) for vals in vals_list])

    def write(self, vals):
        self._refuse_guarded(vals)
        if TICKED_FOR & vals.keys():
            vals = {"consent": False, **vals}
        return super().write(self._with_tick(vals))

    def _with_tick(self, vals):
        """Who ticked and when stands beside the tick."""
        if "consent" not in vals:
            return vals
        ticked = bool(vals["consent"])
        return {**vals, "consent_by_id": ticked and self.env.uid, "consent_on": ticked and fields.Date.context_today(self)}

    def action_withdraw(self):
        """Somebody took the consent back: the picture is deleted at once, also when the project has ended."""
        return super().write(
            {"image": False, "consent": False, "consent_by_id": False, "consent_on": False,
             "withdrawn_on": fields.Date.context_today(self)}
        )  # fmt: skip

    def _require_changeable(self, vals):
        """A consent can be taken back at any time (Art. 7 Abs. 3 DSGVO)."""
        if "withdrawn_on" not in vals:
            super()._require_changeable(vals)
