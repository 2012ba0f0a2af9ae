import base64
import binascii
import hmac
import io
from datetime import timedelta

import qrcode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import hash_sign, verify_hash_signed

from .groups import AGE_GROUPS, ROLES
from .session import NOT_HELD

SCOPE = "sozial-tally"
# after the end there is time to count those who are still putting the chairs away
AFTER = timedelta(hours=3)


class SozialActivitySheet(models.Model):
    """The tally (Strichliste) by a link for a helper without a login: one session, until shortly after its end."""

    _inherit = "sozial.activity.sheet"

    tally_url = fields.Char("Address of the tally", compute="_compute_tally_url", compute_sudo=True)

    @api.depends("tally_nonce", "tally_until")
    def _compute_tally_url(self):
        now = fields.Datetime.now()
        for sheet in self:
            good = sheet.id and sheet.tally_nonce and sheet.tally_until and sheet.tally_until > now
            sheet.tally_url = good and f"{sheet.get_base_url()}/sozial/strichliste/{sheet._tally_token()}"

    def _tally_token(self):
        left = self.tally_until - fields.Datetime.now()
        return hash_sign(self.env, SCOPE, [self.id, self.tally_nonce], expiration=left)

    @api.model
    def _by_tally_token(self, token):
        """The sheet behind a link, else nothing; superuser record, because the signature is the proof."""
        try:
            found = verify_hash_signed(self.sudo().env, SCOPE, token or "")
            sheet_id, nonce = found or (0, "")
        except (ValueError, TypeError, binascii.Error, IndexError):
            return self.browse()
        sheet = self.sudo().browse(sheet_id).exists()
        good = sheet and sheet.tally_until and sheet.tally_until > fields.Datetime.now() and sheet.session_id.state not in NOT_HELD
        if good and hmac.compare_digest((sheet.tally_nonce or "").encode(), str(nonce).encode()):
            return sheet
        return self.browse()

    def _tally_add(self, role, group, step):
        """One person more or one fewer. Entries are only added: several helpers do not wait for each other.

        :param step: 1 or -1; fewer than none is not entered
        :raise UserError: for anything else, and when the session is counted no longer
        """
        self.ensure_one()
        if role not in dict(ROLES) or group not in dict(AGE_GROUPS) or step not in (1, -1):
            raise UserError(self.env._("This cannot be counted. Load the page again."))
        count = self.env["sozial.activity.count"]
        if step < 0 and not count._cells(self.session_id).get((self.session_id.id, role, group)):
            return
        count.create({"session_id": self.session_id.id, "role": role, "age_group": group, "number": step, "source": "tally"})

    def _tally_numbers(self):
        """Rows of the page: role and age group with labels and the number so far."""
        cells = self.env["sozial.activity.count"]._cells(self.session_id)
        labels = self.env["sozial.activity.count"]._fields
        groups = labels["age_group"]._description_selection(self.env)
        return [
            {
                "label": label,
                "cells": [
                    {"key": f"{role}-{group}", "label": words, "number": cells.get((self.session_id.id, role, group), 0)}
                    for group, words in groups
                ],
            }
            for role, label in labels["role"]._description_selection(self.env)
        ]


class SozialActivitySession(models.Model):
    _inherit = "sozial.activity.session"

    def action_tally_link(self):
        """A new link for helpers without a login; a former one is good no longer.

        :return: dict with the address and a picture of its QR code
        """
        self.ensure_one()
        self.check_access("read")
        self._require_tally()
        sheet = self.env["sozial.activity.sheet"]._of(self)
        sheet._new_nonce()
        sheet.sudo().tally_until = self.stop + AFTER
        return {
            "url": sheet.tally_url,
            "until": fields.Datetime.to_string(sheet.tally_until),
            "qr": "data:image/png;base64," + self._qr_picture(sheet.tally_url),
        }

    def _require_tally(self):
        self.env["sozial.activity.quarter"]._require_open(self)
        if self.state in NOT_HELD or self.stop + AFTER <= fields.Datetime.now():
            raise UserError(self.env._("%s is over or does not take place. Enter the numbers on the sheet.", self.display_name))

    def _qr_picture(self, text):
        out = io.BytesIO()
        qrcode.make(text, box_size=6, border=2).save(out)
        return base64.b64encode(out.getvalue()).decode()
