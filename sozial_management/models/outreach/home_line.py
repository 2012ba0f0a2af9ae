from odoo import api, fields, models


class SozialHomeLine(models.Model):
    """One point of the checklist, as it was found, with a photograph that nobody else sees."""

    _name = "sozial.home.line"
    _description = "Point looked at in a dwelling"
    _inherit = "sozial.home.part"
    _order = "check_id, sequence, id"

    item_id = fields.Many2one("sozial.home.item", "Point", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(related="item_id.sequence", store=True)
    question = fields.Char(related="item_id.question")
    helps = fields.Char(related="item_id.helps")
    finding = fields.Selection([("fine", "Goes well"), ("hard", "Goes hard"), ("barrier", "Does not go")])
    remark = fields.Char()
    photo = fields.Image(
        "Photograph", max_width=1600, max_height=1600,
        help="Of the place, not of people. Ask first. It is seen by those who work on the outreach and deleted with the checklist.",
    )  # fmt: skip
    has_photo = fields.Boolean("With photograph", compute="_compute_has_photo")

    _once = models.Constraint("UNIQUE (check_id, item_id)", "This point stands on the checklist already.")

    def _compute_has_photo(self):
        files = self.env["ir.attachment"].sudo().search_fetch(
            [("res_model", "=", self._name), ("res_field", "=", "photo"), ("res_id", "in", self.ids)], ["res_id"], limit=None
        )
        there = set(files.mapped("res_id"))
        for line in self:
            line.has_photo = line.id in there

    @api.autovacuum
    def _gc_photos(self):
        """Photographs of points that went with their dwelling, which the database deletes without asking."""
        files = self.env["ir.attachment"].sudo().search([("res_model", "=", self._name), ("res_field", "=", "photo")], limit=None)
        there = set(self.sudo().browse(files.mapped("res_id")).exists().ids)
        files.filtered(lambda file: file.res_id not in there).unlink()

    def action_fine(self):
        """Nothing is in the way here."""
        return self.write({"finding": "fine"})

    def action_hard(self):
        """It works, but it is hard."""
        return self.write({"finding": "hard"})

    def action_barrier(self):
        """It does not work alone."""
        return self.write({"finding": "barrier"})
