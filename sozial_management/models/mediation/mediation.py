from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# Somebody is still being asked, or sessions take place.
OPEN = ("asking", "running")


class SozialMediation(models.Model):
    """A mediation between parties of a conflict: voluntary, neutral, confidential (MediationsG).

    Every party is asked separately. The mediation runs only while at least two parties, and all
    of them, are willing; otherwise it does not take place, and nobody is told because of whom.
    """

    _name = "sozial.mediation"
    _description = "Mediation"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "keep"
    _order = "id desc"
    _guarded = frozenset(
        {"state", "mediator_id", "co_mediator_id", "begun_on", "ended_on", "review_result", "reviewed_on"}
        | {"review_deadline_id"}
    )

    subject = fields.Char(
        "What it is about", required=True, anonymise="blank",
        help="One neutral line that every party may read, for example »Quiet in the evening«. It stands on the agreement.",
    )  # fmt: skip
    mediator_id = fields.Many2one(
        "res.users", "Mediator", required=True, readonly=True, index=True, copy=False, default=lambda self: self.env.user,
        anonymise="keep",
    )
    co_mediator_id = fields.Many2one(
        "res.users", "Second mediator", readonly=True, index="btree_not_null", copy=False, anonymise="keep"
    )
    state = fields.Selection(
        [
            ("asking", "Parties are asked"), ("running", "All are willing"), ("agreed", "Agreement signed"),
            ("failed", "Ended without agreement"), ("off", "Does not take place"),
        ],
        "Status", required=True, readonly=True, copy=False, default="asking", index=True,
    )  # fmt: skip
    begun_on = fields.Date("Asked since", required=True, readonly=True, copy=False, default=fields.Date.context_today)
    ended_on = fields.Date("Ended on", readonly=True, copy=False)
    party_ids = fields.One2many("sozial.mediation.party", "mediation_id", "Parties")
    session_ids = fields.One2many("sozial.mediation.session", "mediation_id", "Sessions")
    agreement_ids = fields.One2many("sozial.mediation.agreement", "mediation_id", "Agreements")
    declared = fields.Boolean(
        "Acted for nobody", anonymise="keep",
        help="I have not acted for any of the parties in this matter: no advice, no letters, no support (§ 3 (2) MediationsG).",
    )  # fmt: skip
    disclosed = fields.Boolean(
        "Earlier work disclosed", anonymise="keep",
        help="The parties know that a mediator has worked for one of them in another matter, and all agree (§ 3 (1), (2) MediationsG).",
    )  # fmt: skip
    worked_for = fields.Char("You have worked for", compute="_compute_worked_for")
    review_on = fields.Date("Ask again on", anonymise="keep", help="Does the agreement hold? Some weeks after it was signed.")
    review_result = fields.Selection(
        [("kept", "It holds"), ("partly", "It holds in part"), ("broken", "It does not hold")],
        "What became of it", readonly=True, copy=False,
    )  # fmt: skip
    reviewed_on = fields.Date("Asked on", readonly=True, copy=False)
    review_deadline_id = fields.Many2one(
        "sozial.deadline", "Deadline of the review", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        anonymise="keep",
    )  # fmt: skip

    _declared = models.Constraint(
        "CHECK (declared)",
        "Acted for nobody: only who has acted for none of the parties in this matter may mediate (§ 3 (2) MediationsG).",
    )
    _one_open = models.UniqueIndex(
        "(case_id) WHERE state IN ('asking', 'running')", "A mediation of this case is open already. Open that one."
    )
    _ended_dated = models.Constraint(
        "CHECK ((state IN ('asking', 'running')) = (ended_on IS NULL))", "A mediation that has ended has a day on which it ended."
    )
    _two_mediators = models.Constraint(
        "CHECK (co_mediator_id IS NULL OR co_mediator_id <> mediator_id)", "Second mediator: somebody else than the first."
    )
    _reviews_due = models.Index("(review_on) WHERE state = 'agreed' AND review_result IS NULL")

    @api.model
    def default_get(self, fields_list):
        """Propose the people of the conflict as parties."""
        values = super().default_get(fields_list)
        case = self.env["sozial.case"].browse(values.get("case_id"))
        if case and "party_ids" in fields_list and case.has_access("read"):
            values["party_ids"] = case._mediation_parties()
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
            self._require_declared(vals)
        self.flush_model(["state"])  # the last one may have ended in this transaction
        mediations = super(SozialMediation, self._without_guarded_defaults()).create(vals_list)
        mediations.case_id._require_not_ended()
        mediations._require_neutral(self.env.user)
        return mediations

    def write(self, vals):
        self._refuse_guarded(vals)
        if "declared" in vals:
            self._require_declared(vals)
        self._require_changeable(vals.keys())
        result = super().write(vals)
        if "review_on" in vals:
            self._move_review()
        return result

    @api.model
    def _require_declared(self, vals):
        """Nobody mediates without having declared to have acted for none of the parties.

        :raise ValidationError: says what has to be ticked
        """
        if not vals.get("declared"):
            raise ValidationError(
                self.env._("Acted for nobody: only who has acted for none of the parties in this matter may mediate (§ 3 (2) MediationsG).")
            )

    def _require_changeable(self, names):
        """Stop changes of a mediation that has ended; its review is planned even then.

        :raise UserError: says that it has ended
        """
        if names - {"review_on"} and any(one.state not in OPEN for one in self):
            raise UserError(self.env._("This mediation has ended and stays as it is. Begin a new one."))

    def copy(self, default=None):
        """Refused: parties are asked anew, one by one."""
        raise UserError(self.env._("A mediation cannot be duplicated. Begin a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_unasked(self):
        self._require_mediator()
        self.party_ids._refuse_losing_notes()
        if self.party_ids.answer_ids:
            raise UserError(self.env._("Parties have answered already. End the mediation instead of deleting it."))

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def _lock(self):
        """Hold the row until the end of the transaction: an answer and a plan never pass each other."""
        self.env.flush_all()
        self.env.cr.execute("SELECT id FROM sozial_mediation WHERE id IN %s ORDER BY id FOR UPDATE", [tuple(self.ids)])
        self.invalidate_recordset(["state"])
        self.party_ids.invalidate_recordset(["willingness"])
