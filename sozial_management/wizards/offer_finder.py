from odoo import api, fields, models

MAX_FITTING = 30


class SozialOfferFinder(models.TransientModel):
    """The dialog “offers that fit”: a situation above, the proposals below.

    The result is computed while somebody looks at it. Nothing has to be saved, so that no
    table holds which topics were looked up for whom.
    """

    _name = "sozial.offer.finder"
    _description = "Find Fitting Offers"

    topic_ids = fields.Many2many("sozial.topic", string="What is it about?")
    target_group_ids = fields.Many2many("sozial.target.group", string="For Whom")
    quarter_id = fields.Many2one("sozial.quarter", "Quarter")
    language_ids = fields.Many2many("sozial.language", string="Languages")
    line_ids = fields.One2many("sozial.offer.finder.line", "finder_id", "Offers", compute="_compute_line_ids")
    is_empty = fields.Boolean(compute="_compute_line_ids")

    @api.depends("topic_ids", "target_group_ids", "quarter_id", "language_ids")
    def _compute_line_ids(self):
        Line = self.env["sozial.offer.finder.line"]
        for finder in self:
            # the form's values are new records around the real ones: the rule compares real ids
            fitting = self.env["sozial.offer"]._fitting(
                finder.topic_ids._origin, finder.target_group_ids._origin,
                finder.quarter_id._origin, finder.language_ids._origin, limit=MAX_FITTING,
            )
            finder.line_ids = Line.union(*(
                Line.new({"offer_id": offer.id, "reason": "; ".join(reasons), "sequence": position})
                for position, (offer, _score, reasons) in enumerate(fitting)
            ))
            finder.is_empty = not fitting


class SozialOfferFinderLine(models.TransientModel):
    """One proposal of the dialog: the offer and why it is proposed."""

    _name = "sozial.offer.finder.line"
    _description = "Fitting Offer"
    _order = "sequence, id"

    finder_id = fields.Many2one("sozial.offer.finder", ondelete="cascade")
    sequence = fields.Integer()
    offer_id = fields.Many2one("sozial.offer", "Offer", ondelete="cascade")
    reason = fields.Char("Why")
    summary = fields.Char(related="offer_id.summary")
    place = fields.Char(related="offer_id.place")
    hours_text = fields.Char(related="offer_id.hours_text")
    contact_name = fields.Char(related="offer_id.contact_name")
    contact_phone = fields.Char(related="offer_id.contact_phone")
    contact_email = fields.Char(related="offer_id.contact_email")
