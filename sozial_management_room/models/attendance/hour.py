from odoo import fields, models


class SozialVolunteerHour(models.Model):
    """Hours that follow from the attendance of a session."""

    _inherit = "sozial.volunteer.hour"

    session_id = fields.Many2one(
        "sozial.activity.session", "Session", readonly=True, index="btree_not_null", ondelete="cascade", check_company=True,
        help="From its attendance list. Empty: entered by hand.",
    )  # fmt: skip

    _once_a_session = models.UniqueIndex(
        "(session_id, volunteer_id) WHERE session_id IS NOT NULL", "The hours of this session are entered already."
    )
