from odoo import api, models


class SozialMyDay(models.AbstractModel):
    """What colleagues ask of one: cases to take over, second opinions."""

    _inherit = "sozial.my.day"

    @api.model
    def get_my_day(self):
        """With the numbers of requests that wait for one's answer."""
        waiting = [("to_user_id", "=", self.env.uid), ("state", "=", "asked")]
        return {
            **super().get_my_day(),
            "transfers": self.env["sozial.case.transfer"].search_count(waiting),
            "opinions": self.env["sozial.opinion.question"].search_count([("colleague_id", "=", self.env.uid)]),
            "standins": self.env["sozial.standin"].search_count([("standin_id", "=", self.env.uid), ("state", "=", "running")]),
        }
