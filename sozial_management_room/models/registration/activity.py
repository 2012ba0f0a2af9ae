from odoo import api, fields, models


class SozialActivity(models.Model):
    """Who is registered, and the public page."""

    _inherit = "sozial.activity"

    registration_ids = fields.One2many("sozial.activity.registration", "activity_id", "Registrations")
    registration_count = fields.Integer("Number of registrations", compute="_compute_registration_count")
    public_url = fields.Char("Public page", compute="_compute_public_url")

    def _compute_registration_count(self):
        counts = self.env["sozial.activity.registration"]._read_group(
            [("activity_id", "in", self.ids), ("state", "in", ("unconfirmed", "offered", "confirmed"))], ["activity_id"], ["__count"]
        )
        found = {activity.id: count for activity, count in counts}
        for activity in self:
            activity.registration_count = found.get(activity.id, 0)

    @api.depends("published", "state", "name")
    def _compute_public_url(self):
        for activity in self:
            activity.public_url = f"{activity.get_base_url()}{activity._public_path()}" if activity._is_public() else False

    def _is_public(self):
        self.ensure_one()
        return self.published and self.active and self.state in ("running", "paused")

    def _public_path(self):
        self.ensure_one()
        return f"/sozial/aktivitaet/{self.env['ir.http']._slug(self)}" if self.id else ""

    @api.model
    def _public(self, activity_id):
        """A published activity, else nothing; for everybody, so by its own mark."""
        activity = self.sudo().browse(activity_id).exists()
        return activity if activity and activity._is_public() and activity.centre_id.active else self.browse()

    def _takes_registrations(self):
        """Whether the public page takes registrations now."""
        return self.registration != "none" and self.public_registration and self.state == "running"

    def action_view_registrations(self):
        """Open who is registered."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_activity_registration")
        return {**action, "domain": [("activity_id", "=", self.id)], "context": {"default_activity_id": self.id}}
