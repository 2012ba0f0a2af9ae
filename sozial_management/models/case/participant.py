from odoo import fields, models


class SozialCaseParticipant(models.Model):
    """A person who takes part in a case, and as what."""

    _name = "sozial.case.participant"
    _description = "Participant of a case"
    _inherit = "sozial.ongoing"
    _anonymise = "delete"
    _order = "role, id"

    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="restrict", check_company=True
    )
    role = fields.Selection(
        [
            ("client", "Client"),
            ("household", "Member of the household"),
            ("conflict_party", "Party of the conflict"),
            ("guardian", "Legal guardian"),
            ("interpreter", "Interpreter"),
            ("helper", "Helper"),
        ],
        required=True,
        default="client",
        help="Client: for whom the case is. Helper: who stands by the client, for example a neighbour or a daughter.",
    )
    date_start = fields.Date("Since", default=fields.Date.context_today)
    date_end = fields.Date("Until")

    _once_per_role = models.Constraint(
        "UNIQUE (case_id, partner_id, role)", "This person takes part in this role already."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "Until lies before since. Correct one of the two dates.",
    )
