from datetime import timedelta

from odoo import api, fields, models


class SozialCase(models.Model):
    """Cases change hands: for good, with everything that is open, or for some days."""

    _inherit = "sozial.case"

    opinion_ids = fields.One2many("sozial.second.opinion", "case_id", "Second opinions")
    transfer_line_ids = fields.One2many("sozial.case.transfer.line", "case_id", "Transfers", readonly=True)

    @api.model
    def _sentences(self):
        return {**super()._sentences(), "transferred": self.env._("The case has another worker in charge.")}

    def _hand_over_to(self, user, keep_until=False):
        """Change the worker in charge; access, activities, deadlines and steps go along. Runs as superuser.

        :param user: who leads the case from now on; nobody who is locked out
        :param keep_until: day until which the former worker in charge works along
        """
        self.ensure_one()
        leaving = self.worker_id
        (self._valid_grants(user) | self._valid_grants(leaving))._set_revoked()
        self._grant(user, "lead", self.env._("Took the case over from %s", leaving.name))
        if keep_until:
            ends = self.company_id._day_begins(keep_until + timedelta(days=1))
            self._grant(leaving, "co", self.env._("Works along after the transfer"), ends)
        if self.level == "confidential":
            self._grant_heads()
        self._reassign_open_activities(leaving)
        standing = self.deadline_ids.filtered(lambda one: one.state == "open")
        standing.filtered(lambda one: one.standin_id in leaving | user).write({"standin_id": False})
        standing.filtered(lambda one: one.user_id == leaving).write({"user_id": user.id})
        self._post_neutral("transferred")

    def _write_end(self, state):
        """A question that lies on a colleague's desk is taken back when the case ends."""
        result = super()._write_end(state)
        for opinion in self.opinion_ids.filtered(lambda one: one.state == "asked"):
            opinion.action_withdraw()
        return result

    def action_transfer(self):
        """Ask a colleague to take these cases over."""
        self.check_access("read")
        return self._action_team_dialog("sozial.case.transfer.ask", self.env._("Hand over"))

    def action_arrange_standin(self):
        """Let a colleague stand in for these cases for some days."""
        self.check_access("read")
        return self._action_team_dialog("sozial.standin.ask", self.env._("Stand-in"))

    def _action_team_dialog(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_ids": [fields.Command.set(self.ids)]},
        }

    @api.model
    def _passage_fields(self):
        """What somebody wrote for the next one belongs to the copy of the case, too."""
        return {
            **super()._passage_fields(),
            "sozial.case.transfer.line": ("note",),
            "sozial.second.opinion": ("question", "summary", "answer"),
        }
