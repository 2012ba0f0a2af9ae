from odoo import fields, models

from ..case.case_transitions import Problem


class SozialCase(models.Model):
    """Assessments of a case, and what the phases ask of them."""

    _inherit = "sozial.case"

    assessment_ids = fields.One2many("sozial.assessment", "case_id", "Assessments", readonly=True)
    no_closing_assessment = fields.Char(
        "No assessment at the end, because",
        copy=False,
        anonymise="blank",
        help="For example: contact broke off. Otherwise the end is compared with the beginning.",
    )

    def _final_assessments(self, kind=None):
        """Final assessments of these cases, latest first."""
        finals = self.env["sozial.assessment"].sudo().search(
            [("case_id", "in", self.ids), ("state", "=", "final")] + ([("kind", "=", kind)] if kind else [])
        )
        return finals.sudo(self.env.su)

    def _problems_before(self, target):
        problems = super()._problems_before(target)
        _ = self.env._
        if target == "planning" and not self._final_assessments("intake"):
            problems.append(
                Problem(_("Assessment: make the one at the beginning final first."), ((_("Assessment"), "action_assessment"),))
            )
        if target == "closed" and self._misses_closing_assessment():
            problems.append(
                Problem(
                    _("Assessment at the end: make it final, to be compared with the beginning, or say why there is none."),
                    ((_("Assessment"), "action_closing_assessment"), (_("There is none"), "action_edit_no_assessment")),
                )
            )
        return problems

    def _misses_closing_assessment(self):
        """Whether there is a beginning, but no end to compare it with and no reason for that."""
        return (
            not (self.no_closing_assessment or "").strip()
            and bool(self._final_assessments("intake"))
            and not self._final_assessments("closing")
        )

    def action_assessment(self):
        """Go on with one's own draft in this case, or begin one."""
        return self._action_assessment()

    def action_closing_assessment(self):
        """Go on with one's own draft, or begin the assessment at the end."""
        return self._action_assessment("closing")

    def _action_assessment(self, kind=None):
        self.ensure_one()
        self.check_access("write")
        drafts = self.env["sozial.assessment"].search(
            [("case_id", "=", self.id), ("state", "=", "draft"), ("user_id", "=", self.env.uid)]
        )
        draft = drafts.filtered(lambda one: kind in (None, one.kind))[:1]
        if not draft:
            kind = kind or ("interim" if self._final_assessments("intake") else "intake")
            draft = draft.create({"case_id": self.id, "kind": kind})
        return draft.action_show()

    def action_edit_no_assessment(self):
        """Dialog: why there is no assessment at the end."""
        return self._action_part("view_sozial_case_no_assessment_form", self.env._("No assessment at the end"))
