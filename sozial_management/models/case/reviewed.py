from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SozialReviewed(models.AbstractModel):
    """What stays on a list of data protection for good, with what came of looking at it.

    `user_id` is who did it: nobody reviews what is of their own doing.
    """

    _name = "sozial.reviewed"
    _description = "Reviewed by data protection"

    reviewed_at = fields.Datetime("Reviewed", readonly=True)
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by", readonly=True, ondelete="restrict", anonymise="keep")
    verdict = fields.Selection(
        [("justified", "Justified"), ("unclear", "To be clarified"), ("abuse", "Not justified")], readonly=True
    )

    def write(self, vals):
        """Refused, whoever asks: the buttons alone enter a review."""
        raise UserError(self.env._("A review is entered by its buttons. Otherwise the entry stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What data protection reviews stays on its list."))

    def action_justified(self):
        """Review: it was justified."""
        return self._review("justified")

    def action_unclear(self):
        """Review: somebody has to be asked."""
        return self._review("unclear")

    def action_abuse(self):
        """Review: it was not justified."""
        return self._review("abuse")

    def _review(self, verdict):
        """Enter what came of it.

        :raise AccessError: for others than data protection
        :raise UserError: for one's own doings
        """
        self.check_access("read")
        if not self.env.user.has_group("sozial_management.group_sozial_privacy"):
            raise AccessError(self.env._("This is reviewed by data protection."))
        if any(entry.user_id == self.env.user for entry in self):
            raise UserError(self.env._("Nobody reviews something of one's own doing."))
        return super(SozialReviewed, self.sudo()).write(
            {"verdict": verdict, "reviewed_at": fields.Datetime.now(), "reviewed_by_id": self.env.uid}
        )
