from odoo import fields, models


class SozialAgreementDutyVersion(models.Model):
    """What was handed in, word for word, and what became of it. Rows are written by the steps alone."""

    _name = "sozial.agreement.duty.version"
    _description = "Handed in by the partner"
    _order = "model, res_id, version desc"
    _rec_name = "version"

    model = fields.Char(required=True)
    res_id = fields.Many2oneReference(required=True, model_field="model")
    company_id = fields.Many2one("res.company", required=True, index=True)
    version = fields.Integer(required=True, aggregator=None)
    content = fields.Text(required=True)
    submitted_at = fields.Datetime("Handed in on", required=True)
    submitted_name = fields.Char("Confirmed by", required=True)
    returned_at = fields.Datetime("Returned on")
    return_reason = fields.Text("Why it was returned")

    _once = models.UniqueIndex("(model, res_id, version)", "This version is kept already.")
