from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SozialActivitySession(models.Model):
    """A session that is run together with others: a school, a club, the day-care centre."""

    _inherit = "sozial.activity.session"

    partner_ids = fields.Many2many(
        "res.partner", "sozial_activity_session_partner_rel", "session_id", "partner_id", "Together with", check_company=True,
        compute="_compute_partner_ids", store=True, readonly=False, precompute=True, domain="[('is_company', '=', True)]",
        help="Organisations that run this session with us, at first those of the activity. Named on the public programme.",
    )  # fmt: skip

    @api.depends("activity_id")
    def _compute_partner_ids(self):
        """As the activity has them at first; other partners of the activity take over in `_follow_partners`."""
        for session in self:
            session.partner_ids = session.activity_id.partner_ids

    def _follow_partners(self):
        """Run with whom the activity is run now; the right was checked at the activity."""
        for activity, sessions in self.grouped("activity_id").items():
            models.Model.write(sessions, {"partner_ids": [fields.Command.set(activity.partner_ids.ids)]})

    @api.constrains("partner_ids")
    def _check_partner_ids(self):
        for session in self:
            session.activity_id._require_organisations(session.partner_ids)

    def write(self, vals):
        """:raise UserError: for the partners of a session that is settled: they are counted"""
        changing = self._with_other_partners(vals["partner_ids"]) if "partner_ids" in vals else self.browse()
        self.env["sozial.activity.quarter"]._require_open(changing)
        return super().write(vals)

    def _with_other_partners(self, commands):
        """Those of the sessions of which these commands change what figures tell: with others, or on our own."""
        field = self._fields["partner_ids"]
        joint = {session: bool(field.convert_to_cache(commands, session, validate=False)) for session in self}
        return self.filtered(lambda session: joint[session] != bool(session.partner_ids))


class SozialActivity(models.Model):
    """Whoever the activity is run with runs its sessions, too."""

    _inherit = "sozial.activity"

    def write(self, vals):
        following = self._sessions_with_partners() if "partner_ids" in vals else None
        result = super().write(vals)
        if following:
            following._follow_partners()
        return result

    def _sessions_with_partners(self):
        """Coming sessions that are run with those of the activity: what was agreed for one of them stays."""
        self.check_access("write")
        coming = self.env["sozial.activity.session"].sudo().search(
            [("activity_id", "in", self.ids), ("start", ">", fields.Datetime.now())], limit=None
        )
        return coming.filtered(lambda session: session.partner_ids == session.activity_id.partner_ids)

    def _require_organisations(self, partners):
        """:raise ValidationError: for persons: their names are nobody's business"""
        if persons := partners.filtered(lambda partner: not partner.is_company):
            raise ValidationError(self.env._("Together with: %s is no organisation. Choose one.", persons[0].name))
