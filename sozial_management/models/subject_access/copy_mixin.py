from odoo import models


class SozialSubjectConfidential(models.AbstractModel):
    """What belongs to the copy of a case for a person.

    In the log its reading is the reading of the case. Data protection reads the log and handles the
    requests: "somebody worked on a copy of SM-2026-00012 today" would tell, while a single request
    is open, whose case that is.
    """

    _name = "sozial.subject.confidential"
    _description = "Part of a copy for a person"
    _inherit = "sozial.confidential"
    _anonymise = "delete"

    def _logged_as(self):
        return "sozial.case"
