"""The rights of `rights/matrix.py`, each tried: model × role × operation × situation.

A new model gets its line in `rights/matrix.py` and its row in `rights/rows.py`.
"""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SozialCommon
from .rights.changes import CHANGES, SECOND
from .rights.matrix import BOUND, MATRIX, OF_A_CASE, OF_A_COMPANY, OF_THE_INBOX, OPERATIONS, ROLES, SITUATIONS, allowed
from .rights.rows import BY_AUTHOR, KINDS_OF_GRANT, ROWS, Place

WHERE_TO_ENTER = "a new model gets a line in tests/rights/matrix.py and a row in tests/rights/rows.py"


@tagged("post_install", "-at_install")
class TestRightsMatrix(SozialCommon):
    """Every model × role × operation. A model that is not listed fails the test."""

    def _own_models(self):
        """Models of this addon that have a table."""
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith("sozial.") and not model._abstract and model._original_module == "sozial_management"
        }

    def test_every_model_is_listed(self):
        self.assertEqual(self._own_models(), set(MATRIX), WHERE_TO_ENTER)
        self.assertEqual(set(ROWS), set(MATRIX), WHERE_TO_ENTER)
        self.assertEqual(set(CHANGES), {*OF_A_CASE, *OF_THE_INBOX}, "rights/changes.py: CHANGES holds what a row of a case is changed by")
        self.assertEqual(sum(len(models) for models in BOUND.values()), len(MATRIX), "a model is bound by one thing")

    only_model = None  # the mutation run looks at one model at a time

    def test_every_cell(self):
        for model, cells in MATRIX.items():
            if self.only_model not in (None, model):
                continue
            for role in ROLES:
                wanted = cells.get(role, "")
                user = getattr(self, role)
                granted = "".join(
                    letter
                    for letter, operation in OPERATIONS.items()
                    if self.env[model].with_user(user).has_access(operation)
                )
                with self.subTest(model=model, role=role):
                    self.assertEqual(granted, wanted)

    def test_every_model_with_a_case_is_bound_to_it(self):
        """Walks the registry: the case, whatever points at it, and whatever points at that."""
        found, before = {"sozial.case"}, set()
        while found != before:
            before = set(found)
            found |= {
                name
                for name in self._own_models()
                for link in ("case_id", "contact_id", "consent_id")
                if link in self.env[name]._fields and self.env[name]._fields[link].comodel_name in before
            }
        self.assertEqual(found, set(OF_A_CASE), WHERE_TO_ENTER)

    def test_every_model_with_a_company_is_bound_to_it(self):
        bound = 0
        for model in sorted(self._own_models()):
            if "company_id" not in self.env[model]._fields or self.env[model]._transient:
                continue
            bound += 1
            rules = self.env["ir.rule"].search([("model_id.model", "=", model), ("groups", "=", False)])
            with self.subTest(model=model):
                self.assertTrue(
                    any("company_id" in rule.domain_force and rule.perm_create and rule.perm_read for rule in rules)
                )
        self.assertGreaterEqual(bound, 8)

    def test_nothing_is_for_everybody(self):
        """No access line without a group: portal and public would get it too."""
        lines = self.env["ir.model.access"].search([("model_id.model", "=like", "sozial.%")])
        self.assertGreater(len(lines), 40)
        self.assertFalse(lines.filtered(lambda line: not line.group_id))

    def test_no_role_implies_another_by_accident(self):
        ours = self.env.ref("sozial_management.privilege_sozial").group_ids.filtered(
            lambda group: group.get_external_id()[group.id].startswith("sozial_management.")
        )
        implied = {
            (group.get_external_id()[group.id], other.get_external_id()[other.id])
            for group in ours
            for other in (group.all_implied_ids - group) & ours
        }
        self.assertEqual(
            implied, {("sozial_management.group_sozial_lead", "sozial_management.group_sozial_worker")}
        )
        for group in (self.env.ref("base.group_system"), self.env.ref("base.group_user")):
            self.assertFalse(group.all_implied_ids & ours)


# Ways to read that must all give the same answer: whether the row is there.
READS = {
    "read": lambda row: row.read([_plain_field(row)]),
    "search": lambda row: row.search([("id", "in", row.ids)]),
    "count": lambda row: row.search_count([("id", "in", row.ids)]),
    "group": lambda row: sum(n for _x, n in row._read_group([("id", "in", row.ids)], [_plain_field(row)], ["__count"])),
    "names": lambda row: row.name_search("", [("id", "in", row.ids)]),
    "web list": lambda row: row.web_search_read([("id", "in", row.ids)], {_plain_field(row): {}})["records"],
    "export": lambda row: row.export_data([_plain_field(row)])["datas"],
}
# Without the right to a row these raise; the others find nothing.
RAISING = {"read", "export"}


def _plain_field(row):
    return next(name for name in ("create_uid", "sender", "user_id", "kind", "decision", "german") if name in row._fields)


