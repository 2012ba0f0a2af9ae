from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .mediation import OPEN

WILLINGNESS = [("open", "Not asked yet"), ("willing", "Willing"), ("declined", "Declines"), ("withdrawn", "Withdrew")]


class SozialMediationParty(models.Model):
    """A party of a mediation: asked alone, whether it is willing. The other parties never learn what it said."""

    _name = "sozial.mediation.party"
    _description = "Party of a mediation"
    _inherit = "sozial.mediation.part"
    _anonymise = "delete"
    _order = "id"
    _rec_names_search = ["partner_id"]
    _guarded = frozenset({"willingness", "told_on"})

    partner_id = fields.Many2one("res.partner", "Party", required=True, index=True, ondelete="restrict", check_company=True)
    willingness = fields.Selection(WILLINGNESS, required=True, readonly=True, copy=False, default="open")
    answer_ids = fields.One2many("sozial.mediation.answer", "party_id", "Answers", readonly=True)
    told_on = fields.Date("Letter of the end", readonly=True, copy=False, help="When the letter was written that it does not take place.")
    needs = fields.Char(help="What this party needs to take part: an interpreter, a step-free room, somebody who comes along.")
    reader_ids = fields.One2many("sozial.mediation.reader", "party_id", "Who reads the notes")
    note_ids = fields.One2many("sozial.mediation.note", "party_id", "Notes")
    reads_notes = fields.Boolean("I read the notes", compute="_compute_reads_notes")
    colleague_ids = fields.Many2many("sozial.case.access", string="May be admitted", compute="_compute_colleague_ids")
    mediation_state = fields.Selection(related="mediation_id.state", related_sudo=False)

    _once = models.Constraint("UNIQUE (mediation_id, partner_id)", "This person is a party already.")

    @api.depends_context("sozial_party_name")
    def _compute_display_name(self):
        """Where a party is chosen among the parties of one mediation, its name; elsewhere the case number alone."""
        super()._compute_display_name()
        for party in self if self.env.context.get("sozial_party_name") else ():
            party.display_name = party.partner_id.name

    @api.depends("reader_ids.user_id", "reader_ids.revoked_at")
    @api.depends_context("uid")
    def _compute_reads_notes(self):
        for party in self:
            party.reads_notes = self.env.user in party.reader_ids.filtered(lambda one: not one.revoked_at).user_id

    @api.depends("reads_notes", "case_id.access_ids.revoked_at")
    @api.depends_context("uid")
    def _compute_colleague_ids(self):
        for party in self:
            readers = party.reader_ids.filtered(lambda one: not one.revoked_at).user_id
            grants = party._grants() if party.reads_notes else party.case_id.access_ids.browse()
            party.colleague_ids = grants.filtered_domain([("user_id", "not in", readers.ids)])

    def _grants(self):
        """The grants on the case that hold now."""
        now = fields.Datetime.now()
        valid = [("revoked_at", "=", False), ("valid_from", "<=", now), "|", ("valid_until", "=", False), ("valid_until", ">", now)]
        return self.case_id.access_ids.filtered_domain(valid)

    def _holders(self):
        """Who may open the case now."""
        return self.sudo()._grants().user_id

    def _require_reader(self):
        """Only who reads the notes of a party decides who else does.

        :raise AccessError: for everybody else
        """
        self.check_access("read")
        if not all(party.reads_notes for party in self):
            raise AccessError(self.env._("Who reads the notes of a party decides who else does."))

    @api.model_create_multi
    def create(self, vals_list):
        mediations = self._mediations_named(vals_list)
        if mediations:
            mediations.check_access("write")
            mediations._require_mediator()
            mediations._lock()
            mediations._require_joinable()
        parties = super().create(vals_list)
        parties.mediation_id._parties_changed()
        return parties

    def write(self, vals):
        if "partner_id" in vals:
            raise UserError(self.env._("Party: a person is not exchanged. Delete the line as long as nobody was asked."))
        return super().write(vals)

    def _refuse_losing_notes(self):
        """Stop a deletion that would take along notes which whoever deletes may not even read.

        :raise UserError: says what to do instead
        """
        if self.sudo().note_ids:
            raise UserError(self.env._("There are notes of talks with a party. Enter its answer instead of deleting it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_unasked(self):
        self._refuse_losing_notes()
        if self.answer_ids:
            raise UserError(self.env._("Who has answered stays a party. Without this party, begin a new mediation."))
        self.mediation_id._require_changeable({"party_ids"})

    def unlink(self):
        """Whoever remains may now be all who are willing."""
        mediations = self.mediation_id
        if mediations:
            self.check_access("unlink")
            mediations._require_mediator()
            mediations._lock()
        result = super().unlink()
        mediations.exists()._parties_changed()
        return result

    def action_answer(self):
        """Open the dialog in which an answer is entered."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What did %s say?", self.partner_id.name),
            "res_model": "sozial.mediation.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_party_id": self.id},
        }

    def action_open(self):
        """Open the party: answers, and the notes for who may read them."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form",
            "name": self.env._("Party"), "target": "new",
        }  # fmt: skip

    def _answered(self, willingness):
        """Enter what the party said, and draw the consequence for the mediation at once.

        :raise UserError: if the mediation has ended, or the party has left it already
        """
        self.ensure_one()
        mediation = self.mediation_id
        mediation._lock()
        if mediation.state not in OPEN:
            raise UserError(self.env._("This mediation has ended: nobody is asked any more."))
        if willingness == "withdrawn" and self.willingness != "willing":
            raise UserError(self.env._("Withdrew: the party was not willing before. Choose »Declines«."))
        if willingness == "declined" and self.willingness == "willing":
            raise UserError(self.env._("Declines: the party was willing before. Choose »Withdrew«."))
        self._write_guarded({"willingness": willingness})
        mediation._parties_changed()

    def action_hold_talks(self):
        """Begin the notes of the talks with this party alone: from now on only who is admitted reads them.

        Whoever read them and has lost the case reads them no more; then the mediator takes the talks over.

        :raise UserError: if a colleague holds them already
        """
        self.ensure_one()
        self.check_access("write")
        self.mediation_id._require_mediator()
        self.mediation_id._lock()
        readers = self.sudo().reader_ids.filtered(lambda one: not one.revoked_at)
        gone = readers.filtered(lambda one: one.user_id not in self._holders())
        gone.write({"revoked_at": fields.Datetime.now()})
        if readers - gone:
            raise UserError(self.env._("A colleague holds the talks with this party and may admit you to the notes."))
        self.env["sozial.mediation.reader"].sudo().create(
            {"party_id": self.id, "user_id": self.env.uid, "admitted_by_id": self.env.uid}
        )
        return self.action_open()
