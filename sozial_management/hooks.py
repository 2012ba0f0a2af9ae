"""Installation and removal of the addon in a company's own database."""

from odoo.tools import SQL


def post_init_hook(env):
    """Give every active system administrator the configuration role, once.

    Nothing is implied: administrators who come later, and every other role, are
    chosen by people on the start page. Configuration never includes sight of a case.
    """
    administrators = env.ref("base.group_system").all_user_ids.filtered(
        lambda user: user.active and not user.share and user.id != env.ref("base.user_root").id
    )
    env.ref("sozial_management.group_sozial_config").user_ids |= administrators
    _name_demo_tasks(env)
    _publish_demo_figures(env)


def _name_demo_tasks(env):
    """Steps and deadlines of the demo keep the words of their template, and are made before the translations are loaded."""
    user = env.ref("sozial_management.demo_user_worker", raise_if_not_found=False)
    if not user:
        return
    for model, source in (("sozial.case.step", "template_id"), ("sozial.deadline", "rule_id")):
        template = env[model]._fields[source].comodel_name
        # past the ORM: a step that is done stays as it is
        env.cr.execute(
            SQL(
                "UPDATE %s AS task SET name = COALESCE(template.name->>%s, task.name) FROM %s AS template WHERE template.id = task.%s",
                SQL.identifier(env[model]._table), user.lang, SQL.identifier(env[template]._table), SQL.identifier(source),
            )
        )  # fmt: skip
        env[model].invalidate_model(["name"])


def _publish_demo_figures(env):
    """Tables of the demo. A published table keeps the words it was published with, so this waits for the translations."""
    user = env.ref("sozial_management.demo_user_report", raise_if_not_found=False)
    if not user:
        return
    releases = env["sozial.figure.release"].with_user(user).with_context(lang=user.lang, allowed_company_ids=user.company_ids.ids)
    year = releases._latest_year()
    for measure, rows, columns in (("opened", "type_id", ""), ("contacts", "period", "medium"), ("closed", "outcome", "")):
        releases._publish("sozial.case.fact", measure, rows, columns, year, "")
    releases._publish("sozial.benefit.fact", "month", "period", "benefit_id", year, "")
    releases._publish("sozial.mediation.fact", "ended", "outcome", "", year, "")
    env["sozial.quarter.overview"].with_user(user).with_context(releases.env.context).create({}).action_publish()


def uninstall_hook(env):
    """Remove what Odoo's own clean-up leaves behind: rows of other models that point at ours.

    Odoo drops our tables, columns, views and rights itself. Appointments of cases go too:
    without their case nothing would keep them private any more.
    """
    # Else the log, which refuses every deletion, would stop its own removal.
    env.cr.execute("DROP FUNCTION IF EXISTS sozial_access_log_guard() CASCADE")
    empty_tables(env, "sozial_management")
    ours = [("res_model", "=like", "sozial.%")]
    env["calendar.event"].sudo().with_context(active_test=False).search(ours, limit=None).unlink()
    env["mail.activity"].sudo().with_context(active_test=False).search(ours, limit=None).unlink()
    env["mail.message"].sudo().search([("model", "=like", "sozial.%")], limit=None).unlink()
    env["mail.followers"].sudo().search(ours, limit=None).unlink()
    env["ir.attachment"].sudo().search([*ours, ("res_field", "in", (False, *_attachment_fields(env)))]).unlink()
    env["ir.sequence"].sudo().search([("code", "=like", "sozial.%")], limit=None).unlink()
    env["ir.config_parameter"].sudo().search([("key", "=like", "sozial_management.%")], limit=None).unlink()


def empty_tables(env, module):
    """Empty every table that `module` brought, in whatever order they hold each other.

    Odoo removes records one by one and would begin with what others still refer to. The tables are
    dropped right after, so what would refuse (`ON DELETE RESTRICT`) may be let go of first.
    """
    tables = sorted(
        {model._table for model in env.registry.values() if model._original_module == module and model._auto and not model._abstract}
    )
    env.cr.execute(
        SQL(
            "SELECT holding.relname, hold.conname FROM pg_constraint AS hold"
            " JOIN pg_class AS holding ON holding.oid = hold.conrelid JOIN pg_class AS held ON held.oid = hold.confrelid"
            " WHERE hold.contype = 'f' AND hold.confdeltype IN ('a', 'r')"
            " AND (holding.relname = ANY(%(ours)s) OR held.relname = ANY(%(ours)s))",
            ours=tables,
        )
    )
    for table, constraint in env.cr.fetchall():
        env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL.identifier(table), SQL.identifier(constraint)))
    for table in tables:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))


def _attachment_fields(env):
    """Names of our fields whose content lies in the attachment table."""
    return {
        field.name
        for name, model in env.registry.items()
        if name.startswith("sozial.")
        for field in model._fields.values()
        if getattr(field, "attachment", False)
    }
