import logging

from odoo import models
from odoo.exceptions import AccessError

from .secrecy import is_confidential

_logger = logging.getLogger(__name__)


class IrRule(models.Model):
    """A refusal tells nothing about the case: no number, no company, no rule, in debug mode neither."""

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        if not is_confidential(self.env, records._name):
            return super()._make_access_error(operation, records)
        _logger.info("Access denied for operation: %s, uid: %s, model: %s", operation, self.env.uid, records._name)
        records.invalidate_recordset()  # the rules were evaluated as superuser
        return AccessError(self.env._("This belongs to a case that you may not open, or it does not exist."))
