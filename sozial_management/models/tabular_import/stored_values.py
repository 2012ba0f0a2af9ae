"""What the database holds, as flat values beside which a row of a file can be laid."""

from odoo.tools import SQL

from ...tabular import diff_part
from ...tabular.planning import is_same_person

TENANCY_FIELDS = ("date_start", "date_end", "rent_net", "rent_utilities", "rent_heating", "arrears", "arrears_date")
DWELLING_FIELDS = ("position", "floor", "rooms", "area")
ADDRESS_FIELDS = ("zip", "city", "street", "house_number")
BUILDING_FIELDS = ("quarter", "building_ref", "year_built")
PARTNER_FIELDS = ("name", "tenant_number", "member_number", "birth_date", "phone", "email")
_MODELS = ("sozial.tenancy", "sozial.dwelling", "sozial.building", "sozial.quarter", "res.partner")

_COLUMNS = SQL(
    """t.external_ref, t.id AS tenancy_id, t.dwelling_id, t.partner_id, d.building_id,
    t.date_start, t.date_end, t.rent_net, t.rent_utilities, t.rent_heating, t.arrears, t.arrears_date,
    d.number AS dwelling_number, d.position, d.floor, d.rooms, d.area,
    b.zip, b.city, b.street, b.house_number, b.external_ref AS building_ref, b.year_built, q.name AS quarter,
    p.name, p.tenant_number, p.member_number, p.birth_date, p.phone, p.email"""
)
_TABLES = SQL(
    """sozial_tenancy t
    JOIN sozial_dwelling d ON d.id = t.dwelling_id
    JOIN sozial_building b ON b.id = d.building_id
    LEFT JOIN sozial_quarter q ON q.id = b.quarter_id
    JOIN res_partner p ON p.id = t.partner_id"""
)


def load_tenancies(env, company, refs):
    """Tenancies of ``company`` by contract number, each a dict of all its flat values.

    One query whatever their number. Callers have checked the access to the import;
    company and keys are the whole filter.
    """
    _flush(env)
    rows = env.execute_query_dict(
        SQL(
            "SELECT %s FROM %s WHERE t.company_id = %s AND t.external_ref = ANY(%s)",
            _COLUMNS,
            _TABLES,
            company.id,
            list(refs),
        )
    )
    return {row["external_ref"]: row for row in rows}


def load_tenancies_of_dwellings(env, company, numbers):
    """Periods of the tenancies of these dwellings: dicts of reference, dwelling and dates.

    Two queries, each by one index: joined in one, PostgreSQL takes the index of the company
    for both as long as it has no statistics, and reads all tenancies for each dwelling.
    """
    if not numbers:
        return []
    _flush(env)
    dwellings = dict(
        env.execute_query(
            SQL("SELECT id, number FROM sozial_dwelling WHERE company_id = %s AND number = ANY(%s)", company.id, list(numbers))
        )
    )
    if not dwellings:
        return []
    rows = env.execute_query(
        SQL(
            """SELECT external_ref, dwelling_id, date_start, date_end FROM sozial_tenancy
            WHERE dwelling_id = ANY(%s) ORDER BY date_start, id""",
            list(dwellings),
        )
    )
    names = ("external_ref", "dwelling_number", "date_start", "date_end")
    return [dict(zip(names, (ref, dwellings[dwelling], start, end), strict=True)) for ref, dwelling, start, end in rows]


def load_occupants(env, company, refs):
    """Persons of the households by contract number: dicts of ids, role and flat values."""
    env["sozial.tenancy.occupant"].flush_model()
    _flush(env)
    households = {}
    for row in env.execute_query_dict(
        SQL(
            """SELECT t.external_ref, t.id AS tenancy_id, o.id AS occupant_id, o.partner_id, o.role,
                COALESCE(o.date_start, t.date_start) AS date_start, o.date_end, o.partner_id = t.partner_id AS is_tenant,
                p.name, p.tenant_number, p.member_number, p.birth_date, p.phone, p.email
            FROM sozial_tenancy_occupant o
            JOIN sozial_tenancy t ON t.id = o.tenancy_id
            JOIN res_partner p ON p.id = o.partner_id
            WHERE t.company_id = %s AND t.external_ref = ANY(%s) ORDER BY o.id""",
            company.id,
            list(refs),
        )
    ):
        households.setdefault(row["external_ref"], []).append(row)
    return households


def find_occupant(household, stated):
    """The member of a household whom a row means, or ``None``: by number, else by name."""
    number, name = stated.get("tenant_number"), (stated.get("name") or "").casefold()
    for occupant in household:
        if number and occupant["tenant_number"] == number:
            return occupant
    for occupant in household:
        has_other_number = number and occupant["tenant_number"]
        if name and (occupant["name"] or "").casefold() == name and not has_other_number:
            return occupant
    return None


def _flush(env):
    for model in _MODELS:
        env[model].flush_model()


def names_other_person(stored, stated):
    """Whether a row names another tenant than the stored one.

    A tenant number decides. Without one a name that shares no word with the stored name
    is somebody else: a contact is never renamed into another person.
    """
    stored_number, number = stored["tenant_number"], stated.get("tenant_number")
    if number and stored_number:
        return number != stored_number
    return not is_same_person(stored["name"], stated.get("name"))


def address_of(values):
    """The key of a building, or ``None`` if the values lack a part of it."""
    key = tuple(values.get(field) for field in ADDRESS_FIELDS)
    return key if all(key) else None


def tenancy_changes(stored, stated, file_date):
    """Changes of the tenancy itself. Arrears that change without a day count as of the file's day."""
    changes = diff_part(TENANCY_FIELDS, stated, stored)
    if "arrears" in changes and not (stated.get("arrears_date") or stored["arrears_date"] == file_date):
        changes["arrears_date"] = file_date
    return changes


def all_changes(stored, stated, owns, file_date):
    """Everything a row would change beside a stored tenancy, by field, for comparing and telling.

    :param owns: which shared records this row may describe ("dwelling", "building", "partner")
    """
    changes = tenancy_changes(stored, stated, file_date)
    number = stated.get("dwelling_number")
    moves = bool(number) and number != stored["dwelling_number"]
    if moves:
        changes["dwelling_number"] = number
    else:
        if "dwelling" in owns:
            changes.update(diff_part(DWELLING_FIELDS, stated, stored))
            if address_of(stated):
                changes.update(diff_part(ADDRESS_FIELDS, stated, stored))
        if "building" in owns and address_of(stated) == address_of(stored):
            changes.update(diff_part(BUILDING_FIELDS, stated, stored))
    if names_other_person(stored, stated):
        changes["name"] = stated.get("name") or stated.get("tenant_number")
    elif "partner" in owns:
        changes.update(diff_part(PARTNER_FIELDS, stated, stored))
    return changes
