import base64
import hashlib
import json
import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)
BATCH = 20


class SozialCallVersion(models.Model):
    """A published version of a call: its whole content, frozen."""

    _name = "sozial.call.version"
    _description = "Version of a call"
    _inherit = ["sozial.portal.readable"]
    _order = "call_id, number desc"
    _check_company_auto = True

    _portal_fields = frozenset(
        {"id", "display_name", "number", "call_id", "company_id", "content", "difference", "reason", "is_material", "published_at"}
    )

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    number = fields.Integer("Version", required=True)
    content = fields.Json(required=True)
    sha256 = fields.Char("Hash (SHA-256)", required=True, help="Hash of the content: shows that nothing was changed afterwards.")
    difference = fields.Json(help="What has changed since the version before.")
    reason = fields.Text()
    is_material = fields.Boolean(
        "Material change", help="Touches what submissions answer to: they have to be confirmed again."
    )
    published_at = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", "Published by", required=True)
    notice = fields.Binary("Notice (PDF)", attachment=True, readonly=True, help="As it was published with this version.")
    notice_name = fields.Char(compute="_compute_display_name")

    _number_unique = models.Constraint("UNIQUE (call_id, number)", "This version exists already.")

    @api.depends("number", "call_id.number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._("Version %s", version.number)
            version.notice_name = f"{version.call_id.number}-{version.number}.pdf"

    def write(self, vals):
        """Refused: a version says what was published."""
        raise UserError(self.env._("A published version does not change. Publish a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A published version is not deleted."))

    @api.model
    def _hash(self, content):
        """SHA-256 of a content, the same whatever the order of its keys."""
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    def _print_notice(self):
        """Print the notice once and keep it: visitors get the file, nothing is printed for them.

        A publication does not fail because the PDF tool does: the cron tries again.
        """
        for version in self.filtered(lambda one: not one.sudo().with_context(bin_size=True).notice):
            report = self.env["ir.actions.report"].sudo().with_context(lang=version.call_id._german().env.lang)
            try:
                pdf, _kind = report._render_qweb_pdf("sozial_management_partner.report_call_notice", version.call_id.ids)
            except UserError as error:
                _logger.warning("The notice of call %s could not be printed: %s", version.call_id.number, error)
                continue
            super(SozialCallVersion, version.sudo()).write({"notice": base64.b64encode(pdf)})

    @api.model
    def _cron_print(self):
        """Print notices in force that are missing."""
        missing = self.env["sozial.call"].sudo().search(
            [("current_version_id.notice", "=", False), ("current_version_id", "!=", False)], limit=BATCH
        )
        missing.current_version_id._print_notice()

    def _is_intact(self):
        """Whether the stored content still has the hash that was stored with it."""
        self.ensure_one()
        return self._hash(self.content) == self.sha256


class SozialCall(models.Model):
    """The versions of a call."""

    _inherit = "sozial.call"

    def _content(self):
        """The whole published content, as JSON."""
        self.ensure_one()
        call = self.sudo()
        stamp = fields.Datetime.to_string
        return {
            "number": call.number,
            "name": call.name,
            "summary": call.summary or "",
            "company": call.company_id.name,
            "procedure": call.procedure,
            "access": call.access,
            "tz": call.tz,
            "questions_until": stamp(call.questions_until) or None,
            "deadline": stamp(call.deadline) or None,
            "standstill_days": call.standstill_days,
            "tie_rule": call.tie_rule,
            "cooperation": {"from": fields.Date.to_string(call.date_from) or None, "until": fields.Date.to_string(call.date_until) or None},
            "evidence": call._required_evidence_kinds(),
            "contact": {"name": call.contact_name or "", "phone": call.contact_phone or "", "email": call.contact_email or ""},
            "lots": [
                {
                    "key": str(lot.id),
                    "name": lot.name,
                    "quarter": lot.quarter_id.name or "",
                    "description": lot.description or "",
                    "capacity": lot.capacity or "",
                }
                for lot in call.lot_ids
            ],
            "criteria": [
                {
                    "key": str(criterion.id),
                    "lot": str(criterion.lot_id.id) if criterion.lot_id else None,
                    "kind": criterion.kind,
                    "name": criterion.name,
                    "description": criterion.description or "",
                    "weight": criterion.weight,
                    "minimum": criterion.minimum,
                    "levels": [criterion[f"anchor_{level}"] or "" for level in range(6)] if criterion.kind == "award" else [],
                }
                for criterion in call.criterion_ids
            ],
            "sections": [
                {"key": str(section.number), "name": section.name, "text": str(section.text or "")} for section in call.section_ids
            ],
        }

    def _content_to_print(self):
        """What stands in the notice on paper: the version in force, else the draft; texts as markup."""
        self.ensure_one()
        self.check_access("read")
        content = self.sudo().current_version_id.content or self._content()
        return {**content, "sections": [{**one, "text": Markup(one["text"])} for one in content["sections"]]}

    def _freeze_version(self, reason=None, is_material=False, difference=None):
        """Store what is published now as the next version and put it into force.

        :return: the version
        """
        self.ensure_one()
        content = self._content()
        versions = self.env["sozial.call.version"].sudo()
        last = versions.search([("call_id", "=", self.id)], order="number desc", limit=1)
        version = versions.create(
            {
                "call_id": self.id,
                "number": last.number + 1,
                "content": content,
                "sha256": versions._hash(content),
                "difference": difference,
                "reason": reason,
                "is_material": is_material,
                "published_at": self._stored(self._now()),
                "user_id": self.env.uid,
            }
        )
        self._write_guarded({"current_version_id": version.id})
        version._print_notice()
        return version.sudo(False)
