from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .case_transitions import Problem


class SozialCase(models.Model):
    """What the intake has to clear before work on a case begins."""

    _inherit = "sozial.case"

    privacy_notice_on = fields.Date(
        "Data protection explained on",
        copy=False,
        help="When the client was told what is stored, who reads it and which rights there are (Art. 13 GDPR).",
    )
    privacy_notice_how = fields.Selection(
        [
            ("oral", "Explained in a talk"),
            ("paper", "Notice handed over"),
            ("letter", "Notice sent by letter"),
            ("mail", "Notice sent by e-mail"),
        ],
        "How explained",
        copy=False,
    )
    duplicate_answer = fields.Selection(
        [("new", "New to us"), ("known", "Known, but a new concern")],
        "Duplicate check",
        readonly=True,
        copy=False,
        help="What somebody found who compared the client with the cases they may read.",
    )
    duplicate_checked_on = fields.Date("Checked on", readonly=True, copy=False)
    duplicate_checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True, copy=False, anonymise="blank")
    duplicate_client_id = fields.Many2one("res.partner", "Checked for", readonly=True, copy=False, anonymise="blank")

    _notice_has_both = models.Constraint(
        "CHECK ((privacy_notice_on IS NULL) = (privacy_notice_how IS NULL))",
        "Data protection explained: enter the day and how it was done.",
    )

    @api.constrains("privacy_notice_on")
    def _check_privacy_notice_on(self):
        today = fields.Date.context_today(self)
        if any(case.privacy_notice_on and case.privacy_notice_on > today for case in self):
            raise ValidationError(self.env._("Data protection explained on: this day is still to come. Enter when it was done."))

    def write(self, vals):
        self._require_notice_kept(vals)
        return super().write(vals)

    def _require_notice_kept(self, vals):
        """Stop taking back the notice once work on it has begun."""
        emptied = any(name in vals and not vals[name] for name in ("privacy_notice_on", "privacy_notice_how"))
        for case in self:
            if emptied and case.state != "intake" and case._has_persons():
                raise UserError(
                    self.env._("Data protection explained: work on %s rests on it. Correct the day, but do not empty it.", case.name)
                )

    def _has_persons(self):
        """Whether the case is about somebody. Group and community work may be about nobody in particular."""
        return not self.type_id.without_client or bool(self.participant_ids)

    def _problems_before(self, target):
        problems = super()._problems_before(target)
        if target == "assessment" and self._has_persons():
            problems += self._intake_problems()
        return problems

    def _intake_problems(self):
        _ = self.env._
        problems = []
        if not self.client_id and not self.type_id.without_client:
            problems.append(Problem(_("Client: enter for whom the case is."), ((_("Participants"), "action_edit_participants"),)))
        if not (self.privacy_notice_on and self.privacy_notice_how):
            problems.append(
                Problem(
                    _("Data protection: tell the client what is stored and who reads it, and enter when and how."),
                    ((_("Enter it"), "action_edit_notice"),),
                )
            )
        if not self.duplicate_answer or self.duplicate_client_id != self.client_id:
            text = _("Duplicate check: look whether the client is known to you already, and answer.")
            if self.duplicate_answer:
                text = _("Duplicate check: the client is another one than when you looked. Look again, and answer.")
            problems.append(Problem(text, ((_("Look"), "action_check_duplicates"),)))
        return problems

    def _answer_duplicates(self, answer):
        """Write down what came of the duplicate check.

        :param str answer: `new` or `known`
        """
        self.ensure_one()
        self.check_access("write")
        self._require_active()
        if answer not in dict(self._fields["duplicate_answer"].selection):
            raise UserError(self.env._("Duplicate check: choose one of the answers."))
        return self._write_guarded(
            {
                "duplicate_answer": answer,
                "duplicate_checked_on": fields.Date.context_today(self),
                "duplicate_checked_by_id": self.env.uid,
                "duplicate_client_id": self.client_id.id,
            }
        )

    def action_edit_notice(self):
        """Dialog: when and how the client was told about data protection."""
        return self._action_part("view_sozial_case_notice_form", self.env._("Data protection explained"))

    def action_edit_participants(self):
        """Dialog: who takes part."""
        return self._action_part("view_sozial_case_participants_form", self.env._("Participants"))

    def action_check_duplicates(self):
        """Dialog: cases and contacts that may be of the same person."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_duplicate_check")
        return {**action, "context": {"default_case_id": self.id}}

    def action_add_household(self):
        """Enter everybody who lives in the dwelling today as member of the household, in one step.

        :raise UserError: without a tenancy, or if all are entered already
        """
        self.ensure_one()
        self.check_access("write")
        if not self.tenancy_id:
            raise UserError(self.env._("Tenancy: enter it on the case first. Its household is taken from there."))
        today = fields.Date.context_today(self)
        living = self.tenancy_id.occupant_ids.filtered(
            lambda one: (not one.date_start or one.date_start <= today) and (not one.date_end or one.date_end >= today)
        )
        missing = living.partner_id - self.participant_ids.partner_id
        if not missing:
            raise UserError(self.env._("Everybody of this tenancy takes part already."))
        first = not self.client_id and self.tenancy_id.partner_id
        self.write(
            {
                "participant_ids": [
                    fields.Command.create({"partner_id": partner.id, "role": "client" if partner == first else "household"})
                    for partner in missing
                ]
            }
        )
        return True

    def action_other_cases(self):
        """Show other cases of the same client, as far as the current user may read them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case")
        partners = self.participant_ids.filtered(lambda one: one.role == "client").partner_id
        return {
            **action,
            "name": self.env._("Other cases of the client"),
            "path": False,
            "domain": [("participant_ids.partner_id", "in", partners.ids), ("id", "!=", self.id)],
            "context": {},
        }
