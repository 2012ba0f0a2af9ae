"""The predicate of secrecy as one ready piece of SQL.

The record rules say it in XML, and the ORM would compile them anew for each query; when the form of a case
reads its lists, that took more time than the database. What the rules say of grants and conflicts of
interest is recognised as a whole and replaced by the same condition, made once. A rule that says anything
else stays with the ORM, and where a rule is taken away nothing is recognised.
"""

from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.orm.domains import DomainCustom
from odoo.tools import SQL

SECOND = timedelta(seconds=1)


class ReadyRule(DomainCustom):
    """A condition of ours that can be printed: Odoo's own calls itself without end there."""

    __slots__ = ()

    def __repr__(self):
        return "<rules of the case>"


def with_ready_rules(env, model, domain):
    """The same condition, with what is the predicate of secrecy compiled.

    :param env: environment of the user whose rules these are
    :param model: empty recordset of the model of the rules
    :param Domain domain: all rules of the model together, optimised
    """
    known = _known_parts(env, model)
    return Domain.AND(next((ready for said, ready in known if said == part), part) for part in _parts(domain))


def rules_beside_case(env, model, domain):
    """What is left of the rules of a model below cases, if nothing is but the company; else None."""
    parts, known = _parts(domain), [said for said, _ready in _known_parts(env, model)]
    rest = Domain.AND(part for part in parts if part not in known)
    plain = all((one.field_expr, one.operator) == ("company_id", "in") for one in rest.iter_conditions())
    return rest if plain and known and known[0] in parts else None


def _parts(domain):
    return domain.children if getattr(domain, "OPERATOR", "") == "&" else (domain,)


def _known_parts(env, model):
    """What is recognised: pairs of a condition as the ORM has it, and the same as SQL."""
    mine = Domain("user_id", "=", env.uid)
    granted = Domain("access_ids", "any", mine & env["sozial.case"]._valid_grant_domain()), _granted(env)
    free = Domain("lockout_ids", "not any", mine & Domain("lifted_at", "=", False)), _free(env)
    if model._name == "sozial.case":
        return [_compiled(model, "id", said, [test]) for said, test in (granted, free)]
    field = model._fields.get("case_id")
    if not field or field.comodel_name != "sozial.case":
        return []
    return [_compiled(model, "case_id", Domain("case_id", "any", granted[0] & free[0]), [granted[1], free[1]])]


def _compiled(model, path, said, tests):
    """What the rules say, and the same with `tests` of the case that `path` names as its SQL.

    One record is looked at in Python, as the ORM does it: its grants are in the cache then.
    """
    said = said.optimize(model)

    def to_sql(model, alias, query):
        case = model._field_to_sql(alias, path, query)
        return SQL("(%s)", SQL(" AND ").join(test(case) for test in tests))

    return said, ReadyRule(to_sql, lambda record: bool(record.filtered_domain(said)))


def _granted(env):
    """Who has a grant on the case that holds now. Times are compared by the second, as the ORM does."""
    grants, uid = env["sozial.case.access"]._fields, env.uid
    used = [grants[name] for name in ("case_id", "user_id", "revoked_at", "valid_from", "valid_until")]

    def granted(case):
        soon = fields.Datetime.now() + SECOND
        return SQL(
            "EXISTS (SELECT FROM sozial_case_access AS held WHERE held.case_id = %s AND held.user_id = %s AND held.revoked_at IS NULL"
            " AND held.valid_from < %s AND (held.valid_until IS NULL OR held.valid_until >= %s))",
            case, uid, soon, soon, to_flush=used,
        )  # fmt: skip

    return granted


def _free(env):
    """Who is not shut out of the case by a conflict of interest."""
    lockouts, uid = env["sozial.case.lockout"]._fields, env.uid
    used = [lockouts[name] for name in ("case_id", "user_id", "lifted_at")]

    def free(case):
        return SQL(
            "NOT EXISTS (SELECT FROM sozial_case_lockout AS held WHERE held.case_id = %s AND held.user_id = %s AND held.lifted_at IS NULL)",
            case, uid, to_flush=used,
        )  # fmt: skip

    return free
