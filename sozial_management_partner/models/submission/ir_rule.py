import logging

from odoo import models
from odoo.exceptions import AccessError

from .sealed import is_sealed

_logger = logging.getLogger(__name__)


class IrRule(models.Model):
    """A refusal tells nothing about a sealed submission: not its number, not its company, in debug mode neither."""

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        if not is_sealed(self.env, records._name):
            return super()._make_access_error(operation, records)
        _logger.info("Access denied for operation: %s, uid: %s, model: %s", operation, self.env.uid, records._name)
        records.invalidate_recordset()  # the rules were evaluated as superuser
        return AccessError(self.env._("This is sealed until the submissions are opened, or it does not exist."))
