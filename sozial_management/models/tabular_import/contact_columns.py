"""Computed columns of new contacts, known before they are inserted.

Odoo inserts a contact, computes these columns one by one and updates the row with them:
two fifths of the time a contact takes. For a person without parent, country and user they
follow from the values alone. Each is given only while none but the known addons say how it
is computed; a test compares them with what Odoo computes.
"""

from odoo.tools import email_normalize

from .create_many import has_foreign_create, next_ids

_KNOWN = (
    "odoo.addons.base.models.",
    "odoo.addons.mail.models.",
    "odoo.addons.phone_validation.models.",
    "odoo.addons.sozial_management.",
)
# what decides about the column, and its value from what is known
_COLUMNS = {
    "complete_name": (
        ("_compute_complete_name", "_get_complete_name"),
        lambda model, vals: vals["name"].strip(),
    ),
    "email_normalized": (
        ("_compute_email_normalized",),
        lambda model, vals: email_normalize(vals.get("email"), strict=False),
    ),
    "phone_sanitized": (
        ("_compute_phone_sanitized", "_phone_format", "_phone_get_number_fields", "_phone_get_country"),
        lambda model, vals: model._phone_format(number=vals.get("phone")) if vals.get("phone") else False,
    ),
    "company_registry": (("_compute_company_registry",), lambda model, vals: None),
    "commercial_company_name": (("_compute_commercial_company_name",), lambda model, vals: None),
    "user_id": (("_compute_user_id",), lambda model, vals: None),
    "partner_share": (("_compute_partner_share",), lambda model, vals: True),
    "commercial_partner_id": (("_compute_commercial_partner",), lambda model, vals: vals["id"]),
}
# with one of these set by default, a contact is no longer just a person
_CHANGES_ALL = ("parent_id", "is_company", "country_id", "company_name", "user_id")


def with_computed_columns(model, vals_list):
    """The values of new contacts, completed by their id and computed columns."""
    if has_foreign_create(model) or any(model.default_get(list(_CHANGES_ALL)).values()):
        return vals_list
    known = {
        field: value
        for field, (methods, value) in _COLUMNS.items()
        if field in model._fields and not any(_is_foreign(model, method) for method in methods)
    }
    completed = []
    for number, vals in zip(next_ids(model, len(vals_list)), vals_list, strict=True):
        vals = {**vals, "id": number}
        completed.append({**vals, **{field: value(model, vals) for field, value in known.items()}})
    return completed


def _is_foreign(model, method):
    return any(method in vars(cls) and not cls.__module__.startswith(_KNOWN) for cls in type(model).__mro__)
