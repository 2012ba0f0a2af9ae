from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...consent_wording import RIGHT_TO_LEFT, parse, problems

KINDS = [
    ("release", "Release from secrecy"),
    ("art9", "Use of specially protected data"),
    ("signal", "Coded signals to rent collection"),
    ("interpreter", "Interpreter"),
    ("photo", "Photographs"),
]
# What makes the text: fixed from the day it is in force.
FROZEN = frozenset({"kind", "language_id", "plain", "body", "version", "state"})


class SozialConsentText(models.Model):
    """A version of the text a client signs, in one language.

    In force it never changes: signed papers point at it. A correction is a new version.
    """

    _name = "sozial.consent.text"
    _description = "Text of a consent"
    _order = "kind, sequence, plain, version desc"

    kind = fields.Selection(KINDS, required=True, default="release", help="What the client agrees to.")
    language_id = fields.Many2one("sozial.language", "Language", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(related="language_id.sequence", store=True)
    plain = fields.Boolean("Plain language", help="Written in short sentences that are easy to understand.")
    version = fields.Integer(readonly=True, copy=False, default=1)
    body = fields.Text(
        "Text",
        required=True,
        help="The first line is the title, after »# «. Each section starts with its key in brackets and a heading. "
        "Needed: [who] [data] [purpose] [duration] [voluntary] [revocation] [confirmation]. "
        "Names, kinds of information, purposes and dates are added by the consent.",
    )
    title = fields.Char(compute="_compute_title")
    preview = fields.Html("How it reads", compute="_compute_preview", sanitize=False)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force"), ("retired", "Retired")],
        "Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        help="In force: offered for new consents, and fixed. Retired: only for consents given earlier.",
    )
    reviewed_on = fields.Date(
        "Reviewed on",
        company_dependent=True,
        readonly=True,
        copy=False,
        help="When your company's data protection officer approved this text. Shipped texts are no legal advice.",
    )

    _one_in_force = models.UniqueIndex(
        "(kind, language_id, (COALESCE(plain, FALSE))) WHERE state = 'in_force'",
        "Another version of this text is in force already.",
    )
    _version_unique = models.UniqueIndex(
        "(kind, language_id, (COALESCE(plain, FALSE)), version)", "This version of the text exists already."
    )

    @api.depends("kind", "language_id.name", "plain", "version")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for text in self:
            language = text.language_id.name or ""
            if text.plain:
                language = self.env._("%s, plain language", language)
            text.display_name = self.env._(
                "%(kind)s · %(language)s (version %(version)s)",
                kind=kinds.get(text.kind, ""), language=language, version=text.version,
            )  # fmt: skip

    @api.depends("body")
    def _compute_title(self):
        for text in self:
            first = (text.body or "").strip().splitlines()[:1]
            text.title = first[0].removeprefix("# ") if first else False

    @api.depends("body", "language_id.code")
    def _compute_preview(self):
        for text in self:
            text.preview = self._as_html(text.body, text.language_id.code) if text.body and not problems(text.body) else False

    @api.model
    def _as_html(self, body, language):
        """A text as it reads, for the screen; everything in it is escaped."""
        title, sections = parse(body)
        parts = [Markup("<h4>%s</h4>") % title]
        for section in sections:
            parts.append(Markup("<h6 class='mt-3 fw-bold'>%s</h6>") % section.heading)
            parts += [Markup("<p class='mb-1'>%s</p>") % line for line in section.paragraphs]
            if section.items:
                items = Markup("").join(Markup("<li>%s</li>") % line for line in section.items)
                parts.append(Markup("<ul class='mb-1'>%s</ul>") % items)
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        return Markup("<div dir='%s' lang='%s'>%s</div>") % (direction, language or "", Markup("").join(parts))

    @api.model_create_multi
    def create(self, vals_list):
        texts = super().create(vals_list)
        texts.filtered(lambda text: text.state != "draft")._require_complete()
        return texts

    def write(self, vals):
        fixed = self.filtered(lambda text: text.state != "draft")
        if FROZEN & vals.keys() and (fixed or "state" in vals):
            raise UserError(
                self.env._("A text in force does not change, for signed papers refer to it. Make a new version instead.")
            )
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy is the next version, as a draft."""
        data = super().copy_data(default)
        for text, vals in zip(self, data, strict=True):
            vals["version"] = text._next_version()
        return data

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        if any(text.state != "draft" for text in self):
            raise UserError(self.env._("A text that was in force stays: signed papers refer to it. Retire it instead."))

    def action_new_version(self):
        """Open a draft of the next version."""
        self.ensure_one()
        return self.copy()._get_records_action()

    def action_put_in_force(self):
        """Offer this draft for new consents from now on; the version before it retires.

        :raise UserError: lists what the text lacks
        """
        self.check_access("write")
        self._require_complete()
        for text in self:
            if text.state != "draft":
                raise UserError(self.env._("Only a draft is put in force."))
            before = self.search(text._same_text_domain() & fields.Domain("state", "=", "in_force"), limit=1)
            before._write_state("retired")
            before.flush_recordset()
            text._write_state("in_force")
        return True

    def action_retire(self):
        """No longer offer this text; consents given with it stay valid."""
        self.check_access("write")
        self.filtered(lambda text: text.state == "in_force")._write_state("retired")
        return True

    def action_reviewed(self):
        """Note that the company's data protection officer has approved this text today."""
        self.check_access("write")
        self.write({"reviewed_on": fields.Date.context_today(self)})
        return True

    def _write_state(self, state):
        """Write past the guard; for the methods above."""
        return super().write({"state": state})

    def _same_text_domain(self):
        """The versions of one text."""
        return (
            fields.Domain("kind", "=", self.kind)
            & fields.Domain("language_id", "=", self.language_id.id)
            & fields.Domain("plain", "=", self.plain)
        )

    def _next_version(self):
        return max(self.search(self._same_text_domain(), limit=1000).mapped("version"), default=0) + 1

    def _require_complete(self):
        """Stop a text that must not be handed out; names what is missing."""
        messages = {
            "unreadable": self.env._("this line belongs to no section"),
            "no_title": self.env._("the title is missing; it is the first line, after »# «"),
            "missing": self.env._("this section is missing"),
            "twice": self.env._("this section stands there twice"),
            "unknown": self.env._("this section is not known"),
            "empty": self.env._("this section has no heading or no sentence"),
            "left_open": self.env._("this was left open"),
        }
        for text in self:
            found = problems(text.body)
            if found:
                lines = [f"{messages[code]}: {detail}" if detail else messages[code] for code, detail in found]
                raise UserError("\n".join([self.env._("Text: %s cannot be handed out.", text.display_name), *lines]))

    @api.model
    def _best_for(self, kind, languages):
        """The text in force for somebody who speaks `languages`; German if none fits."""
        texts = self.search([("kind", "=", kind), ("state", "=", "in_force"), ("plain", "=", False)], limit=100)
        for language in languages:
            found = texts.filtered(lambda text, language=language: text.language_id == language)
            if found:
                return found[:1]
        return texts.filtered(lambda text: text.language_id.code == "de")[:1] or texts[:1]

    def _german(self):
        """The German text that stands beside one in another language; empty if this one is German."""
        self.ensure_one()
        if self.language_id.code == "de":
            return self.browse()
        return self.search(
            [("kind", "=", self.kind), ("state", "=", "in_force"), ("plain", "=", False), ("language_id.code", "=", "de")], limit=1
        )
