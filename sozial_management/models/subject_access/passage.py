from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...redaction import about_others, digest, paragraphs


class SozialPassage(models.Model):
    """A paragraph of a text of a case, and whom it is about.

    The paragraph stays where it was written; here stand its place and a check sum. A tag of
    a paragraph that was changed holds no longer: nobody is named then, and it stays redacted.
    """

    _name = "sozial.passage"
    _description = "Paragraph of a text"
    _inherit = "sozial.subject.confidential"
    _order = "said_on desc, res_model, res_id desc, field_name, position"

    res_model = fields.Char("Kind of record", required=True, readonly=True)
    res_id = fields.Integer("Record", required=True, readonly=True, aggregator=None)
    field_name = fields.Char("Field", required=True, readonly=True)
    position = fields.Integer(required=True, readonly=True)
    digest = fields.Char("Check sum", required=True, readonly=True)
    said_on = fields.Datetime("When", readonly=True, help="Of the talk, the hand-over or the opening of the case.")
    partner_ids = fields.Many2many(
        "res.partner",
        "sozial_passage_partner_rel",
        string="About",
        help="All persons this paragraph is about. It goes to a person who asks for a copy only if nobody else is named. "
        "Empty: unsure, so it stays redacted.",
    )
    case_partner_ids = fields.Many2many("res.partner", compute="_compute_case_partner_ids")
    text = fields.Text("Paragraph", compute="_compute_text")
    hint = fields.Char("Perhaps about others", compute="_compute_text", help="Words that may speak of somebody else.")
    source = fields.Char("Where", compute="_compute_source")

    _place_index = models.Index("(case_id, res_model, res_id)")

    @api.depends("case_id.participant_ids.partner_id")
    def _compute_case_partner_ids(self):
        for passage in self:
            passage.case_partner_ids = passage.case_id.participant_ids.partner_id

    @api.depends("digest")
    @api.depends_context("uid")
    def _compute_text(self):
        """Read from the text itself, with the rights of whoever looks."""
        texts = self._source_texts()
        for passage in self:
            found = paragraphs(texts.get((passage.res_model, passage.res_id, passage.field_name)))
            passage.text = passage._matching(found)
            passage.hint = ", ".join(passage._others_in(passage.text))

    def _compute_source(self):
        kinds = self.env["ir.model"].sudo().search([("model", "in", list(set(self.mapped("res_model"))))])
        names = {kind.model: kind.name for kind in kinds}
        for passage in self:
            if passage.res_model in ("sozial.case", "sozial.contact"):
                field = self.env[passage.res_model]._fields[passage.field_name]
                passage.source = field._description_string(self.env)
            else:
                passage.source = names[passage.res_model]

    def _matching(self, found):
        """The paragraph if it still stands at its place unchanged, else nothing."""
        if self.position < len(found) and digest(self._place(), found[self.position]) == self.digest:
            return found[self.position]
        return ""

    def _place(self):
        return f"{self.res_model},{self.res_id},{self.field_name}"

    def _source_texts(self):
        """Texts by (model, id, field), of the records the current user may read."""
        texts = {}
        for model, passages in self.grouped("res_model").items():
            wanted, names = set(passages.mapped("res_id")), sorted(set(passages.mapped("field_name")))
            if model == "sozial.handover":  # nobody's own any more; read by who may read the case
                records = passages.case_id._passage_records(model).filtered(lambda one, wanted=wanted: one.id in wanted)
            else:  # one query a model, with its rules
                records = self.env[model].search_fetch([("id", "in", list(wanted))], names)
            for name in names:
                texts.update({(model, record.id, name): record[name] for record in records})
        return texts

    def _others_in(self, text):
        """Words that may speak of others than the client of the case."""
        self.ensure_one()
        case = self.case_id
        return about_others(text or "", case.client_id.name, (case.participant_ids.partner_id - case.client_id).mapped("name"))

    @api.constrains("partner_ids")
    def _check_partners(self):
        for passage in self:
            if passage.partner_ids - passage.case_partner_ids:
                raise ValidationError(self.env._("About: choose participants of this case."))

    def write(self, vals):
        """Whom it is about is all that people say here; the rest follows from the text."""
        if vals.keys() - {"partner_ids"} and not self.env.su:
            raise UserError(self.env._("Only the persons a paragraph is about can be changed."))
        return super().write(vals)
