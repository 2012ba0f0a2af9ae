"""What was read in a transaction, until it is written at its end."""

import contextvars
import json

KEY = "sozial.access.log"

# The list, board, sum or export that is being answered: what is read for it is part of it.
current_list = contextvars.ContextVar("sozial_access_list", default=None)


class ListEntry:
    """One list answered to a client: how many rows, of which cases."""

    def __init__(self, env, model, domain_hash):
        self.model = model
        self.domain_hash = domain_hash
        self.user_id = env.uid
        self.companies = env.companies.ids
        self.count = 0
        self.cases = set()
        self.rows_read = set()  # of what belongs to no case: (internal number, company)

    def rows(self):
        """One row; with its case, or the one row that belongs to no case, if there is exactly one. Over several companies: a row each,
        for data protection of either looks into its own company only."""
        base = {"user_id": self.user_id, "kind": "list", "res_model": self.model, "row_count": self.count,
                "domain_hash": self.domain_hash}  # fmt: skip
        if len(self.cases) == 1:
            return [{**base, "case_id": next(iter(self.cases))}]
        if not self.cases and len(self.rows_read) == 1:
            record_id, company_id = next(iter(self.rows_read))
            return [{**base, "record_id": record_id, "company_id": company_id}]
        return [{**base, "company_id": company_id} for company_id in self.companies]


class Book:
    """The rows of one transaction, each once."""

    def __init__(self):
        self._cases = {}
        self._lists = {}
        self._plain = []

    def add_case(self, user_id, kind, case_id, model, count):
        """A case was opened, exported, printed, or a file of it downloaded."""
        key = (user_id, kind, case_id)
        self._cases.setdefault(key, {"user_id": user_id, "kind": kind, "case_id": case_id, "res_model": model, "row_count": count})

    def add_row(self, user_id, kind, company_id, model, record_id, count):
        """The same with something that belongs to no case."""
        key = (user_id, kind, model, record_id)
        row = {"user_id": user_id, "kind": kind, "company_id": company_id, "res_model": model, "record_id": record_id, "row_count": count}
        self._cases.setdefault(key, row)

    def add_list(self, entry):
        """A list was answered; the same question asked twice is one row."""
        known = self._lists.setdefault((entry.user_id, entry.model, entry.domain_hash), entry)
        if known is not entry:
            known.count = max(known.count, entry.count)
            known.cases |= entry.cases
            known.rows_read |= entry.rows_read

    def add_plain(self, row):
        """Something without a case: an emergency access that found none."""
        self._plain.append(row)

    def as_json(self):
        rows = self._plain + [row for entry in self._lists.values() for row in entry.rows()]
        rows += self._cases.values()
        return json.dumps([{**row, "position": index} for index, row in enumerate(rows)])
