"""First pass over a file: read every row once, lay it beside the database, say what it means."""

from itertools import islice
from typing import NamedTuple

from ...tabular import Problem, RecordReader, diff_part
from ...tabular.values import format_date
from .stored_values import (
    ADDRESS_FIELDS,
    BUILDING_FIELDS,
    DWELLING_FIELDS,
    PARTNER_FIELDS,
    address_of,
    all_changes,
    find_occupant,
    load_occupants,
    load_tenancies,
)

# within one group: contracts that end or move first, new ones next, further persons last
PHASES = {"ended": 0, "changed": 0, "created": 1, "person": 2}
NEEDED_FOR_NEW = ("dwelling_number", "date_start", "name")


class Outcome(NamedTuple):
    """What a row means.

    :param result: ``created``, ``changed``, ``unchanged``, ``person`` (a further person of a
        household, to be added or changed) or ``rejected``
    :param changes: new values by field (of a changed row)
    :param owns: which shared records the row describes (see `Analysis._claim`)
    :param before: number of the dwelling the tenancy leaves, if it moves
    """

    record: object
    result: str
    changes: dict
    stored: dict | None
    owns: tuple
    before: str | None = None


class Analysis:
    """Walks a file once and gives the outcome of every row, batch by batch.

    What several rows describe (a dwelling, a building, a person) is described by the first
    of them: otherwise two contradicting rows would take turns at every import.

    Memory grows only with keys: per row its contract number and what identifies dwelling,
    building and person, never the row.
    """

    def __init__(self, env, company, table, mapping, *, balance_sign, households, file_date):
        self.env = env
        self.company = company
        self.file_date = file_date
        self.households = households
        self.table = table
        self._reader = RecordReader(mapping, balance_sign, len(table.header))
        self._refs = {}
        self._doubtful = set()  # contracts with a row that says we do not know what
        self._owners = {}

    def batches(self, size, after=0):
        """Lists of at most ``size`` outcomes of the rows after row number ``after``.

        Rows before it are read for their keys only: a run that was interrupted goes on.
        """
        rows = self.table.rows()
        for number, cells in rows:
            if number > after:
                first = [(number, cells)]
                break
            self._examine(self._reader.read(number, cells))
        else:
            return
        while batch := first + list(islice(rows, size - len(first))):
            first = []
            yield self.outcomes([self._reader.read(number, cells) for number, cells in batch])

    def reread(self, numbers):
        """Records of the rows with these numbers, without a look at the database."""
        last = max(numbers)
        for number, cells in self.table.rows():
            if number in numbers:
                yield self._reader.read(number, cells)
            if number >= last:
                return

    def knows(self, ref):
        """Whether the part of the file read so far holds this contract number."""
        return ref in self._refs

    def household(self, ref):
        """Persons whom the part of the file read so far names for a contract.

        :return: (tenant number, name) of each; nobody if a row of the contract cannot be understood
        """
        _row, *contract = self._refs.get(ref, (0,))
        persons = contract[1] if self.households and len(contract) == 2 and ref not in self._doubtful else {}
        return list(persons) if all(any(person) for person in persons) else []

    def outcomes(self, records):
        """Outcomes of records, in their order."""
        examined = [(record, *self._examine(record)) for record in records]
        refs = [record.ref for record in records if not record.is_refused]
        stored = load_tenancies(self.env, self.company, refs)
        persons = [record.ref for record, is_person, _owns in examined if is_person]
        households = load_occupants(self.env, self.company, persons) if persons else {}
        result = []
        for record, is_person, owns in examined:
            if record.is_refused:
                result.append(Outcome(record, "rejected", {}, None, ()))
            elif is_person:
                result.append(self._person(record, stored.get(record.ref), households.get(record.ref, ()), owns))
            else:
                result.append(self._tenancy(record, stored.get(record.ref), owns))
        return result

    def _tenancy(self, record, stored, owns):
        stated = record.values
        if stored is None:
            self._check_complete(record)
            return Outcome(record, "rejected" if record.is_refused else "created", {}, None, owns)
        if "tenant_number" not in stated and not self._first_describer(record, "partner", stored["partner_id"]):
            owns = tuple(part for part in owns if part != "partner")
        changes = all_changes(stored, stated, owns, self.file_date)
        if not changes:
            return Outcome(record, "unchanged", changes, stored, owns)
        if "date_start" in changes or "date_end" in changes:
            self._check_dates(record, changes, stored)
            if record.is_refused:
                return Outcome(record, "rejected", {}, stored, owns)
        before = stored["dwelling_number"] if "dwelling_number" in changes else None
        return Outcome(record, "changed", changes, stored, owns, before)

    def _person(self, record, stored, household, owns):
        stated = record.values
        occupant = find_occupant(household, stated)
        if occupant is None:
            return Outcome(record, "person", {}, stored, owns)
        changes = diff_part(PARTNER_FIELDS, stated, occupant) if "partner" in owns else {}
        changes.update(diff_part(("role",), stated, occupant))
        return Outcome(record, "person" if changes else "unchanged", changes, stored, owns)

    # keys of the file

    def _examine(self, record):
        """Note the row's keys; add problems of doubled ones. Gives (is a further person, owns)."""
        if record.is_refused:
            # it stands in the file all the same: its tenancy is not missing
            if record.ref:
                self._refs.setdefault(record.ref, (record.row,))
                self._doubtful.add(record.ref)
            return False, ()
        stated = record.values
        first = self._refs.get(record.ref)
        if first is not None and (len(first) > 1 or self.households):
            return self._examine_repeated(record, first)
        person = _person_key(stated) if self.households else None
        self._refs[record.ref] = (
            record.row,
            (stated.get("dwelling_number"), stated.get("date_start"), stated.get("date_end")),
            {person: record.row},
        ) if self.households else (record.row, None)  # fmt: skip
        return False, self._claim(record)

    def _examine_repeated(self, record, first):
        code, at_row = "duplicate_key", first[0]
        if len(first) == 1:
            code = "first_row_rejected"
        elif self.households:
            _row, contract, persons = first
            person = _person_key(record.values)
            stated = record.values
            told = (stated.get("dwelling_number"), stated.get("date_start"), stated.get("date_end"))
            if any(mine is not None and mine != theirs for mine, theirs in zip(told, contract, strict=True)):
                code = "person_conflict"
            elif person in persons or not any(person):
                code, at_row = "person_twice", persons.get(person, at_row)
            else:
                persons[person] = record.row
                if contract[0]:
                    stated["dwelling_number"] = contract[0]  # written together with its tenancy
                return True, self._claim(record, ("partner",))
        if code != "person_twice" or not any(person):
            self._doubtful.add(record.ref)
        record.problems.append(Problem(record.row, "external_ref", code, record.ref, {"first": at_row}))
        return False, ()

    def _claim(self, record, parts=("dwelling", "building", "partner")):
        """The shared records this row describes: those no earlier row has described."""
        stated = record.values
        keys = {
            "dwelling": stated.get("dwelling_number"),
            "building": address_of(stated),
            "partner": stated.get("tenant_number"),
        }
        owns = [part for part in parts if keys[part] and self._first_describer(record, part, keys[part])]
        if "partner" in parts and not keys["partner"]:
            owns.append("partner")
        return tuple(owns)

    def _first_describer(self, record, part, key):
        fields = {
            "dwelling": DWELLING_FIELDS + ADDRESS_FIELDS,
            "building": BUILDING_FIELDS,
            "partner": PARTNER_FIELDS,
        }[part]
        described = hash(tuple(record.values.get(field) for field in fields))
        row, first_described = self._owners.setdefault((part, key), (record.row, described))
        if row == record.row:
            return True
        if described != first_described:
            field = {"dwelling": "dwelling_number", "building": "street", "partner": "tenant_number"}[part]
            shown = str(record.values.get(field) or record.values.get("name") or "")
            record.problems.append(Problem(record.row, field, "contradiction", shown, {"first": row}, fatal=False))
        return False

    # what only the database can tell

    @staticmethod
    def _check_complete(record):
        for field in NEEDED_FOR_NEW:
            if not record.values.get(field):
                record.problems.append(Problem(record.row, field, "needed_for_new"))

    @staticmethod
    def _check_dates(record, changes, stored):
        start = changes.get("date_start", stored["date_start"])
        end = changes.get("date_end", stored["date_end"])
        if end and end < start:
            params = {"start": format_date(start)}
            record.problems.append(Problem(record.row, "date_end", "end_before_start", format_date(end), params))


def _person_key(stated):
    return stated.get("tenant_number"), (stated.get("name") or "").casefold()
