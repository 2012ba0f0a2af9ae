from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models.figure.case import age_group
from .common import SozialCommon

MARCH, APRIL = datetime(2026, 3, 10, 9), datetime(2026, 4, 5, 9)


@tagged("post_install", "-at_install")
class TestFigureFacts(SozialCommon):
    """What happened is counted once, when it is final, and does not lead back."""

    def setUp(self):
        super().setUp()
        self.facts = self.env["sozial.case.fact"]
        self.tenant.birth_date = "1950-06-01"

    def _at(self, moment):
        return freeze_time(moment)

    def _case(self, moment=MARCH, user=None, **values):
        with self._at(moment):
            case = self._open_case(user, opened_on=moment.date(), **values)
            self._date_back(case, moment)
        return case

    def _note(self, case, moment=MARCH, **values):
        with self._at(moment):
            note = self.env["sozial.contact"].with_user(self.worker).create(
                {"case_id": case.id, "date": moment, "minutes": 30, "text": "x", **values}
            )
            self._date_back(note, moment)
        return note

    def _date_back(self, record, moment):
        """The ORM writes the time of the database, which no test can stop."""
        record.flush_recordset()
        self.env.cr.execute(f'UPDATE "{record._table}" SET create_date = %s WHERE id = %s', [moment, record.id])
        record.invalidate_recordset(["create_date"])

    def _close(self, case, moment):
        with self._at(moment):
            case.write({"close_reason": "solved", "outcome": "reached"})
            case.action_close()

    def _count(self, moment=APRIL):
        with self._at(moment):
            while self.facts._count_due(self.company):
                pass
        return self.facts.search([("company_id", "=", self.company.id)], limit=None)

    def _kinds(self, facts):
        return sorted(facts.mapped("kind"))

    # what is counted

    def test_a_case_becomes_facts(self):
        case = self._case(topic_ids=[Command.set(self.topic.ids)])
        self._note(case, MARCH + timedelta(days=4), medium="visit", minutes=40)
        self._note(case, MARCH + timedelta(days=1), medium="phone", minutes=0, reached=False)
        self._close(case, MARCH + timedelta(days=9))
        facts = self._count()
        self.assertEqual(self._kinds(facts), ["closed", "contact", "contact", "first_contact", "opened"])
        self.assertEqual(set(facts.mapped("month")), {date(2026, 3, 1)})
        self.assertEqual(facts.quarter_id, self.quarter)
        self.assertEqual(facts.topic_id, self.topic)
        self.assertEqual(facts.type_id, self.kind)
        self.assertEqual(set(facts.mapped("age_group")), {"65-79"})
        by_kind = facts.grouped("kind")
        self.assertEqual((by_kind["closed"].outcome, by_kind["closed"].reason), ("reached", "solved"))
        self.assertEqual(by_kind["first_contact"].days, 4)
        self.assertEqual(
            sorted((fact.medium, fact.reached, fact.minutes) for fact in by_kind["contact"]), [("phone", "no", 0), ("visit", "yes", 40)]
        )

    def test_a_declined_case(self):
        case = self._case()
        with self._at(MARCH):
            case.close_reason = "not_responsible"
            case.action_decline()
        facts = self._count()
        self.assertEqual(self._kinds(facts), ["declined", "opened"])

    def test_a_month_is_counted_when_it_is_over(self):
        self._case()
        self.assertFalse(self._count(datetime(2026, 3, 31, 12)))
        self.assertTrue(self._count(APRIL))

    def test_a_note_is_counted_when_it_is_fixed_and_as_it_then_is(self):
        late = datetime(2026, 3, 31, 9)
        note = self._note(self._case(), late, minutes=10)
        self.assertNotIn("contact", self._kinds(self._count(datetime(2026, 4, 1, 9))))
        with self._at(datetime(2026, 4, 1, 10)):
            note.minutes = 55
        facts = self._count(datetime(2026, 4, 3, 9)).filtered(lambda fact: fact.kind == "contact")
        self.assertEqual(facts.mapped("minutes"), [55])

    def test_nothing_is_counted_twice(self):
        case = self._case()
        self._note(case)
        self._close(case, MARCH)
        before = self._count()
        self.assertEqual(len(before), 4)
        self.assertEqual(self._count(), before)
        self.assertEqual(self._count(datetime(2026, 6, 1)), before)

    def test_an_addendum_is_no_contact(self):
        case = self._case()
        note = self._note(case)
        with self._at(MARCH + timedelta(days=5)):
            addendum = note._add_addendum("Nachtrag")
        self._date_back(addendum, MARCH + timedelta(days=5))
        self.assertEqual(self._kinds(self._count()).count("contact"), 1)

    def test_taken_up_again_in_the_same_year_counts_once(self):
        case = self._case()
        self._close(case, MARCH)
        with self._at(APRIL):
            case.action_reopen()
            again = self.env["sozial.case"].search([("reopened_from_id", "=", case.id)])
            again.opened_on = APRIL.date()
        self._date_back(again, APRIL)
        self._close(again, APRIL)
        self.assertEqual(self._kinds(self._count(datetime(2026, 6, 1))), ["closed", "opened"])

    def test_taken_up_again_in_another_year_counts_anew(self):
        case = self._case(datetime(2025, 3, 10))
        self._close(case, datetime(2025, 3, 11))
        with self._at(APRIL):
            case.action_reopen()
        again = self.env["sozial.case"].search([("reopened_from_id", "=", case.id)])
        again.opened_on = APRIL.date()
        self._date_back(again, APRIL)
        self.assertEqual(self._kinds(self._count(datetime(2026, 6, 1))), ["closed", "opened", "opened"])

    def test_the_job_counts_batch_by_batch(self):
        for _number in range(3):
            self._case(participant_ids=[])
        with patch("odoo.addons.sozial_management.models.figure.fact_counting.BATCH", 2), self._at(APRIL), patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=60
        ) as progress:
            self.facts._cron_count()
        self.assertGreaterEqual(progress.call_count, 2)
        self.assertEqual(self.facts.search_count([("company_id", "=", self.company.id), ("kind", "=", "opened")]), 3)

    def test_the_month_is_that_of_the_house(self):
        """Half past midnight on the first of April in Berlin is still March in UTC."""
        case = self._case()
        self._note(case, datetime(2026, 3, 31, 22, 30))
        fact = self._count(datetime(2026, 5, 5)).filtered(lambda fact: fact.kind == "contact")
        self.assertEqual(fact.month, date(2026, 4, 1))

    def test_age_groups(self):
        day = date(2026, 6, 1)
        for born, group in (
            (date(2008, 6, 2), "0-17"), (date(2008, 6, 1), "18-26"), (date(1999, 6, 1), "27-44"), (date(1961, 6, 1), "65-79"),
            (date(1946, 6, 2), "65-79"), (date(1946, 6, 1), "80"), (date(2027, 1, 1), False), (None, False),
        ):  # fmt: skip
            self.assertEqual(age_group(born, day), group, born)

    # what leads back

    def test_a_fact_has_no_link_and_no_trace_of_who_and_when(self):
        links = {field.comodel_name for field in self.facts._fields.values() if field.relational}
        self.assertEqual(links, {"res.company", "sozial.quarter", "sozial.topic", "sozial.case.type"})
        self.env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'sozial_case_fact'")
        columns = {name for name, in self.env.cr.fetchall()}
        self.assertFalse(columns & {"create_uid", "create_date", "write_uid", "write_date", "case_id", "partner_id", "user_id"})
        self.assertIn("contributor", columns)
        dates = [field.name for field in self.facts._fields.values() if field.store and field.type in ("date", "datetime")]
        self.assertEqual(dates, ["month"])

    def test_facts_are_shuffled(self):
        for _number in range(3):
            self._case(participant_ids=[], tenancy_id=False)
        orders = []

        class Backwards:
            def shuffle(self, values):
                orders.append([one["contributor"] for one in values])
                values.reverse()

        with patch("odoo.addons.sozial_management.models.figure.fact_counting.secrets.SystemRandom", Backwards):
            facts = self._count()
        self.assertEqual(facts.sorted("id").mapped("contributor"), orders[0][::-1])

    def test_the_lot_joins_what_one_person_brings_about_in_a_year(self):
        case, sibling = self._case(), self._case()
        other = self._case(participant_ids=[])
        self._note(case, MARCH)
        self._note(case, MARCH, date=datetime(2025, 6, 1))
        facts = self._count()
        this_year = facts.filtered(lambda fact: fact.month.year == 2026)
        self.assertEqual(len(set(this_year.mapped("contributor"))), 2, "two cases of the client, and the other case")
        before = facts - this_year
        self.assertFalse(set(before.mapped("contributor")) & set(this_year.mapped("contributor")))
        self.assertEqual(case.sudo().figure_keys["2026"], sibling.sudo().figure_keys["2026"])
        self.assertNotEqual(case.sudo().figure_keys["2026"], other.sudo().figure_keys["2026"])

    def test_the_lot_is_for_nobody_and_cut_after_the_year(self):
        case = self._case()
        self._count()
        self.assertTrue(case.sudo().figure_keys)
        for user in (self.worker, self.lead, self.system, self.privacy, self.report):
            for name in ("figure_keys", "opened_counted"):
                with self.assertRaises(AccessError):
                    self._as(case, user).read([name])
                with self.assertRaises(AccessError):
                    self._as(case, user).search([(name, "!=", False)])
        with self.assertRaises(AccessError):
            self._as(case, self.worker).write({"opened_counted": False})
        for day, kept in ((date(2027, 3, 1), True), (date(2027, 6, 1), False)):
            with self._at(day):
                case._gc_figure_keys()
            self.assertEqual(bool(case.sudo().figure_keys), kept)

    def test_figures_stay_when_the_case_goes(self):
        """What is not counted yet is counted at the last moment, though its month is not over."""
        for action in ("anonymise", "delete"):
            case = self._case()
            self._note(case, MARCH)
            self._close(case, MARCH)
            before = self.facts.search([("company_id", "=", self.company.id)])
            with self._at(MARCH + timedelta(days=1)):
                case._erase(action)
            facts = self.facts.search([("company_id", "=", self.company.id)]) - before
            self.assertEqual(self._kinds(facts), ["closed", "contact", "first_contact", "opened"])
            self.assertEqual(set(facts.mapped("age_group")), {"65-79"}, "counted before the person went")
            self.assertFalse(case.exists().sudo().figure_keys, "nothing joins the case and its facts any more")
        self.assertEqual(len(self._count()), 8, "counted once")

    def test_a_fact_is_written_once(self):
        self._case()
        facts = self._count()
        for change in (lambda: facts.write({"kind": "closed"}), facts.unlink):
            with self.assertRaises(UserError):
                change()

    def test_nobody_reads_facts_by_any_way(self):
        """Neither by an access line that an administrator adds: the rule holds for everybody."""
        self._case()
        facts = self._count()
        self.assertTrue(facts)
        everybody = (self.worker, self.lead, self.frontdesk, self.privacy, self.report, self.config, self.system, self.portal)
        calls = {
            "search": lambda mine: mine.search([], limit=1),
            "count": lambda mine: mine.search_count([]),
            "search_read": lambda mine: mine.search_read([], ["kind"]),
            "list": lambda mine: mine.web_search_read([], {"kind": {}}),
            "pivot": lambda mine: mine.formatted_read_group([], ["kind"], ["minutes:sum"]),
            "groups": lambda mine: mine.web_read_group([], ["kind"]),
            "names": lambda mine: mine.name_search(""),
            "read": lambda mine: mine.browse(facts.ids).read(["kind"]),
            "export": lambda mine: mine.browse(facts.ids).export_data(["kind"]),
            "import": lambda mine: mine.load(["kind"], [["opened"]]),
            "write": lambda mine: mine.browse(facts.ids).write({"kind": "closed"}),
            "delete": lambda mine: mine.browse(facts.ids).unlink(),
        }
        self.env.ref("base.group_allow_export").user_ids = [Command.link(user.id) for user in everybody if user != self.portal]
        for user in everybody:
            for name, call in calls.items():
                if user == self.portal and name == "export":
                    continue  # Odoo's own refusal of any export
                with self.subTest(user=user.login, call=name), self.assertRaises(AccessError):
                    found = call(self._as(self.facts, user))
                    if name == "import" and not found["ids"]:
                        raise AccessError(found["messages"])
        self.env["ir.model.access"].create(
            {
                "name": "x", "model_id": self.env["ir.model"]._get_id("sozial.case.fact"), "perm_read": True,
                "group_id": self.env.ref("base.group_user").id,
            }
        )  # fmt: skip
        for user in (self.report, self.system, self.lead):
            self.assertEqual(self._as(self.facts, user).search_count([]), 0)

    def test_an_impossible_month_or_amount_is_refused(self):
        from psycopg2 import IntegrityError

        from odoo.tools import mute_logger

        values = {"company_id": self.company.id, "kind": "contact", "month": "2026-03-01", "contributor": "x"}
        for wrong in ({"month": "2026-03-10"}, {"minutes": -1}):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.facts.create({**values, **wrong})
        self.assertEqual(self.facts.create(values).month, fields.Date.to_date("2026-03-01"))
