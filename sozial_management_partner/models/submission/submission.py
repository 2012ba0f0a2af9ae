from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing.receipt import fingerprint, new_number, new_token

# Open to change while a draft; what says what was handed in is set by `handing_in.py`.
DRAFT_FIELDS = frozenset({"joint_members", "reminded_at"})
# Set after the opening by the office, or by the letters' cron; says nothing about the content.
LATER_FIELDS = frozenset({"member_ids", "receipt_sent_at", "version_id"})


class SozialSubmission(models.Model):
    """What an organisation hands in for one lot of a call.

    Sealed: until the call is opened its own organisation alone reads it, afterwards the office
    reads what was handed in. Drafts, withdrawn and replaced submissions never become readable.
    Nobody has the right to write: `handing_in.py` changes it for portal users after checking
    their right to read. What was handed in does not change, whoever asks.
    """

    _name = "sozial.submission"
    _description = "Submission"
    _inherit = ["sozial.sealed"]
    _order = "call_id, lot_id, partner_name, id"
    _rec_name = "number"
    _check_company_auto = True

    _portal_fields = frozenset(
        {"id", "display_name", "call_id", "lot_id", "company_id", "partner_id", "partner_name", "joint_members", "state", "number",
         "token", "version_id", "submitted_at", "submitted_at_us", "withdrawn_at_us", "sha256", "content_ids", "previous_id",
         "needs_confirmation", "is_encrypted"}
    )  # fmt: skip

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    lot_id = fields.Many2one("sozial.call.lot", "Lot", required=True, index=True, ondelete="restrict", check_company=True)
    partner_id = fields.Many2one("res.partner", "Organisation", required=True, index=True, ondelete="restrict")
    partner_name = fields.Char("Name at submission", required=True, help="As the organisation was called when it handed in.")
    joint_members = fields.Text("Joint bid with", help="Names of the other organisations of a joint bid, one a line.")
    member_ids = fields.Many2many(
        "res.partner", "sozial_submission_member_rel", "submission_id", "partner_id", "Members in the portal",
        help="Members of the joint bid that have confirmed in the portal: they read along.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Handed in"), ("withdrawn", "Withdrawn"), ("replaced", "Replaced by a later one")],
        "Status",
        required=True,
        default="draft",
        index=True,
    )
    number = fields.Char("Receipt number", required=True, index=True, default=lambda self: new_number())
    token = fields.Char(required=True, index=True, default=lambda self: new_token())
    user_id = fields.Many2one("res.users", "Handed in by", index="btree_not_null", ondelete="restrict")
    version_id = fields.Many2one(
        "sozial.call.version", "Version of the notice", ondelete="restrict", index="btree_not_null",
        help="The version of the notice that the organisation answers to.",
    )
    needs_confirmation = fields.Boolean("Notice has changed", compute="_compute_needs_confirmation")
    submitted_at = fields.Datetime("Handed in on")
    submitted_at_us = fields.Char("Handed in, to the microsecond", help="Time of the server after the complete upload, UTC.")
    withdrawn_at_us = fields.Char("Withdrawn, to the microsecond")
    sha256 = fields.Char("Fingerprint (SHA-256)", help="Of all that was handed in. The bidder has it on the receipt.")
    previous_id = fields.Many2one("sozial.submission", "Replaces", ondelete="restrict", index="btree_not_null")
    content_ids = fields.One2many("sozial.submission.content", "submission_id", "Content")
    reminded_at = fields.Datetime()
    receipt_sent_at = fields.Datetime()

    _number_unique = models.Constraint("UNIQUE (number)", "This receipt number is taken.")
    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _one_draft = models.UniqueIndex("(call_id, lot_id, partner_id) WHERE state = 'draft'", "There is a draft for this lot already.")
    _one_submitted = models.UniqueIndex(
        "(call_id, lot_id, partner_id) WHERE state = 'submitted'", "Something was handed in for this lot already."
    )
    _complete = models.Constraint(
        "CHECK (state = 'draft' OR (submitted_at IS NOT NULL AND submitted_at_us IS NOT NULL AND sha256 IS NOT NULL "
        "AND version_id IS NOT NULL))",
        "What was handed in has a time, a fingerprint and a version of the notice.",
    )

    @api.depends("number")
    def _compute_display_name(self):
        """The random number alone: names of records show up in errors, logs and links."""
        for submission in self:
            submission.display_name = submission.number

    @api.depends("version_id", "call_id.current_version_id")
    def _compute_needs_confirmation(self):
        """Whether a material change was published after the version that was answered."""
        for submission in self:
            newer = submission.sudo().call_id.version_ids.filtered(
                lambda version, own=submission: version.is_material and version.number > own.sudo().version_id.number
            )
            submission.needs_confirmation = submission.state == "submitted" and bool(newer)

    def write(self, vals):
        """Refused for what was handed in, whoever asks; the methods of `handing_in.py` write past it."""
        self.check_access("write")  # first: the refusal below would tell that there is something
        for submission in self:
            allowed = LATER_FIELDS | DRAFT_FIELDS if submission.state == "draft" else LATER_FIELDS
            if vals.keys() - allowed:
                raise UserError(self.env._("A submission changes only as its organisation hands in, replaces or withdraws it."))
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(submission.state != "draft" for submission in self):
            raise UserError(self.env._("What was handed in is not deleted: it belongs to the file of the call."))
        self.sudo().content_ids.unlink()  # the database would take the rows along, but leave their files behind

    def _document(self):
        """All that was handed in, in the one form its fingerprint is made of."""
        self.ensure_one()
        submission = self.sudo()
        answers = submission.content_ids.filtered(lambda row: row.kind == "answer" and row.answer)
        files = submission.content_ids.filtered(lambda row: row.kind == "file")
        return {
            "call": submission.call_id.number,
            "lot": submission.lot_id.name,
            "organisation": submission.partner_name,
            "joint_bid_with": submission._joint_document(),
            "receipt_number": submission.number,
            "handed_in": submission.submitted_at_us,
            "answers": {row.key: {"question": row.label, "answer": row.answer} for row in answers},
            "files": sorted(
                ({"name": row.file_name, "bytes": row.size, "sha256": row.sha256} for row in files),
                key=lambda file: (file["sha256"], file["name"]),
            ),
        }

    def _seal_content(self):
        """Where a call is encrypted, see `models.keys`: a key for the bidder's browser."""

    def _is_intact(self):
        """Whether what is stored still has the fingerprints of the receipts, the files included; for any number of submissions."""
        submissions = self.sudo()
        return all(one.sha256 == fingerprint(one._document()) for one in submissions) and submissions.content_ids._are_intact()
