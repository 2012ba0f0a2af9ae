from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.sozial_management.models.case.secrecy import is_confidential

from .common import SozialCommon

NOW = "2026-11-22 10:00:00"
SECONDS = (-86400, -1, 0, 1, 86400)


@tagged("post_install", "-at_install")
class TestReadyRules(SozialCommon):
    """The predicate of secrecy, made once, says what the record rules say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["ir.rule"].with_user(cls.colleague).with_context(allowed_company_ids=cls.company.ids)

    def _rule_domains(self, model):
        """The rules that bind everybody, as they stand in the database."""
        rules = self.env["ir.rule"].search([("model_id.model", "=", model), ("groups", "=", False), ("perm_read", "=", True)], limit=9)
        return [Domain(safe_eval(rule.domain_force, self.rules._eval_context())) for rule in rules]

    def _found(self, model, user):
        """By the rules as the ORM compiles them, and by the rules as they are used."""
        self.env.flush_all()
        by_orm = self.env[model].sudo().with_context(active_test=False).search(Domain.AND(self._rule_domains(model)), order="id")
        records = self.env[model].with_user(user).with_context(allowed_company_ids=self.company.ids, active_test=False)
        return by_orm.ids, records.search([], order="id").ids

    def test_says_what_the_rules_say_to_the_second(self):
        grants = self.env["sozial.case.access"]
        with freeze_time(NOW) as clock:
            start = clock().replace(microsecond=0)
            cases = self.env["sozial.case"].union(*(self._open_case() for _each in range(2 * len(SECONDS) + 4)))
            lockouts = self.env["sozial.case.lockout"].sudo()
            for case, lifted in ((cases[-2], False), (cases[-3], start)):
                lockouts.create(
                    {"case_id": case.id, "user_id": self.colleague.id, "reason": "x", "set_by_id": self.worker.id, "lifted_at": lifted}
                )
            days = [start + timedelta(seconds=seconds) for seconds in SECONDS]
            spans = [(day, False) for day in days] + [(start - timedelta(days=9), day) for day in days] + [(start, False)] * 4
            rows = grants.sudo().create(
                [
                    {"case_id": case.id, "user_id": self.colleague.id, "kind": "co", "reason": "x", "valid_from": begin, "valid_until": end}
                    for case, (begin, end) in zip(cases, spans, strict=True)
                ]
            )
            self.env.flush_all()
            self.env.cr.execute("UPDATE sozial_case_access SET revoked_at = %s WHERE id = %s", [start, rows[-1].id])
            for model in ("sozial.case", "sozial.case.participant"):
                with self.subTest(model=model):
                    said, found = self._found(model, self.colleague)
                    self.assertEqual(found, said)
            found = self.env["sozial.case"].browse(self._found("sozial.case", self.colleague)[1])
            self.assertNotIn(cases[-1], found, "taken back")
            self.assertNotIn(cases[-2], found, "shut out")
            self.assertIn(cases[-3], found, "shut out once")
            self.assertIn(cases[-4], found)

    def test_can_be_printed(self):
        """Logs and messages print conditions; the ORM's own of this kind would end in a RecursionError."""
        self.assertIn("rules of the case", str(self.rules._compute_domain("sozial.contact")))

    def test_sees_what_is_not_written_yet(self):
        case = self._open_case()
        mine = self.env["sozial.case"].with_user(self.worker).with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(mine.search([("id", "=", case.id)]), case)
        case.sudo().access_ids._set_revoked()
        self.assertFalse(mine.search([("id", "=", case.id)]))

    def test_a_rule_that_is_gone_is_not_put_back(self):
        self._open_case()
        participants = self.env["sozial.case.participant"].with_user(self.colleague).with_context(allowed_company_ids=self.company.ids)
        self.assertFalse(participants.search([], limit=1))
        self.env["ir.rule"].search([("model_id.model", "=", "sozial.case.participant")], limit=9).active = False
        self.assertTrue(participants.search([], limit=1))

    def test_rules_of_all_lists_below_a_case_are_ready(self):
        """A rule in words of its own costs the form of a case its speed, and its list a look at the case of its own."""
        for name, field in self.env["sozial.case"]._fields.items():
            if field.type == "one2many" and is_confidential(self.env, field.comodel_name) and field.inverse_name == "case_id":
                with self.subTest(field=name):
                    beside = self.rules._rules_beside_case(field.comodel_name)
                    self.assertIsNotNone(beside)
                    self.assertEqual({one.field_expr for one in beside.iter_conditions()}, {"company_id"})

    def test_lists_of_a_case_that_may_not_be_read_stay_empty(self):
        """What the form asks for is read without the ORM's own question for each list."""
        case = self._open_case()
        names = ["participant_ids", "access_ids", "step_ids"]
        for user, there in ((self.worker, True), (self.colleague, False)):
            self.env.flush_all()
            self.env.invalidate_all()
            seen = case.with_user(user).with_context(allowed_company_ids=self.company.ids)
            seen._fetch_lists(names)
            cached = [seen._fields[name]._get_cache(seen.env).get(case.id) for name in names]
            with self.subTest(user=user.login):
                self.assertEqual([bool(rows) for rows in cached], [there] * 3)
