from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SozialBenefitApplicationDocument(models.Model):
    """One document of an application: whether it is there, and the file. The list can be changed freely."""

    _name = "sozial.benefit.application.document"
    _description = "Document of an application"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "sequence, id"

    application_id = fields.Many2one("sozial.benefit.application", "Application", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="application_id.case_id", store=True, precompute=True, readonly=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Document", required=True)
    hint = fields.Char("Where to get it")
    if_applicable = fields.Boolean("Only where it applies")
    received_on = fields.Date("There since")
    file = fields.Binary(attachment=True)
    file_name = fields.Char()

    @api.depends("case_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.constrains("received_on")
    def _check_received_on(self):
        if any(one.received_on and one.received_on > fields.Date.context_today(one) for one in self):
            raise ValidationError(self.env._("There since: this day is still to come."))

    @api.onchange("file")
    def _onchange_file(self):
        if self.file and not self.received_on:
            self.received_on = fields.Date.context_today(self)

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.case_id._require_not_ended()
        return rows
