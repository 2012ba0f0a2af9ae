from odoo import fields, models
from odoo.tools import is_html_empty

from ...notice import HEADINGS


class SozialCallSection(models.Model):
    """One of the 18 sections of the notice."""

    _name = "sozial.call.section"
    _description = "Section of the notice"
    _inherit = ["sozial.call.part"]
    _order = "call_id, number, id"
    _check_company_auto = True

    _portal_fields = frozenset({"id", "display_name", "name", "number", "text", "call_id", "company_id"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    number = fields.Integer("No.", required=True)
    name = fields.Char("Heading", required=True)
    text = fields.Html(sanitize=True, sanitize_attributes=True)

    _number_unique = models.Constraint("UNIQUE (call_id, number)", "Each section stands in the notice once.")
    _number_range = models.Constraint("CHECK (number BETWEEN 1 AND 18)", "The notice has the sections 1 to 18.")


class SozialCall(models.Model):
    """The notice of a call."""

    _inherit = "sozial.call"

    def _add_missing_sections(self):
        """Every call has its 18 sections."""
        values = []
        for call in self:
            present = set(call.section_ids.mapped("number"))
            values += [
                {"call_id": call.id, "number": number, "name": name} for number, name in HEADINGS.items() if number not in present
            ]
        self.env["sozial.call.section"].create(values)

    def _section_problems(self):
        """Empty sections, as sentences."""
        return [
            self.env._("Notice: section %(number)s “%(name)s” is empty.", number=section.number, name=section.name)
            for section in self.section_ids
            if is_html_empty(section.text)
        ]
