from odoo import fields, models


class SozialRentDue(models.Model):
    """One due date of the rent and what of it is still open: by these a termination is judged.

    Tenancies only know how much is owed in all. Which months are open decides by §§ 543, 569 BGB, so
    they are proposed from the newest month back and corrected by the account of the rent.
    """

    _name = "sozial.rent.due"
    _description = "Due date of the rent"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _order = "day desc, id desc"

    day = fields.Date("Due on", required=True, help="By § 556b BGB the third working day of the month.")
    rent = fields.Monetary("Rent due", required=True, help="Gross rent of this month.")
    open = fields.Monetary("Still open", required=True)

    _once_a_day = models.Constraint("UNIQUE (case_id, day)", "This due date is there already.")
    _not_negative = models.Constraint("CHECK (rent >= 0 AND open >= 0)", "Rent due, still open: zero or more.")
    _open_within_rent = models.Constraint("CHECK (open <= rent)", "Still open: no more than the rent that was due on this day.")
