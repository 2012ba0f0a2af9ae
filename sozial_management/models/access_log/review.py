from odoo import api, fields, models


class SozialAccessReview(models.Model):
    """What data protection has to look at: a change by which somebody could get at cases.

    Beside the log, which never changes, stands here whether somebody looked and what came of it.
    """

    _name = "sozial.access.review"
    _description = "Change of rights to review"
    _inherit = ["sozial.reviewed", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "log_id"

    log_id = fields.Many2one("sozial.access.log", "Entry", required=True, readonly=True, ondelete="cascade", index=True)
    at = fields.Datetime(related="log_id.at", string="When")
    user_id = fields.Many2one(related="log_id.user_id", string="Who", store=True, index=True)
    target_user_id = fields.Many2one(related="log_id.target_user_id", string="Whom")
    change = fields.Selection(related="log_id.change", store=True)
    what = fields.Char(related="log_id.what", string="What happened")
    company_id = fields.Many2one(related="log_id.company_id", string="Company", store=True, index=True)
    _open_reviews = models.Index("(company_id, id) WHERE reviewed_at IS NULL")

    @api.depends("log_id.change")
    def _compute_display_name(self):
        for review in self:
            review.display_name = dict(self._fields["change"]._description_selection(self.env)).get(review.change)

    def _review(self, verdict):
        result = super()._review(verdict)
        self.sudo().activity_ids.unlink()
        return result

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Asked for by every new task; a review has no chatter to follow."""
        return True

    @api.model
    def _put_on_list(self, rows):
        """One review an entry, and a task for data protection if it has none yet."""
        for review in self.create([{"log_id": row.id} for row in rows]):
            review._give_task()

    def _give_task(self):
        """Whoever already has a task on this list is not given another: one leads to the list."""
        group = self.env.ref("sozial_management.group_sozial_privacy").sudo()
        officers = group.all_user_ids.filtered(lambda user: user.active and (not self.company_id or self.company_id in user.company_ids))
        busy = self.env["mail.activity"].sudo().search(
            [("res_model", "=", self._name), ("user_id", "in", officers.ids)], limit=1000
        ).user_id  # fmt: skip
        for officer in officers - busy:
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", user_id=officer.id, summary=self.env._("Review changes of rights")
            )
