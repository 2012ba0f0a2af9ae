from odoo import models

PROCUREMENT = "sozial_management_partner.group_sozial_procurement"


class SozialCall(models.Model):
    """What comes next after the opening, for who runs calls and who scores: read with their own rights."""

    _inherit = "sozial.call"

    def _todo_lines(self):
        lines = super()._todo_lines()
        if self.state == "opened" and self.my_member_id:
            lines += self._own_step(self.my_member_id)
        if self.state in ("opened", "reviewed") and self.env.user.has_group(PROCUREMENT):
            lines += self._review_steps() if self.state == "opened" else self._award_steps()
        return lines

    def _own_step(self, member):
        """What a person on the panel does next."""
        _ = self.env._
        if member.left_at or member.interest == "conflict" or member.finished_at:
            return []
        if member.interest == "open":
            return [_("You are on the panel: declare first, under “My reviews”, whether you have a conflict of interest.")]
        return [_("You are on the panel: score every submission under “My reviews”, then hand in all scores.")]

    def _review_steps(self):
        """What the review waits for, and from whom."""
        _ = self.env._
        if not self._submitted():
            return [_("Nobody applied. Choose “Finish the review”, then end every lot without award, with the reason.")]
        lines = []
        open_rows = self.eligibility_ids.filtered(lambda row: not row.result)
        asked = self.criterion_ids.filtered(lambda one: one.kind == "eligibility")
        if open_rows or (asked and not self.eligibility_ids):
            lines.append(_("Eligibility: not decided for every submission yet."))
        there = self.member_ids.filtered(lambda one: not one.left_at and one.interest != "conflict")
        if len(there) < 2:
            lines.append(_("Panel: at least two people without a conflict of interest are needed."))
        undeclared = there.filtered(lambda one: one.interest == "open")
        scoring = there.filtered(lambda one: one.interest == "none" and not one.finished_at)
        if undeclared:
            lines.append(_("Has to declare first, under “My reviews”: %s", ", ".join(undeclared.user_id.mapped("name"))))
        if scoring:
            lines.append(_("Has not handed in the scores yet: %s", ", ".join(scoring.user_id.mapped("name"))))
        return lines or [_("All scores are there. Agree on points with the panel if need be, then finish the review.")]

    def _award_steps(self):
        """The next step of every lot that is not decided."""
        return [f"{award.lot_id.name}: {award._next_step()}" for award in self.award_ids if award.state not in ("awarded", "ended")]


class SozialAward(models.Model):
    _inherit = "sozial.award"

    def _next_step(self):
        """A sentence that says who does what next."""
        self.ensure_one()
        _ = self.env._
        if self.state == "ranked" and not self.winner_name:
            return _("nobody is left to choose. End the lot without award, with the reason.")
        if self.state == "ranked":
            return _("%s is first. A second person, not the officer, approves.", self.winner_name)
        if self.state == "approved":
            return _("read the letters to those not chosen, and send them.")
        return _("the letters are sent. Award from %s.", self.award_from_text)
