from odoo import fields, models


class SozialCaseType(models.Model):
    _inherit = "sozial.case.type"

    template_step_ids = fields.One2many("sozial.case.template.step", "type_id", "Steps", copy=True)