@tagged("post_install", "-at_install")
class TestSituations(SozialCommon):
    """Every model × role × operation × situation, with rows there and somebody who gets them."""

    only_model = None  # the mutation run looks at one model at a time

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.holder = cls._user("t_holder", "worker")
        cls.stranger = cls._user("t_stranger", "lead", company=cls.other_company)
        cls.users = {role: getattr(cls, role) for role in ROLES}
        # the right to export at all is Odoo's own; here only what may be exported matters
        exporters = [user for user in cls.users.values() if user._is_internal()]
        cls.env.ref("base.group_allow_export").user_ids = [Command.link(user.id) for user in exporters]
        person = cls.env["res.partner"].create({"name": "Erika Sorgenfrei"})
        cls.here = Place(cls.env, cls.company, person, "Hier")
        cls.there = Place(cls.env, cls.other_company, person, "Dort")
        for place in (cls.here, cls.there):
            for model in ("sozial.case.type", "sozial.tenancy", "sozial.topic", "sozial.offer.category"):
                place.first(model)
        cls.cases = {situation: cls._case(situation) for situation in SITUATIONS["case"] if situation != "own"}
        cls.own_cases = {
            role: cls.here.around(cls.here.make("sozial.case", user=cls.users[role])) for role in ("worker", "lead")
        }

    def setUp(self):
        super().setUp()
        # what a test makes is gone after it
        self.here, self.there = self.here.around(self.here.case), self.there.around(self.there.case)
        self.cases = {situation: place.around(place.case) for situation, place in self.cases.items()}
        self.own_cases = {role: place.around(place.case) for role, place in self.own_cases.items()}

    @classmethod
    def _case(cls, situation):
        """A case every role has the same relation to, by a forged grant where it has none by right."""
        place, holder = (cls.there, cls.stranger) if situation == "other company" else (cls.here, cls.holder)
        level = "confidential" if situation == "other" else "strict"
        case = place.make("sozial.case", user=holder, level=level).sudo()
        if situation == "locked out":
            cls.env["sozial.case.lockout"].sudo().create(
                [{"case_id": case.id, "user_id": user.id, "reason": "Nachbar"} for user in cls.users.values()]
            )
        if situation in KINDS_OF_GRANT:
            cls.env["sozial.case.access"].sudo().create(
                [
                    {"case_id": case.id, "user_id": user.id, "reason": "x", **KINDS_OF_GRANT[situation]()}
                    for user in cls.users.values()
                ]
            )
        return place.around(case)

    # rows

    def _row(self, model, role, binding, situation):
        user = self.users[role]
        if binding == "case":
            place = self._place(role, situation)
            if model == "sozial.case":
                return place.case
            if model in BY_AUTHOR and allowed(model, role, binding, situation):
                return place.make(model, user=user)
            return place.first(model)
        if binding == "company":
            return (self.here if situation == "own company" else self.there).first(model)
        if binding == "author":
            return self.here.first(model) if situation != "own" else self._made_by(model, user)
        if binding == "outreach":
            return self._of_an_outreach(model, user, situation)
        if binding == "inbox":
            return self._handover(user, situation)
        return self.here.first(model)

    def _place(self, role, situation):
        return self.own_cases.get(role, self.own_cases["worker"]) if situation == "own" else self.cases[situation]

    def _made_by(self, model, user):
        row = self.here.make(model)
        self.env.cr.execute(f'UPDATE "{row._table}" SET create_uid = %s WHERE id = %s', [user.id, row.id])
        row.invalidate_recordset()
        return row

    def _of_an_outreach(self, model, user, situation):
        """A row of an outreach for which the user answers, or on which they work along, or not."""
        row = (self.there if situation == "other company" else self.here).make(model)
        works = {"responsible": {"user_id": user.id}, "along": {"team_ids": user.ids}, "other company": {"team_ids": user.ids}}
        # check_company would not let anybody in from elsewhere: forged, as the rule of companies must hold alone
        self._forge(row.outreach_id, **works.get(situation, {"user_id": self.holder.id}))
        return row

    def _forge(self, outreach, user_id=None, team_ids=()):
        self.env.cr.execute("UPDATE sozial_outreach SET user_id = %s WHERE id = %s", [user_id, outreach.id])
        self.env.cr.execute("DELETE FROM sozial_outreach_team_rel WHERE outreach_id = %s", [outreach.id])
        for user_id in team_ids:
            self.env.cr.execute("INSERT INTO sozial_outreach_team_rel (outreach_id, user_id) VALUES (%s, %s)", [outreach.id, user_id])
        self.env.invalidate_all()

    def _handover(self, user, situation):
        place = self.there if situation == "other company" else self.here
        if situation != "own":
            row = place.make("sozial.handover")
        elif user._is_internal() and self.env["sozial.handover"].with_user(user).has_access("create"):
            row = place.make("sozial.handover", user=user)
        else:
            return place.first("sozial.handover")
        taker = {"taken by oneself": user, "taken": self.holder}.get(situation)
        if taker:
            row.flush_recordset()
            self.env.cr.execute(
                "UPDATE sozial_handover SET state = 'taken', worker_id = %s WHERE id = %s", [taker.id, row.id]
            )
            row.invalidate_recordset()
        return row

    # cells

    def _answer(self, call):
        """What a call gives: whether it found something, or the kind of refusal."""
        try:
            return bool(call())
        except AccessError:
            return "no access"
        except UserError:
            return "refused"

    def _answer_and_undo(self, call):
        savepoint = self.env.cr.savepoint()
        try:
            return self._answer(lambda: (call(), self.env.flush_all()))
        finally:
            savepoint.close(rollback=True)

    def _try_situation(self, binding, situation):
        """Each role and model of one situation; the granted cells are the control of the others."""
        for model in BOUND[binding]:
            if self.only_model not in (None, model):
                continue
            found, wanted = {}, {}
            for role in ROLES:
                row = self._row(model, role, binding, situation)
                self.assertTrue(row.exists(), "the row is there")
                mine = self._as(row, self.users[role])
                found[role] = self._reads(mine, role)
                wanted[role] = self._wanted_reads(model, role, binding, situation)
                letters = allowed(model, role, binding, situation)
                if model in CHANGES:
                    found[role] |= self._changes(mine, model, role, situation)
                    wanted[role] |= self._wanted_changes(model, role, letters, found[role])
                else:
                    found[role]["rights"] = "".join(letter for letter in "wd" if mine.has_access(OPERATIONS[letter]))
                    wanted[role]["rights"] = "".join(letter for letter in "wd" if letter in letters)
            with self.subTest(model=model, situation=situation):
                wrong = {
                    (role, how): (found[role][how], wanted[role][how])
                    for role in ROLES
                    for how in wanted[role]
                    if found[role][how] != wanted[role][how]
                }
                self.assertEqual(wrong, {}, "(role, operation): (found, wanted)")

    def _reads(self, row, role):
        found = {name: self._answer(lambda call=call: call(row)) for name, call in READS.items()}
        if role in ("portal", "public") and found["export"] == "refused":  # Odoo's own refusal of any export
            found["export"] = "no access"
        return found

    def _wanted_reads(self, model, role, binding, situation):
        if "r" in allowed(model, role, binding, situation):
            return dict.fromkeys(READS, True)
        lines = "r" in MATRIX[model].get(role, "")
        return {name: "no access" if name in RAISING or not lines else False for name in READS}

    def _changes(self, row, model, role, situation):
        """Write, create and delete, really."""
        calls = {"w": lambda: row.write(CHANGES[model]), "d": row.unlink}
        if model not in ("sozial.case", "sozial.handover"):  # new ones have no situation yet
            place = self._place(role, situation)
            calls["c"] = lambda: place.make(model, user=self.users[role], **SECOND.get(model, {}))
        return {OPERATIONS[letter]: self._answer_and_undo(call) for letter, call in calls.items()}

    def _wanted_changes(self, model, role, letters, found):
        """Who may not read the row is denied, not refused for a reason that would tell of it."""
        may = MATRIX[model].get(role, "")
        wanted = {}
        for letter, operation in OPERATIONS.items():
            if operation not in found or letter == "r":
                continue
            if letter in letters:
                wanted[operation] = True
            elif ("r" in letters or letter not in may) and found[operation] == "refused":
                wanted[operation] = "refused"
            else:
                wanted[operation] = "no access"
        return wanted

    # one test a situation, so that a failure says where

    def test_own_case(self):
        self._try_situation("case", "own")

    def test_case_with_a_grant(self):
        for situation in ("team", "stand-in", "emergency"):
            self._try_situation("case", situation)

    def test_case_of_a_colleague(self):
        for situation in ("other", "strict"):
            self._try_situation("case", situation)

    def test_case_without_a_grant_that_holds(self):
        for situation in ("revoked", "expired", "future"):
            self._try_situation("case", situation)

    def test_case_with_a_conflict_of_interest(self):
        self._try_situation("case", "locked out")

    def test_case_of_another_company(self):
        self._try_situation("case", "other company")

    def test_company(self):
        for situation in SITUATIONS["company"]:
            self._try_situation("company", situation)

    def test_author(self):
        for situation in SITUATIONS["author"]:
            self._try_situation("author", situation)

    def test_outreach(self):
        for situation in SITUATIONS["outreach"]:
            self._try_situation("outreach", situation)

    def test_inbox(self):
        for situation in SITUATIONS["inbox"]:
            self._try_situation("inbox", situation)

    def test_everybody(self):
        self._try_situation("everybody", "any")

    def test_every_situation_is_tried_and_has_its_control(self):
        """No model is bound without somebody who may: otherwise an empty table would look safe."""
        for binding, models in BOUND.items():
            for model in models:
                granted = [
                    (role, situation)
                    for situation in SITUATIONS[binding]
                    for role in ROLES
                    if "r" in allowed(model, role, binding, situation)
                ]
                with self.subTest(model=model):
                    self.assertEqual(bool(granted), bool(MATRIX[model]))
        self.assertTrue(OF_A_COMPANY)
