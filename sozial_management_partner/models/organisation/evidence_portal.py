import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing import upload

MAX_DOCUMENTS = 100


class SozialEvidence(models.Model):
    """The evidence safe as the organisation sees it in the portal."""

    _name = "sozial.evidence"
    _inherit = ["sozial.evidence", "sozial.portal.readable"]

    _portal_fields = frozenset(
        {"id", "display_name", "name", "active", "partner_id", "company_id", "kind", "file", "file_name", "issued_on", "valid_until"}
    )

    @api.model
    def _portal_add(self, kind, name, data, valid_until=None):
        """Put a document into the safe of the current portal user's organisation.

        :param data: bytes of the file
        :param valid_until: a day as text, or empty
        :return: the document, with the user's own rights
        :raise UserError: names the field and says what to do
        """
        self.check_access("read")
        organisation = self.env.user.partner_id.commercial_partner_id.sudo()
        if not organisation.is_organisation:
            raise UserError(self.env._("Documents belong to partner organisations. Please register your organisation for a call first."))
        if kind not in dict(self._fields["kind"].selection):
            raise UserError(self.env._("“Kind of document”: please choose one."))
        try:
            taken = upload.check(name, data)
        except upload.Refused as refused:
            problem = self.env["sozial.submission"]._file_problem(refused.code, upload.clean_name(name) or self.env._("File"))
            raise UserError(problem) from refused
        try:
            day = fields.Date.to_date(valid_until or None)
        except ValueError as error:
            raise UserError(self.env._("“Valid until”: please enter a day, for example 31.12.2027.")) from error
        if self.search_count([], limit=MAX_DOCUMENTS) >= MAX_DOCUMENTS:
            raise UserError(self.env._("Your safe holds %s documents already. Please remove some first.", MAX_DOCUMENTS))
        values = {
            "partner_id": organisation.id,
            "company_id": self.env.company.id,
            "kind": kind,
            "file": base64.b64encode(data),
            "file_name": taken.name,
            "valid_until": day,
        }
        return self.sudo().create(values).sudo(False)

    def _portal_remove(self):
        """Take one's own document out of the safe; copies in submissions stay."""
        self.check_access("read")
        self.sudo().active = False
