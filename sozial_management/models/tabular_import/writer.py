"""Second pass: write rows that were found new or changed, through the ORM, all or nothing."""

import logging
from collections import defaultdict

import psycopg2

from odoo.exceptions import UserError

from ...tabular import Problem, diff_part
from ..stock.dwelling import dwelling_name
from ..tenancy.tenancy import RENT_PARTS, gross_rent, months_of_rent
from .contact_columns import with_computed_columns
from .create_many import create_many
from .overlaps import overlap_problem, refused_intervals, wanted_interval
from .stored_values import (
    ADDRESS_FIELDS,
    DWELLING_FIELDS,
    PARTNER_FIELDS,
    TENANCY_FIELDS,
    address_of,
    find_occupant,
    load_occupants,
    load_tenancies,
    names_other_person,
    tenancy_changes,
)

_logger = logging.getLogger(__name__)

# The list of changes is the report; a message per field in 60,000 chatters would tell nobody anything.
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "active_test": False}
# serialisation failures, deadlocks, a lost connection: nothing is wrong with the row
_RETRIED = psycopg2.OperationalError


class Entry:
    """A staged row on its way into the database."""

    __slots__ = ("blocked_by", "group", "owns", "problem", "ref", "result", "row_number", "stated")

    def __init__(self, row_number, ref, result, stated, owns, group):
        self.row_number = row_number
        self.ref = ref
        self.result = result
        self.stated = stated
        self.owns = owns
        self.group = group
        self.problem = None
        self.blocked_by = None


