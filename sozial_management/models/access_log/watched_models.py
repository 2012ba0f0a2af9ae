"""The places where rights and code live. One short class each, for they differ in one expression."""

from odoo import models

OURS = "sozial."
PERMISSIONS = {"perm_read", "perm_write", "perm_create", "perm_unlink"}
# With one of these an expression leaves the records that it was given.
LEAVING = (OURS, "sudo", "env", "with_user")


def _ours(names):
    return {name for name in names if name and name.startswith(OURS)}


def _leaves(*texts):
    """Whether one of these expressions could reach other records."""
    return any(word in str(text or "") for text in texts for word in LEAVING)


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
    """Every action with code, or with a value that is computed: code can name a model without writing its name."""

    _name = "ir.actions.server"
    _inherit = ["ir.actions.server", "sozial.access.watched"]
    _watched_as = "code"
    _watched_fields = frozenset({"code", "state", "model_id", "child_ids", "group_ids", "evaluation_type", "value"})

    def _watched_subjects(self):
        return {action.model_name for action in self if action._runs_code() or _ours([action.model_name])}

    def _runs_code(self):
        return self.state == "code" or (self.state == "object_write" and self.evaluation_type == "equation")


class IrCron(models.Model):
    """In whose name code runs by itself: in a social worker's name it reads that person's cases."""

    _name = "ir.cron"
    _inherit = ["ir.cron", "sozial.access.watched"]
    _watched_as = "code"
    _watched_fields = frozenset({"user_id"})

    def _watched_subjects(self):
        return {f"{self._name}: {cron.name}" for cron in self if cron.user_id.has_group("sozial_management.group_sozial_worker")}


class IrActionsReport(models.Model):
    """The file name of a paper is an expression, and whoever prints it reads the result."""

    _name = "ir.actions.report"
    _inherit = ["ir.actions.report", "sozial.access.watched"]
    _watched_as = "code"
    _watched_fields = frozenset({"print_report_name", "attachment", "model"})

    def _watched_subjects(self):
        return {report.report_name for report in self if _leaves(report.print_report_name, report.attachment)}


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


class MailRenderMixin(models.AbstractModel):
    """Templates of mails, and mails to many: their placeholders are code for whoever may write such."""

    _name = "mail.render.mixin"
    _inherit = ["mail.render.mixin", "sozial.access.watched"]
    _watched_as = "view"
    _watched_fields = frozenset(
        {"subject", "body", "body_html", "email_from", "email_to", "email_cc", "partner_to", "reply_to", "lang",
         "scheduled_date", "report_name"}
    )  # fmt: skip

    def _watched_subjects(self):
        return {f"{self._name}: {text['name']}" if "name" in text._fields else self._name for text in self if text._reaches_out()}

    def _reaches_out(self):
        """Whether a placeholder goes beyond the record of the mail, written by somebody who may write such.

        What a mail took over from its template is the template's.
        """
        if not self.env.user.has_group("mail.group_mail_template_editor"):
            return False
        texts = {str(self[name] or "") for name in self._watched_fields & self._fields.keys()}
        if "template_id" in self._fields:
            template = self.template_id
            texts -= {str(template[name] or "") for name in self._watched_fields & template._fields.keys()}
        return _leaves(*texts) and self._has_unsafe_expression()
