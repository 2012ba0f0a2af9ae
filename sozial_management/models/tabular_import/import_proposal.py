from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SozialImportProposal(models.Model):
    """A tenancy, or a member of a household, that a complete file no longer holds: a person decides
    whether it has ended.

    Nothing ends by itself, since a file can be cut short.
    """

    _name = "sozial.import.proposal"
    _description = "Proposal to end a tenancy"
    _order = "state desc, run_id desc, id"
    _rec_name = "tenancy_id"
    _check_company_auto = True

    run_id = fields.Many2one("sozial.import.run", "Import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, precompute=True, index=True)
    tenancy_id = fields.Many2one(
        "sozial.tenancy", "Tenancy", required=True, index=True, ondelete="cascade", check_company=True
    )
    occupant_id = fields.Many2one(
        "sozial.tenancy.occupant",
        "Member of the household",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="The person who is missing while the tenancy goes on. Empty if the whole tenancy is missing.",
    )
    partner_id = fields.Many2one(related="tenancy_id.partner_id", string="Tenant")
    dwelling_id = fields.Many2one(related="tenancy_id.dwelling_id", string="Dwelling")
    date_start = fields.Date("Start", compute="_compute_date_start")
    date_end = fields.Date(
        "End",
        required=True,
        help="Last day of the tenancy or of the person in it if you accept. Correct it if you know better.",
    )
    successor = fields.Char(
        "Waiting contract", readonly=True, help="A contract of the file that needs this dwelling to be free."
    )
    state = fields.Selection(
        [("open", "To decide"), ("accepted", "Ended"), ("refused", "Goes on"), ("obsolete", "Settled")],
        "Decision",
        default="open",
        required=True,
        readonly=True,
        index=True,
        help="Settled: a later file held the tenancy again, or it ended in another way.",
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_at = fields.Datetime("Decided on", readonly=True)

    _person_once_a_run = models.UniqueIndex(
        "(run_id, tenancy_id, COALESCE(occupant_id, 0))", "This tenancy or person is proposed already."
    )

    @api.depends("tenancy_id.date_start", "occupant_id.date_start")
    def _compute_date_start(self):
        for proposal in self:
            proposal.date_start = proposal.occupant_id.date_start or proposal.tenancy_id.date_start

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Proposals come from an import; they cannot be made by hand."))
        return super().create(vals_list)

    def write(self, vals):
        """The date may be corrected while open; a decision is made by the buttons only."""
        if not self.env.su and (set(vals) - {"date_end"} or any(p.state != "open" for p in self)):
            raise UserError(self.env._("Only the end of an open proposal can be changed."))
        return super().write(vals)

    def action_accept(self):
        """End tenancies and stays on the proposed day; let rows in that waited for a tenancy."""
        proposals = self._to_decide()
        for proposal in proposals:
            if proposal.date_end < proposal.date_start:
                raise UserError(
                    self.env._(
                        "End: contract %(ref)s started on %(start)s. Enter a day from then on.",
                        ref=proposal.tenancy_id.external_ref,
                        start=format_date(self.env, proposal.date_start),
                    )
                )
            proposal._ending().write({"date_end": proposal.date_end})
        proposals._decide("accepted")
        whole = proposals.filtered(lambda proposal: not proposal.occupant_id)
        for run in whole.run_id:
            mine = whole.filtered(lambda proposal, run=run: proposal.run_id == run)
            run._count_ended(len(mine))
            run._retry_rows(mine.tenancy_id.mapped("external_ref"))

    def action_refuse(self):
        """Leave the tenancies as they are."""
        self._to_decide()._decide("refused")

    def _to_decide(self):
        self.check_access("write")
        self.tenancy_id.check_access("write")
        self.occupant_id.check_access("write")
        if not self or any(proposal.state != "open" for proposal in self):
            raise UserError(self.env._("This proposal is decided already. Reload the page."))
        if any(proposal.tenancy_id.date_end or proposal.occupant_id.date_end for proposal in self):
            raise UserError(self.env._("A tenancy or person among these has an end by now. Reload the page."))
        return self

    def _ending(self):
        """What ends when the proposal is accepted."""
        return self.occupant_id or self.tenancy_id

    def _decide(self, state):
        self.sudo().write({"state": state, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
