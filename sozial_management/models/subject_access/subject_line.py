from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialSubjectLine(models.Model):
    """A paragraph in the review: does it go to the person, or is it blacked out?"""

    _name = "sozial.subject.line"
    _description = "Paragraph in review"
    _inherit = "sozial.subject.confidential"
    _order = "said_on desc, position, id"

    part_id = fields.Many2one("sozial.subject.part", "Copy", required=True, readonly=True, index=True, ondelete="cascade")
    passage_id = fields.Many2one("sozial.passage", "Place of the paragraph", required=True, readonly=True, index=True, ondelete="cascade")
    said_on = fields.Datetime(related="passage_id.said_on", store=True, related_sudo=False)
    position = fields.Integer(related="passage_id.position", store=True, related_sudo=False)
    source = fields.Char(related="passage_id.source", related_sudo=False)
    text = fields.Text(related="passage_id.text", related_sudo=False)
    hint = fields.Char(related="passage_id.hint", related_sudo=False)
    partner_ids = fields.Many2many(related="passage_id.partner_ids", readonly=False, related_sudo=False)
    case_partner_ids = fields.Many2many(related="passage_id.case_partner_ids", related_sudo=False)
    decision = fields.Selection(
        [("release", "Released"), ("redact", "Blacked out")],
        "Decided",
        readonly=True,
        help="Empty: follows from whom the paragraph is about. It goes to the person if it is about nobody else.",
    )
    is_released = fields.Boolean("Goes to the person", compute="_compute_is_released")
    part_state = fields.Selection(related="part_id.state", related_sudo=False)

    _once = models.Constraint("UNIQUE (part_id, passage_id)", "This paragraph is in the review already.")

    @api.depends("decision", "partner_ids", "part_id.partner_id")
    def _compute_is_released(self):
        """Decided by hand, or about this person alone. Whatever is unsure is not released."""
        for line in self:
            if line.decision:
                line.is_released = line.decision == "release"
            else:
                line.is_released = bool(line.partner_ids) and line.partner_ids == line.part_id.partner_id

    def write(self, vals):
        if vals.keys() - {"decision", "partner_ids"} and not self.env.su:
            raise UserError(self.env._("Only whom a paragraph is about, and whether it goes to the person, can be changed."))
        self._require_review()
        return super().write(vals)

    def _require_review(self):
        if any(line.part_id.state != "review" for line in self):
            raise UserError(self.env._("This copy is released and stays as it is. Take it back into review first."))

    def action_about_person(self):
        """This paragraph is about the person and nobody else."""
        for line in self:
            line.write({"partner_ids": [(6, 0, line.part_id.partner_id.ids)], "decision": False})
        return True

    def action_release(self):
        """It goes to the person, whoever else it names."""
        return self.write({"decision": "release"})

    def action_redact(self):
        """It is blacked out, whoever it is about."""
        return self.write({"decision": "redact"})

    def _freeze(self):
        """Write down what holds now: tags that change later change nothing of it."""
        for decision, lines in self.grouped(lambda line: "release" if line.is_released else "redact").items():
            lines.write({"decision": decision})
