from odoo import fields, models


class SozialVolunteerAllowance(models.Model):
    """Money that a volunteer received for the effort (Ehrenamtspauschale, § 3 Nr. 26a EStG)."""

    _name = "sozial.volunteer.allowance"
    _inherit = ["sozial.room.named"]
    _description = "Allowance of a volunteer"
    _order = "day desc, id desc"
    _check_company_auto = True

    volunteer_id = fields.Many2one("sozial.volunteer", "Volunteer", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="volunteer_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date("Paid on", required=True, default=fields.Date.context_today, help="The year of the payment counts for the limit.")
    amount = fields.Monetary(required=True)
    receipt = fields.Char(help="Number of the receipt in accounting.")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Amount: enter what was paid.")

