"""Creating thousands of alike records through the ORM, without asking it the same thousands of times.

`create()` asks for the defaults, builds a virtual record for the precomputed fields and
checks the companies of every single record: two thirds of its time. Here defaults are asked
once, and `_create()`, the part of the ORM behind `create()`, does the rest for all records
together: insert, cache, computed fields, constraints.
"""

from contextlib import contextmanager

from odoo.tools import SQL

# create() of these does nothing for a contact without parent and followers, or is done by the writer
_KNOWN_CREATES = (
    "odoo.orm.models",
    "odoo.addons.base.models.res_partner",
    "odoo.addons.base.models.properties_base_definition_mixin",
    "odoo.addons.mail.models.mail_thread",
    "odoo.addons.sozial_management.",
    "odoo.addons.sozial_management_partner.",  # looks at fields of organisations only
)


def create_many(model, vals_list):
    """Records of ``model`` with these values, in their order.

    The caller sees to it that linked records are of the same company, and gives columns only.
    Where an addon has a `create()` of its own, that one is called.
    """
    if not vals_list:
        return model.browse()
    if has_foreign_create(model):
        readonly = {name for name, field in model._fields.items() if name == "id" or (field.compute and field.readonly)}
        return model.create([{k: v for k, v in vals.items() if k not in readonly} for vals in vals_list])
    defaults = _column_defaults(model)
    protected = _protected(model, {name for vals in vals_list for name in vals})
    names = {name for vals in (defaults, *vals_list) for name, value in vals.items() if value is not None}
    stored_list = [{**defaults, **vals} for vals in vals_list]
    with _amount_environments(model):
        return model._create(
            [
                {
                    "stored": {name: value for name, value in stored.items() if name in names},
                    "inversed": {},
                    "inherited": {},
                    "protected": protected,
                }
                for stored in stored_list
            ]
        )


@contextmanager
def _amount_environments(model):
    """Keep the environments in which every single amount looks up its currency.

    An environment lives while somebody holds it. Nobody does between two amounts, so
    Odoo would build a new one for each.
    """
    held = [model.sudo().with_context(prefetch_fields=False, **key) for key in ({}, {"bin_size": False})]
    yield
    del held


def has_foreign_create(model):
    """Whether an addon we do not know does something of its own when a record is created."""
    return any("create" in vars(cls) and not cls.__module__.startswith(_KNOWN_CREATES) for cls in type(model).__mro__)


def next_ids(model, number):
    """Ids for ``number`` new records, from the sequence that would give them anyway.

    Contacts refer to themselves as their own commercial entity: with the id known, they
    are written once instead of inserted and then updated.
    """
    rows = model.env.execute_query(
        SQL("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", model._table, number)
    )
    return [row[0] for row in rows]


def _column_defaults(model):
    """Defaults of the stored columns, and who creates when."""
    names = [
        name
        for name, field in model._fields.items()
        if field.store and field.column_type and not (field.compute and (field.readonly or field.type == "properties"))
    ]
    defaults = model.default_get(names)
    now = model.env.cr.now()
    log = {"create_uid": model.env.uid, "create_date": now, "write_uid": model.env.uid, "write_date": now}
    return {**defaults, **log}


def _protected(model, names):
    """Fields that are not computed: those that are given, and images in other sizes of no image."""
    fields = [model._fields[name] for name in names]
    fields += [field for field in model._fields.values() if field.store and field.type in ("binary", "image")]
    return {other for field in fields if field.compute for other in model.pool.field_computed.get(field, [field])}
