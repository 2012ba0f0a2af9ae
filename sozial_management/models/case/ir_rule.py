import logging

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import ormcache

from .ready_rules import rules_beside_case, with_ready_rules
from .secrecy import is_confidential

_logger = logging.getLogger(__name__)


class IrRule(models.Model):
    """A refusal tells nothing about the case: no number, no company, no rule, in debug mode neither."""

    _inherit = "ir.rule"

    @ormcache("self.env.uid", "self.env.su", "model_name", "mode", "tuple(self._compute_domain_context_values())")
    def _compute_domain(self, model_name, mode="read"):
        """With the predicate of secrecy compiled once."""
        domain = super()._compute_domain(model_name, mode)
        return with_ready_rules(self.env, self.env[model_name], domain) if is_confidential(self.env, model_name) else domain

    @ormcache("self.env.uid", "self.env.su", "model_name", "tuple(self._compute_domain_context_values())")
    def _rules_beside_case(self, model_name):
        """What the rules ask of a row beside that its case may be read: its company.

        :return: a condition, or None where they do not ask for the case or ask for more
        """
        return rules_beside_case(self.env, self.env[model_name], super()._compute_domain(model_name, "read"))

    def _make_access_error(self, operation, records):
        if not is_confidential(self.env, records._name):
            return super()._make_access_error(operation, records)
        _logger.info("Access denied for operation: %s, uid: %s, model: %s", operation, self.env.uid, records._name)
        records.invalidate_recordset()  # the rules were evaluated as superuser
        return AccessError(self.env._("This belongs to a case that you may not open, or it does not exist."))
