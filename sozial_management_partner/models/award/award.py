from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...procedure import ranking

STATES = [
    ("ranked", "Ranked"),
    ("approved", "Approved, letters to send"),
    ("informed", "Waiting period"),
    ("awarded", "Awarded"),
    ("ended", "Ended without award"),
]


class SozialAward(models.Model):
    """The decision about one lot: ranking, approval, letters, waiting period, award.

    Everything is set by methods: the ranking follows from the stored scores, the winner from the
    ranking, the state from what was done.
    """

    _name = "sozial.award"
    _description = "Award of a lot"
    _order = "call_id desc, lot_id"
    _rec_name = "lot_id"
    _check_company_auto = True

    # not precomputed: a draft of the row would show up in the call
    call_id = fields.Many2one(related="lot_id.call_id", store=True, index=True)
    company_id = fields.Many2one(related="lot_id.company_id", store=True, precompute=True, index=True)
    lot_id = fields.Many2one("sozial.call.lot", "Lot", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    state = fields.Selection(STATES, "Status", required=True, readonly=True, default="ranked", index=True)
    seed = fields.Char(
        "Seed of the drawn lot", readonly=True, help="With it everybody can draw the same lot again; empty: no lot was needed."
    )
    place_ids = fields.One2many("sozial.award.place", "award_id", "Ranking", readonly=True)
    winner_id = fields.Many2one("sozial.submission", "Chosen", compute="_compute_winner_id")
    winner_name = fields.Char("Chosen organisation", compute="_compute_winner_id")
    letter_ids = fields.One2many("sozial.award.letter", "award_id", "Letters")
    round = fields.Integer(readonly=True, default=1, help="Counts up when a winner withdraws and the next one is chosen.")
    approver_id = fields.Many2one("res.users", "Approved by", readonly=True, ondelete="restrict", index="btree_not_null")
    approved_at = fields.Datetime("Approved on", readonly=True)
    award_from = fields.Datetime("Award possible from", readonly=True, help="End of the waiting period after the last letter.")
    award_from_text = fields.Char("Award possible from, in local time", compute="_compute_award_from_text")
    awarded_at = fields.Datetime("Awarded on", readonly=True)
    end_reason = fields.Text("Reason for ending without award", readonly=True)
    agreement_text = fields.Text("Draft of the agreement", readonly=True)

    _lot_unique = models.Constraint("UNIQUE (lot_id)", "This lot has a ranking already.")
    _awarded_is_whole = models.Constraint(
        "CHECK (state <> 'awarded' OR (approver_id IS NOT NULL AND award_from IS NOT NULL AND awarded_at >= award_from))",
        "No award before the approval, all letters and the end of the waiting period.",
    )
    _ended_has_reason = models.Constraint(
        "CHECK (state <> 'ended' OR COALESCE(end_reason, '') <> '')", "Reason: say why there is no award."
    )

    @api.depends("place_ids.rank", "place_ids.withdrawn_at")
    def _compute_winner_id(self):
        self.place_ids.mapped("partner_name")  # of all at once
        for award in self:
            first = award._first_place()
            award.winner_id = first.submission_id
            award.winner_name = first.partner_name

    @api.depends("award_from", "call_id.tz")
    def _compute_award_from_text(self):
        for award in self:
            award.award_from_text = award.call_id._local_text(award.award_from)

    def _first_place(self):
        """The best place whose organisation has not withdrawn; empty if there is none."""
        self.ensure_one()
        return self.place_ids.filtered(lambda place: place.rank and not place.withdrawn_at).sorted("rank")[:1]

    def write(self, vals):
        """Refused: an award moves by its steps."""
        raise UserError(self.env._("An award is not changed directly. Use the buttons."))

    def _write_guarded(self, values):
        """Write past the guard. For the steps of the award."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An award is not deleted: it belongs to the file of the call."))

    # ---- the ranking ----

    @api.model
    def _rank(self, lot):
        """Compute and store the ranking of a lot from the scores that count.

        A lot is drawn once, only if a tie asks for it; the seed goes into the file before the order.
        """
        criteria, bids, rule = self._inputs(lot)
        seed = ""
        if bids and ranking.needs_draw(criteria, bids, rule):
            seed = lot.call_id._seed()
            lot.call_id._record("drawn", {"lot": lot.name, "seed": seed, "submissions": sorted(bid.key for bid in bids)})
        award = self.create({"lot_id": lot.id, "seed": seed or False})
        places = ranking.rank(criteria, bids, rule, lot=lot.name, seed=seed) if bids else []
        award._store(places)
        lot.call_id._record("ranked", {"lot": lot.name, "ranking": [award._told_place(place) for place in award.place_ids]})
        return award

    @api.model
    def _inputs(self, lot):
        """Criteria, bids and tie rule of a lot, for `procedure.ranking`."""
        call = lot.call_id
        own = lot._award_criteria()
        criteria = [ranking.Criterion(str(one.id), one.weight, one.minimum) for one in own]
        eligible = call._eligible().filtered(lambda submission: submission.lot_id == lot)
        bids = [
            ranking.Bid(one.number, {str(criterion.id): score for criterion, score in call._final_scores(one).items()}) for one in eligible
        ]
        return criteria, bids, call._tie_steps(own)

    def _store(self, places):
        """Rows of a computed ranking."""
        self.ensure_one()
        by_number = self.call_id._submitted().grouped("number")
        self.env["sozial.award.place"].sudo().create(
            [
                {
                    "award_id": self.id,
                    "submission_id": by_number[place.bid].id,
                    "rank": place.rank or 0,
                    "total": str(place.total),
                    "decided_by": place.decided_by,
                    "below": ",".join(place.below) or False,
                }
                for place in places
            ]
        )

    def _is_ranking_intact(self):
        """Whether the stored ranking is what follows from the stored scores."""
        self.ensure_one()
        criteria, bids, rule = self.sudo()._inputs(self.sudo().lot_id)
        computed = ranking.rank(criteria, bids, rule, lot=self.lot_id.name, seed=self.seed or "") if bids else []
        stored = {
            place.submission_id.number: (place.rank or None, Fraction(place.total), place.decided_by) for place in self.sudo().place_ids
        }
        return stored == {place.bid: (place.rank, place.total, place.decided_by) for place in computed}

    def _told_place(self, place):
        return {
            "rank": place.rank or None,
            "organisation": place.partner_name,
            "submission": place.submission_id.number,
            "points": f"{place.points:.2f}",
            "tie": place._decided_label(),
        }