class Writer:
    """Writes entries of one company.

    A tenancy that ends and the one that follows, or tenancies that swap dwellings, are
    in one group and are written in one go while the exclusion constraint waits: their
    order does not matter. What contradicts is refused beforehand, with its reason.
    """

    def __init__(self, env, company, describer, file_date):
        self.env = env(context={**env.context, **QUIET, "allowed_company_ids": [company.id]})
        self.company = company
        self.describer = describer
        self.file_date = file_date

    def apply(self, entries):
        """Write what can be written. Refused entries get ``problem`` (a sentence)."""
        stored = load_tenancies(self.env, self.company, {entry.ref for entry in entries})
        good = self._refuse_impossible(entries, stored)
        self._write_or_split(good, stored)

    # refusing

    def _refuse_impossible(self, entries, stored):
        rows = [entry for entry in entries if entry.result != "person"]
        numbers = {entry.stated["dwelling_number"] for entry in rows if entry.stated.get("dwelling_number")}
        known = self._dwellings(numbers)
        for entry in rows:
            number = entry.stated.get("dwelling_number")
            if number and number not in known and not address_of(entry.stated):
                problem = Problem(entry.row_number, "dwelling_number", "dwelling_unknown", number)
                entry.problem = self.describer.problem(problem)
        self._refuse_overlaps(rows, stored)
        refused_new = {e.ref for e in entries if e.problem and e.result != "person" and e.ref not in stored}
        for entry in entries:
            if entry.result == "person" and entry.ref in refused_new and not entry.problem:
                reason = next(e for e in entries if e.ref == entry.ref and e.problem)
                entry.problem, entry.blocked_by = reason.problem, reason.blocked_by
        return [entry for entry in entries if not entry.problem]

    def _refuse_overlaps(self, rows, stored):
        """Refuse rows whose tenancy would run beside another one of the same dwelling."""
        by_ref = {entry.ref: entry for entry in rows if not entry.problem}
        wanted = [wanted_interval(entry.ref, entry.stated, stored.get(entry.ref)) for entry in by_ref.values()]
        left = {ref: tenancy["dwelling_number"] for ref, tenancy in stored.items()}
        for ref, (interval, blocker) in refused_intervals(self.env, self.company, wanted, left).items():
            entry = by_ref[ref]
            entry.problem = self.describer.problem(overlap_problem(entry.row_number, interval, blocker))
            entry.blocked_by = blocker.key

    # writing

    def _write_or_split(self, entries, stored):
        if not entries:
            return
        try:
            with self.env.cr.savepoint():
                self._write(entries, stored)
        except _RETRIED:
            raise  # the job starts again after its last batch
        except Exception as error:  # noqa: BLE001 whatever it is, only its row is refused, with the reason
            if len(entries) == 1:
                entries[0].problem = self._reason(error)
            else:
                for half in _halves(entries):
                    self._write_or_split(half, stored)

    def _reason(self, error):
        if isinstance(error, UserError):
            return str(error)
        if isinstance(error, psycopg2.Error):
            model = next(
                (m for m in self._written_models() if error.diag.table_name == m._table), self.env["sozial.tenancy"]
            )
            return model._sql_error_to_message(error)
        _logger.exception("A row of an import could not be written")
        return self.env._("The row could not be written. The server's log tells why.")

    def _written_models(self):
        names = ("sozial.tenancy", "sozial.tenancy.occupant", "sozial.dwelling", "sozial.building", "res.partner")
        return [self.env[name] for name in names]

    def _write(self, entries, stored):
        cr = self.env.cr
        cr.execute("SET CONSTRAINTS sozial_tenancy_one_at_a_time DEFERRED")
        stored = {entry.ref: stored[entry.ref] for entry in entries if entry.ref in stored}
        rows = [entry for entry in entries if entry.result != "person"]
        buildings = self._write_buildings(rows)
        dwellings = self._write_dwellings(rows, buildings)
        partners = self._write_partners(rows, stored)
        self._write_tenancies(rows, stored, dwellings, partners)
        self._write_persons(entries)
        self.env.flush_all()
        cr.execute("SET CONSTRAINTS sozial_tenancy_one_at_a_time IMMEDIATE")

    def _quarters(self, names):
        quarters = self.env["sozial.quarter"]
        found = {
            q.name: q.id
            for q in quarters.search_fetch(
                [("company_id", "=", self.company.id), ("name", "in", list(names))], ["name"]
            )
        }
        missing = sorted(names - set(found))
        created = quarters.create([{"name": name, "company_id": self.company.id} for name in missing])
        return found | dict(zip(missing, created.ids, strict=True))

    def _write_buildings(self, entries):
        """Buildings by address, created where missing, changed where a row may describe them."""
        wanted = {}
        for entry in entries:
            address = address_of(entry.stated)
            if address and ("building" in entry.owns or address not in wanted):
                wanted[address] = entry
        if not wanted:
            return {}
        model = self.env["sozial.building"]
        domain = [("company_id", "=", self.company.id)]
        domain += [(f, "in", list({address[i] for address in wanted})) for i, f in enumerate(ADDRESS_FIELDS)]
        names = [*ADDRESS_FIELDS, "quarter_id", "external_ref", "year_built"]
        found = {tuple(b[f] for f in ADDRESS_FIELDS): b for b in model.search_fetch(domain, names)}
        quarters = self._quarters({e.stated["quarter"] for e in wanted.values() if e.stated.get("quarter")})
        to_create = {}
        for address, entry in wanted.items():
            vals = self._building_vals(entry.stated, quarters)
            building = found.get(address)
            if building is None:
                to_create[address] = {
                    **dict(zip(ADDRESS_FIELDS, address, strict=True)),
                    **vals,
                    "company_id": self.company.id,
                }
            elif "building" in entry.owns:
                before = {
                    "quarter_id": building.quarter_id.id,
                    "external_ref": building.external_ref,
                    "year_built": building.year_built,
                }
                changes = diff_part(list(vals), vals, before)
                if changes:
                    building.write(changes)
        created = model.create(list(to_create.values()))
        return found | dict(zip(to_create, created, strict=True))

    @staticmethod
    def _building_vals(stated, quarters):
        vals = {
            "quarter_id": quarters.get(stated.get("quarter")),
            "external_ref": stated.get("building_ref"),
            "year_built": stated.get("year_built"),
        }
        return {field: value for field, value in vals.items() if value}

    def _dwellings(self, numbers):
        domain = [("company_id", "=", self.company.id), ("number", "in", list(numbers))]
        found = self.env["sozial.dwelling"].search_fetch(domain, ["number", "building_id", *DWELLING_FIELDS])
        return {dwelling.number: dwelling for dwelling in found}

    def _write_dwellings(self, entries, buildings):
        wanted = {}
        for entry in entries:
            number = entry.stated.get("dwelling_number")
            if number and ("dwelling" in entry.owns or number not in wanted):
                wanted[number] = entry
        found = self._dwellings(wanted)
        to_create = {}
        for number, entry in wanted.items():
            vals = {field: entry.stated[field] for field in DWELLING_FIELDS if field in entry.stated}
            building = buildings.get(address_of(entry.stated))
            if building is not None:
                vals["building_id"] = building.id
            dwelling = found.get(number)
            if dwelling is None:
                to_create[number] = {
                    **vals,
                    "number": number,
                    "name": dwelling_name(building.name, vals.get("position"), number),
                    "company_id": self.company.id,
                    "quarter_id": building.quarter_id.id,
                }
            elif "dwelling" in entry.owns:
                before = {field: dwelling[field] for field in DWELLING_FIELDS}
                before["building_id"] = dwelling.building_id.id
                changes = diff_part(list(vals), vals, before)
                if changes:
                    dwelling.write(changes)
        created = create_many(self.env["sozial.dwelling"], list(to_create.values()))
        return found | dict(zip(to_create, created, strict=True))

    def _write_partners(self, entries, stored):
        """The tenant of every entry, by row number; persons of households come later."""
        by_number = self._partners_by_number(entries)
        browse = self.env["res.partner"].browse([s["partner_id"] for s in stored.values()])
        stored_partners = {partner.id: partner for partner in browse}
        result, to_create = {}, defaultdict(list)
        for entry in entries:
            before, stated = stored.get(entry.ref), entry.stated
            number = stated.get("tenant_number")
            partner = by_number.get(number) if number else None
            values = None
            if partner is None and before and not names_other_person(before, stated):
                partner, values = stored_partners[before["partner_id"]], before
            if partner is None:
                to_create[("number", number) if number else ("row", entry.row_number)].append(entry)
                continue
            result[entry.row_number] = partner
            if "partner" in entry.owns:
                changes = diff_part(PARTNER_FIELDS, stated, values or partner)
                if changes:
                    partner.write(changes)
        vals_list = [self._partner_vals(group) for group in to_create.values()]
        created = create_many(self.env["res.partner"], with_computed_columns(self.env["res.partner"], vals_list))
        for group, partner in zip(to_create.values(), created, strict=True):
            result.update({entry.row_number: partner for entry in group})
        return result

    def _partners_by_number(self, entries):
        numbers = {entry.stated["tenant_number"] for entry in entries if entry.stated.get("tenant_number")}
        if not numbers:
            return {}
        domain = [("company_id", "=", self.company.id), ("tenant_number", "in", list(numbers))]
        found = self.env["res.partner"].search_fetch(domain, list(PARTNER_FIELDS))
        return {partner.tenant_number: partner for partner in found}

    def _partner_vals(self, group):
        entry = next((e for e in group if "partner" in e.owns), group[0])
        stated = entry.stated
        vals = {field: stated[field] for field in PARTNER_FIELDS if stated.get(field)}
        vals.setdefault("name", stated.get("tenant_number"))
        if address_of(stated):
            vals.update(street=f"{stated['street']} {stated['house_number']}", zip=stated["zip"], city=stated["city"])
        vals["company_id"] = self.company.id
        return vals

    def _write_tenancies(self, entries, stored, dwellings, partners):
        model = self.env["sozial.tenancy"]
        existing = {t.id: t for t in model.browse([s["tenancy_id"] for s in stored.values()])}
        to_create = []
        for entry in entries:
            before, stated = stored.get(entry.ref), entry.stated
            dwelling = dwellings.get(stated.get("dwelling_number"))
            partner = partners[entry.row_number]
            if before is None:
                vals = dict.fromkeys((*RENT_PARTS, "arrears"), 0.0)
                vals.update({field: stated[field] for field in TENANCY_FIELDS if field in stated})
                vals["rent_gross"] = round(gross_rent(vals), 2)
                vals["arrears_months"] = months_of_rent(vals["arrears"], vals["rent_gross"])
                if vals.get("arrears"):
                    vals.setdefault("arrears_date", self.file_date)
                vals.update(
                    external_ref=entry.ref,
                    company_id=self.company.id,
                    dwelling_id=dwelling.id,
                    building_id=dwelling.building_id.id,
                    quarter_id=dwelling.quarter_id.id,
                    partner_id=partner.id,
                )
                to_create.append(vals)
                continue
            changes = tenancy_changes(before, stated, self.file_date)
            if dwelling is not None and dwelling.id != before["dwelling_id"]:
                changes["dwelling_id"] = dwelling.id
            if partner.id != before["partner_id"]:
                changes["partner_id"] = partner.id
            if changes:
                existing[before["tenancy_id"]].write(changes)
        created = create_many(model, to_create)
        create_many(
            self.env["sozial.tenancy.occupant"],
            [
                {
                    "tenancy_id": tenancy.id,
                    "company_id": self.company.id,
                    "partner_id": vals["partner_id"],
                    "role": "tenant",
                    "date_start": vals["date_start"],
                }
                for tenancy, vals in zip(created, to_create, strict=True)
            ],
        )

    def _write_persons(self, entries):
        """Further contract partners and members of households."""
        persons = [entry for entry in entries if entry.result == "person"]
        if not persons:
            return
        refs = {entry.ref for entry in persons}
        households = load_occupants(self.env, self.company, refs)
        tenancies = load_tenancies(self.env, self.company, refs)
        by_number = self._partners_by_number(persons)
        to_create = []
        for entry in persons:
            stated, tenancy = entry.stated, tenancies[entry.ref]
            occupant = find_occupant(households.get(entry.ref, ()), stated)
            partner = by_number.get(stated.get("tenant_number"))
            if occupant:
                partner = self.env["res.partner"].browse(occupant["partner_id"])
                if stated.get("role") and stated["role"] != occupant["role"]:
                    self.env["sozial.tenancy.occupant"].browse(occupant["occupant_id"]).role = stated["role"]
            if partner is None:
                partner = self.env["res.partner"].create(self._partner_vals([entry]))
                if stated.get("tenant_number"):
                    by_number[stated["tenant_number"]] = partner
            elif "partner" in entry.owns:
                changes = diff_part(PARTNER_FIELDS, stated, occupant or partner)
                if changes:
                    partner.write(changes)
            if not occupant:
                to_create.append(
                    {
                        "tenancy_id": tenancy["tenancy_id"],
                        "partner_id": partner.id,
                        "role": stated.get("role") or "tenant",
                    }
                )
        self.env["sozial.tenancy.occupant"].create(to_create)


def _halves(entries):
    """Two halves, cut between groups if there is more than one group."""
    middle = len(entries) // 2
    groups = [entry.group for entry in entries]
    for cut in sorted(range(1, len(entries)), key=lambda index: abs(index - middle)):
        if groups[cut] != groups[cut - 1]:
            return entries[:cut], entries[cut:]
    return entries[:middle], entries[middle:]
