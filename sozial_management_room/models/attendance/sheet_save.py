from odoo import fields, models
from odoo.exceptions import UserError

from .groups import AGE_GROUPS, MOST_PEOPLE, ROLES

MOST_EXPENSE = 1_000_000  # a slip of the finger
LINE = ("name", "partner_id", "volunteer_id", "role", "age_group")


class SozialActivityAttendance(models.Model):
    _inherit = "sozial.activity.attendance"

    def _sheet_line(self):
        """The row as the sheet shows it."""
        return {
            "id": self.id, "name": self.name, "partner_id": self.partner_id.id, "volunteer_id": self.volunteer_id.id,
            "role": self.role, "age_group": self.age_group,
        }  # fmt: skip


class SozialVolunteer(models.Model):
    _inherit = "sozial.volunteer"

    def _sheet_line(self):
        """The volunteer as the sheet offers to tick."""
        return {
            "id": False, "name": self.display_name, "partner_id": False, "volunteer_id": self.id,
            "role": "volunteer", "age_group": "adults",
        }  # fmt: skip


class SozialActivitySession(models.Model):
    """What is entered on the sheet comes in one request."""

    _inherit = "sozial.activity.session"

    def save_attendance(self, values):
        """Save the sheet: names that were ticked or taken away, and numbers.

        Numbers come with what the sheet showed before (`seen`), and the difference is entered: what
        others counted in the meantime stays.

        :param values: dict ``mode``, ``add`` (lines), ``remove`` (ids), ``change`` (lines with id), ``counts`` and
            ``seen`` (role → age group → number), ``expense``
        :return: dict ``named`` and ``counts`` as they are now
        :raise UserError: names what does not fit; nothing is saved then
        """
        self.ensure_one()
        self.check_access("read")
        rows = self.env["sozial.activity.attendance"]
        entries = self._new_entries(values.get("counts") or {}, values.get("seen") or {})
        lines = self._list_of(values, "add")
        helpers = [line.get("volunteer_id") for line in lines if isinstance(line, dict)]
        helpers = {one for one in helpers if isinstance(one, int) and one}
        helpers = self.env["sozial.volunteer"].browse(helpers)
        helpers.fetch(["partner_id", "company_id"])  # read together, also for the check of companies
        lines = [self._new_line(line, helpers) for line in lines]
        named = rows.search_fetch([("session_id", "=", self.id)], ["session_id", *LINE], limit=None)
        own = {row.id: row for row in named}
        removed = self._own_rows(own, self._list_of(values, "remove"))
        removed.unlink()
        for line in self._list_of(values, "change"):
            if not (isinstance(line, dict) and isinstance(line.get("id"), int)):
                raise self._bad("change")
            self._check_choices(line)
            self._own_rows(own, [line.get("id")]).write({name: line[name] for name in ("role", "age_group") if name in line})
        named = (named - removed) | rows.create([{**line, "session_id": self.id} for line in lines])
        self.env["sozial.activity.count"].create([{**entry, "session_id": self.id} for entry in entries])
        sheet = self._mark_counted(values)
        numbers = self.env["sozial.activity.count"]._cells(self)
        if sheet.mode == "everybody":
            self._require_names_among_numbers(named, numbers)
        return {"named": [one._sheet_line() for one in named], "counts": self._numbers_by_role(numbers)}

    def _list_of(self, values, key):
        found = values.get(key) or []
        if not isinstance(found, list) or len(found) > MOST_PEOPLE:
            raise UserError(self.env._("%(field)s: a list of at most %(most)s is expected.", field=key, most=MOST_PEOPLE))
        return found

    def _own_rows(self, own, ids):
        if wrong := [one for one in ids if one not in own]:
            raise UserError(self.env._("The list has changed meanwhile: row %s is not on it. Load it again.", wrong[0]))
        return self.env["sozial.activity.attendance"].browse(ids)

    def _new_line(self, line, helpers):
        if not isinstance(line, dict):
            raise self._bad("add")
        values = {name: line.get(name) or False for name in LINE}
        if not (isinstance(values["name"], str) and values["name"].strip()):
            raise UserError(self.env._("Name: a person on the list has a name. Guests without one are counted."))
        self._check_choices(values)
        if helper := helpers.filtered(lambda one: one.id == values["volunteer_id"]):
            values.update(partner_id=helper.partner_id.id, role="volunteer")
        values["name"] = values["name"].strip()
        return values

    def _check_choices(self, line):
        """:raise UserError: for a role or an age group that is none, where the line says one"""
        for name, choices in (("role", ROLES), ("age_group", AGE_GROUPS)):
            if name in line and str(line[name]) not in dict(choices):
                label = self.env["sozial.activity.attendance"]._fields[name]._description_string(self.env)
                raise UserError(self.env._("%(field)s of %(name)s: choose one.", field=label, name=line.get("name") or line.get("id")))

    def _bad(self, field):
        return UserError(self.env._("%s: this cannot be read. Load the page again.", field))

    def _new_entries(self, counts, seen):
        """What has to be entered so that the numbers are those of the sheet."""
        entries = []
        labels = self.env["sozial.activity.count"]._fields
        groups = labels["age_group"]._description_selection(self.env)
        for role, role_label in labels["role"]._description_selection(self.env):
            for group, group_label in groups:
                wanted, before = (self._whole_number(table, role, group, role_label, group_label) for table in (counts, seen))
                if wanted != before:
                    entries.append({"role": role, "age_group": group, "number": wanted - before})
        return entries

    def _whole_number(self, table, role, group, role_label, group_label):
        of_role = table.get(role) or {} if isinstance(table, dict) else None
        if not isinstance(of_role, dict):
            raise self._bad("counts")
        number = of_role.get(group) or 0
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST_PEOPLE:
            raise UserError(
                self.env._(
                    "%(role)s, %(group)s: enter a whole number from 0 to %(most)s.", role=role_label, group=group_label, most=MOST_PEOPLE
                )
            )
        return number

    def _mark_counted(self, values):
        self._require_countable()
        self.env["sozial.activity.quarter"]._require_open(self)
        sheets = self.env["sozial.activity.sheet"]
        self._check_sheet_values(sheets, values)
        sheet = sheets.search_fetch([("session_id", "=", self.id)], ["session_id", "mode", "expense"], limit=1)
        entered = {name: values[name] for name in ("mode", "expense") if name in values and values[name] != sheet[name]}
        (sheet or sheets).check_access("write" if sheet else "create")
        entered.update(paid=self._paid(), counted_at=fields.Datetime.now(), counted_by=self.env.uid)
        if sheet:
            sheet.sudo().write(entered)
        else:
            sheet = sheets.sudo().create({"session_id": self.id, **entered}).sudo(False)
        return sheet

    def _check_sheet_values(self, sheets, values):
        """:raise UserError: for a way of counting that is none, and for expenses that are no amount"""
        mode, expense = values.get("mode", "others"), values.get("expense") or 0
        if str(mode) not in dict(sheets._fields["mode"].selection):
            raise UserError(self.env._("%s: choose one.", sheets._fields["mode"]._description_string(self.env)))
        if isinstance(expense, bool) or not isinstance(expense, (int, float)) or not 0 <= expense <= MOST_EXPENSE:
            raise UserError(self.env._("%s: enter an amount from 0 to 1,000,000.", sheets._fields["expense"]._description_string(self.env)))

    def _numbers_by_role(self, numbers):
        """Role → age group → number, empty cells included."""
        return {role: {group: numbers.get((self.id, role, group), 0) for group, _g in AGE_GROUPS} for role, _r in ROLES}

    def _require_names_among_numbers(self, named, numbers):
        """Where the numbers count everybody, there are at least as many as names on the list."""
        labels = dict(named._fields["role"]._description_selection(self.env))
        for role, _label in ROLES:
            listed = len(named.filtered(lambda row, role=role: row.role == role))
            total = sum(count for (_session, which, _group), count in numbers.items() if which == role)
            if listed > total:
                raise UserError(
                    self.env._(
                        "%(role)s: %(named)s names are on the list, but only %(counted)s people were counted in all. "
                        "Correct the number, or choose that the numbers count guests only.",
                        role=labels[role], named=listed, counted=total,
                    )
                )  # fmt: skip
