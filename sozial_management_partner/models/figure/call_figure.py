from odoo import fields, models
from odoo.tools import SQL

from ..call.call import PROCEDURES, STATES


class SozialCallFigure(models.Model):
    """Figures of calls, one row a lot, for pivot and graph.

    A view of the database: nothing is stored. How many submissions and late attempts there were is
    empty until the call is opened, for everybody: it is as sealed as they are.
    """

    _name = "sozial.call.figure"
    _description = "Figures of calls"
    _auto = False
    _log_access = False
    _order = "published_at desc, id"
    _rec_name = "lot_id"
    _depends = {
        "sozial.call": ["company_id", "procedure", "access", "state", "published_at", "opened_at", "active"],
        "sozial.call.lot": ["call_id", "quarter_id", "offer_id", "sequence"],
        "sozial.call.question": ["call_id"],
        "sozial.submission": ["lot_id", "state"],
        "sozial.submission.late": ["lot_id"],
        "sozial.award": ["lot_id", "state", "awarded_at"],
        "sozial.offer": ["topic_ids"],
    }

    call_id = fields.Many2one("sozial.call", "Call", readonly=True)
    lot_id = fields.Many2one("sozial.call.lot", "Lot", readonly=True)
    company_id = fields.Many2one("res.company", "Company", readonly=True)
    procedure = fields.Selection(PROCEDURES, "Kind of procedure", readonly=True)
    state = fields.Selection(STATES, "Status", readonly=True)
    published_at = fields.Datetime("Published on", readonly=True)
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", readonly=True)
    topic_id = fields.Many2one(
        "sozial.topic", "Topic", readonly=True, help="Of the offer that the lot is about; the first one if it has several."
    )
    lots = fields.Integer(readonly=True)
    submissions = fields.Integer(readonly=True, help="Handed in and counted. Empty until the opening.")
    without_submission = fields.Integer("Lots without submission", readonly=True, help="Empty until the opening.")
    late = fields.Integer("Late attempts", readonly=True, help="Empty until the opening.")
    questions = fields.Integer(readonly=True, help="Of the whole call; they stand at its first lot.")
    awarded = fields.Integer("Awarded lots", readonly=True)
    awarded_share = fields.Float(
        "Awarded (%)", readonly=True, aggregator="avg", digits=(5, 1), help="Of the lots that have come to an end."
    )
    days_to_award = fields.Float("Days to award", readonly=True, aggregator="avg", digits=(6, 1), help="From the publication.")
    cancelled = fields.Integer("Cancelled lots", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT lot.id, lot.call_id, lot.id AS lot_id, call.company_id, call.procedure, call.state, call.published_at, lot.quarter_id,
                   (SELECT min(topic.sozial_topic_id) FROM sozial_offer_sozial_topic_rel topic WHERE topic.sozial_offer_id = lot.offer_id)
                   AS topic_id,
                   1 AS lots,
                   CASE WHEN call.opened_at IS NOT NULL THEN bids.number END AS submissions,
                   CASE WHEN call.opened_at IS NOT NULL THEN (bids.number = 0)::int END AS without_submission,
                   CASE WHEN call.opened_at IS NOT NULL THEN
                        (SELECT count(*)::int FROM sozial_submission_late late WHERE late.lot_id = lot.id)
                   END AS late,
                   CASE WHEN row_number() OVER (PARTITION BY lot.call_id ORDER BY lot.sequence, lot.id) = 1 THEN
                        (SELECT count(*)::int FROM sozial_call_question question WHERE question.call_id = lot.call_id)
                   ELSE 0 END AS questions,
                   (COALESCE(award.state, '') = 'awarded')::int AS awarded,
                   CASE WHEN award.state = 'awarded' THEN 100.0
                        WHEN award.state = 'ended' OR call.state = 'cancelled' THEN 0.0 END AS awarded_share,
                   CASE WHEN award.state = 'awarded' THEN extract(epoch FROM award.awarded_at - call.published_at) / 86400 END
                   AS days_to_award,
                   (call.state = 'cancelled')::int AS cancelled
              FROM sozial_call_lot lot
              JOIN sozial_call call ON call.id = lot.call_id AND call.published_at IS NOT NULL
              LEFT JOIN sozial_award award ON award.lot_id = lot.id
             CROSS JOIN LATERAL (
                   SELECT count(*)::int AS number FROM sozial_submission bid WHERE bid.lot_id = lot.id AND bid.state = 'submitted'
                   ) bids
            """
        )
