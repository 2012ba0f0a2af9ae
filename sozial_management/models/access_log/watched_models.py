"""The places where rights and code live. One short class each, for they differ in one expression."""

from odoo import models

OURS = "sozial."
PERMISSIONS = {"perm_read", "perm_write", "perm_create", "perm_unlink"}


def _ours(names):
    return {name for name in names if name and name.startswith(OURS)}


class IrRule(models.Model):
    _name = "ir.rule"
    _inherit = ["ir.rule", "sozial.access.watched"]
    _watched_as = "rule"
    _watched_fields = frozenset({"domain_force", "model_id", "groups", "active", *PERMISSIONS})

    def _watched_subjects(self):
        return _ours(self.model_id.mapped("model"))


class IrModelAccess(models.Model):
    _name = "ir.model.access"
    _inherit = ["ir.model.access", "sozial.access.watched"]
    _watched_as = "access"
    _watched_fields = frozenset({"group_id", "model_id", "active", *PERMISSIONS})

    def _watched_subjects(self):
        return _ours(self.model_id.mapped("model"))


class IrActionsServer(models.Model):
    """Every action with code: code can name a model without writing its name."""

    _name = "ir.actions.server"
    _inherit = ["ir.actions.server", "sozial.access.watched"]
    _watched_as = "code"
    _watched_fields = frozenset({"code", "state", "model_id", "child_ids", "group_ids"})

    def _watched_subjects(self):
        return {action.model_name for action in self if action.state == "code" or _ours([action.model_name])}


class IrModelFields(models.Model):
    """A field made by hand that computes: on any model it can show what belongs to a case."""

    _name = "ir.model.fields"
    _inherit = ["ir.model.fields", "sozial.access.watched"]
    _watched_as = "field"
    _watched_fields = frozenset({"compute", "related", "depends", "model_id"})

    def _watched_subjects(self):
        return {field.model for field in self if field.state == "manual" and (field.compute or field.related)}


class IrUiView(models.Model):
    """A page or printed paper whose template reaches for other records."""

    _name = "ir.ui.view"
    _inherit = ["ir.ui.view", "sozial.access.watched"]
    _watched_as = "view"
    _watched_fields = frozenset({"arch", "arch_base", "arch_db", "inherit_id", "active", "type"})

    def _watched_subjects(self):
        return {
            view.key or view.name
            for view in self
            if view.type == "qweb" and any(word in (view.arch_db or "") for word in (OURS, "sudo", "env["))
        }
