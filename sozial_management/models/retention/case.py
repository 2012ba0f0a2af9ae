from odoo import fields, models
from odoo.exceptions import UserError


class SozialCase(models.Model):
    """What a case says about its end in the database: when it is due, and what stands against it."""

    _inherit = "sozial.case"

    successor_ids = fields.One2many("sozial.case", "reopened_from_id", "Later cases", readonly=True)
    hold_ids = fields.One2many("sozial.case.hold", "case_id", "Legal holds", readonly=True)
    legal_hold = fields.Boolean(
        compute="_compute_legal_hold",
        store=True,
        copy=False,
        help="Nothing of the case is deleted or anonymised while this is set: a lawsuit, an audit, a complaint.",
    )
    erase_on = fields.Date(
        "Kept until", compute="_compute_erase_on", help="From this day on the case is anonymised or deleted, by the retention rule."
    )

    def _compute_erase_on(self):
        rules = self.env["sozial.retention.rule"].sudo()
        for case in self:
            rule = rules._for_case(case) if case.state in ("closed", "declined") else rules.browse()
            case.erase_on = rule._due_on(case.closed_on) if rule and case.closed_on else False

    def _admit_writing(self):
        """Let something be written into these cases, or refuse.

        In an ended case the row of the case is touched: whoever erases it at the same moment
        and does not see the new row collides with this, and one of the two starts again.

        :raise UserError: if a case is anonymised
        """
        ended = self.sudo().filtered(lambda case: not case.is_active)
        for case in ended:
            if case.state == "anonymised":
                raise UserError(self.env._("%s is anonymised. Nothing is written into it any more.", case.name))
        if ended:
            self.env.cr.execute("UPDATE sozial_case SET write_uid = write_uid WHERE id IN %s", [tuple(ended.ids)])
