import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

DAYS = 30


class SozialReferral(models.Model):
    """A personal link: the tenant sees what was shared with whom, and may revoke."""

    _inherit = "sozial.referral"

    tenant_token = fields.Char(readonly=True, copy=False, index="btree_not_null")
    tenant_token_until = fields.Datetime("Link holds until", readonly=True, copy=False)
    tenant_url = fields.Char("Link for the tenant", compute="_compute_tenant_url")

    _tenant_token_unique = models.Constraint("UNIQUE (tenant_token)", "This address is taken.")

    @api.depends("tenant_token", "tenant_token_until")
    def _compute_tenant_url(self):
        now = fields.Datetime.now()
        for referral in self:
            holds = referral.tenant_token and referral.tenant_token_until > now
            referral.tenant_url = f"{referral.get_base_url()}/sozial/freigabe/{referral.tenant_token}" if holds else False

    def action_tenant_link(self):
        """Make a new link for the tenant, for 30 days; one that was made before holds no longer.

        :raise UserError: before anything was shared
        """
        self.check_access("write")
        for referral in self:
            if referral.state == "draft":
                raise UserError(self.env._("%s was not sent yet: there is nothing to show.", referral.number))
            referral._write_guarded(
                {"tenant_token": secrets.token_urlsafe(32), "tenant_token_until": fields.Datetime.now() + timedelta(days=DAYS)}
            )
        return True

    def _of_link(self, token):
        """The referral behind a link that holds now, as superuser: the token is the right to read it."""
        if not isinstance(token, str) or len(token) < 40:
            return self.browse()
        return self.sudo().search([("tenant_token", "=", token), ("tenant_token_until", ">", fields.Datetime.now())], limit=1)

    def _tenant_rows(self):
        """What the person of this referral shared in this case, for the page behind the link: what an organisation sees today first."""
        self.ensure_one()
        same = self.search(
            [("case_id", "=", self.case_id.id), ("subject_id", "=", self.subject_id.id), ("state", "!=", "draft")], limit=100
        )
        rows = [
            {
                "referral": one,
                "partner": one.partner_id.name,
                "sent_at": one.sent_at,
                "until": one.consent_id.valid_until,
                "is_open": bool(one.share_id.line_ids),
                "rows": [(line.label, line.value) for line in one.share_id.line_ids],
            }
            for one in same
        ]
        return sorted(rows, key=lambda row: not row["is_open"])

    def _tenant_revoke(self, referral_id):
        """Revoke the consent behind one of the shown referrals; everything that rests on it ends at once.

        :return: whether there was something to revoke
        """
        self.ensure_one()
        shown = [row["referral"] for row in self._tenant_rows()]
        consent = next((one.consent_id for one in shown if one.id == referral_id), self.env["sozial.consent"])
        if not consent or consent.revoked_at:
            return False
        consent.action_revoke()
        self.browse([one.id for one in shown if one.consent_id == consent])._tell_worker()
        return True
