import secrets

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class SozialOutreach(models.Model):
    """Codes of dwellings: whoever knows them could tell who has answered, so they are for those alone who send the letters."""

    _inherit = "sozial.outreach"

    survey_secret = fields.Char("Secret from which the codes are made", readonly=True, copy=False, groups=fields.NO_ACCESS)
    survey_letters_id = fields.Many2one(
        "ir.attachment", "Letters with codes", related="letters_id", groups="sozial_management.group_sozial_lead",
        help="Print them, then shred what was misprinted: with a code somebody could answer in place of the dwelling.",
    )  # fmt: skip
    # the parts hang on a field, see `_keep`, and are found nevertheless
    letters_part_ids = fields.Many2many(context={"skip_res_field_check": True})

    def action_begin(self):
        result = super().action_begin()
        if self.kind == "survey":
            self._survey_secret()
        return result

    def _survey_secret(self):
        """Drawn for each survey, readable for nobody, and gone when it ends: then no code can be made any more."""
        outreach = self.sudo()
        if not outreach.survey_secret:
            outreach._write_guarded({"survey_secret": secrets.token_hex(32)})
        return outreach.survey_secret

    def _require_codes(self):
        """:raise AccessError: for those who do not send letters
        :raise UserError: when the codes are not valid any more
        """
        for one in self.filtered(lambda outreach: outreach.kind == "survey"):
            if not self.env.su and not self.env.user.has_group("sozial_management.group_sozial_lead"):
                raise AccessError(self.env._("Codes of dwellings stand in these letters: they are for the lead of the team."))
            if one.state != "running":
                raise UserError(self.env._("Letters: the survey does not run, its codes are not valid."))

    def _keep(self, content):
        """Letters of a survey are read by whoever may read the field they hang on, not by everybody who reads the outreach."""
        letters = super()._keep(content)
        if self.kind == "survey":
            letters.res_field = "survey_letters_id"
        return letters
