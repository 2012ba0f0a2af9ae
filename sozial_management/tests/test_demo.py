"""The demo data: complete, honest about the rules, the same on every machine.

These tests look at the records of the demo files by external id, so that whatever else
a database holds does not matter. They need a database with demo data and fail without.
"""

from collections import Counter
from datetime import date

from odoo import fields
from odoo.exceptions import AccessDenied
from odoo.tests import TransactionCase, tagged

MODULE = "sozial_management"
ROLES = {
    "frontdesk": "kundenbetreuung",
    "worker": "sozialarbeit",
    "worker_two": "sozialarbeit2",
    "lead": "leitung",
    "privacy": "datenschutz",
    "report": "kennzahlen",
    "config": "einrichtung",
}
# by contract number; a change of the demo files must be meant
FIRST_TENANCIES = [
    ("1101.02.01", "Laura Fuchs", date(2022, 12, 1)),
    ("1101.03.01", "Torsten Brandt", date(2016, 7, 1)),
    ("1101.04.01", "Maik Otto", date(2000, 4, 1)),
    ("1101.05.01", "Rana Haddad", date(2022, 2, 1)),
    ("1101.06.01", "Philipp Krause", date(2024, 10, 1)),
]


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref(f"{MODULE}.demo_user_worker", raise_if_not_found=False):
            raise AssertionError("The demo data is missing: install the addon with demo data.")

    def _demo(self, model, prefix="demo_"):
        """Records of `model` that the demo files made."""
        rows = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", model), ("name", "=like", f"{prefix}%")], limit=5000
        )
        return self.env[model].browse(rows.mapped("res_id"))

    def _user(self, role):
        return self.env.ref(f"{MODULE}.demo_user_{role}")

    # --- users -----------------------------------------------------------------

    def _log_in(self, login, password):
        credential = {"type": "password", "login": login, "password": password}
        return self.env["res.users"].authenticate(credential, {"interactive": False})["uid"]

    def test_every_role_logs_in_and_has_its_group_only(self):
        groups = {name: self.env.ref(f"{MODULE}.group_sozial_{name}") for name in ROLES if name != "worker_two"}
        for role, login in ROLES.items():
            user = self._user(role)
            self.assertEqual(self._log_in(login, login), user.id)
            expected = {"worker"} if role == "worker_two" else {role} | ({"worker"} if role == "lead" else set())
            found = {name for name, group in groups.items() if group in user.all_group_ids}
            self.assertEqual(found, expected, login)
            self.assertFalse(user.has_group("base.group_system"), login)

    def test_a_wrong_password_is_refused(self):
        with self.assertRaises(AccessDenied):
            self._log_in("sozialarbeit", "leitung")

    def test_the_tenant_is_a_portal_user(self):
        tenant = self._user("tenant")
        self.assertEqual(self._log_in("mieter", "mieter"), tenant.id)
        self.assertTrue(tenant.share)
        self.assertTrue(tenant.partner_id.tenancy_ids)

    def test_language_is_german_where_german_is_installed(self):
        """An inactive language on a user breaks every page of that user."""
        installed = dict(self.env["res.lang"].get_installed())
        for role in [*ROLES, "tenant"]:
            user = self._user(role)
            self.assertIn(user.lang, [*installed, False])
            self.assertEqual(user.tz, "Europe/Berlin")
            self.env["res.users"].with_user(user).context_get()

    # --- stock and tenancies -----------------------------------------------------

    def test_size_of_stock(self):
        self.assertEqual(len(self._demo("sozial.quarter")), 2)
        self.assertEqual(len(self._demo("sozial.building")), 24)
        self.assertEqual(len(self._demo("sozial.dwelling")), 360)
        tenancies = self._demo("sozial.tenancy")
        self.assertEqual(len(tenancies), 443)
        self.assertGreater(len(tenancies.filtered(lambda one: one.state == "running")), 300)
        self.assertGreater(len(tenancies.filtered(lambda one: one.state == "ended")), 80)

    def test_deterministic_names(self):
        first = self._demo("sozial.tenancy").sorted("external_ref")[:5]
        self.assertEqual(
            [(one.external_ref, one.partner_id.name, one.date_start) for one in first], FIRST_TENANCIES
        )

    def test_one_running_tenancy_per_dwelling_and_some_vacant(self):
        running = Counter(
            tenancy.dwelling_id
            for tenancy in self._demo("sozial.tenancy")
            if tenancy.state == "running"
        )
        self.assertEqual(set(running.values()), {1})
        vacant = self._demo("sozial.dwelling").filtered(lambda one: one not in running)
        self.assertGreater(len(vacant), 10)

    def test_households_and_arrears(self):
        tenancies = self._demo("sozial.tenancy")
        for tenancy in tenancies:
            self.assertIn(tenancy.partner_id, tenancy.occupant_ids.partner_id)
        second = tenancies.filtered(
            lambda one: len(one.occupant_ids.filtered(lambda person: person.role == "tenant")) > 1
        )
        self.assertGreater(len(second), 50)
        running = tenancies.filtered(lambda one: one.state == "running" and one.arrears)
        months = running.mapped("arrears_months")
        self.assertGreater(len(months), 20)
        self.assertAlmostEqual(max(months), 3.5, 1)
        self.assertAlmostEqual(min(months), 0.3, 1)
        self.assertTrue(all(running.mapped("arrears_date")))

    def test_nobody_moves_in_before_birth(self):
        for occupant in self._demo("sozial.tenancy").occupant_ids:
            self.assertTrue(occupant.partner_id.birth_date, occupant.partner_id.name)
            self.assertLessEqual(occupant.partner_id.birth_date, occupant.date_start)

    # --- cases -------------------------------------------------------------------

    def test_cases_in_every_state_and_of_every_kind(self):
        cases = self._demo("sozial.case")
        self.assertGreaterEqual(len(cases), 25)
        states = {state for state, _label in cases._fields["state"].selection} - {"anonymised"}
        self.assertEqual(set(cases.mapped("state")), states)
        kinds = self.env["sozial.case.type"].search(
            [("id", "in", [row["res_id"] for row in self._of_addon("sozial.case.type")])], limit=100
        )
        self.assertEqual(cases.type_id, cases.type_id | kinds)
        self.assertIn("strict", cases.mapped("level"))

    def _of_addon(self, model):
        return self.env["ir.model.data"].search_read(
            [("module", "=", MODULE), ("model", "=", model)], ["res_id"], limit=100
        )

    def test_no_case_without_lead_and_strict_without_head(self):
        for case in self._demo("sozial.case"):
            leads = case.access_ids.filtered(lambda grant: grant.kind == "lead" and grant.is_valid)
            self.assertEqual(len(leads), 1, case.name)
            self.assertEqual(leads.user_id, case.worker_id)
            self.assertIn(case.worker_id, self._user("worker") | self._user("worker_two"))
            heads = case.access_ids.filtered(lambda grant: grant.kind == "head")
            self.assertEqual(bool(heads), case.level == "confidential", case.name)

    def test_closed_reopened_and_shared(self):
        closed = self._demo("sozial.case").filtered(lambda case: case.state == "closed")
        self.assertTrue(all(closed.mapped("outcome")))
        old = self.env.ref(f"{MODULE}.demo_case_fischer")
        again = self.env["sozial.case"].sudo().search([("reopened_from_id", "=", old.id)], limit=2)
        self.assertEqual(len(again), 1)
        kinds = self._demo("sozial.case").access_ids.mapped("kind")
        self.assertIn("standin", kinds)
        self.assertIn("co", kinds)

    def test_notes_belong_to_the_worker_in_charge(self):
        notes = self._demo("sozial.contact")
        self.assertGreater(len(notes), 40)
        for note in notes:
            self.assertEqual(note.user_id, note.case_id.worker_id)
            self.assertTrue(note.text)

    def test_hand_overs_in_every_state(self):
        handovers = self._demo("sozial.handover")
        self.assertEqual(set(handovers.mapped("state")), {"new", "taken", "declined"})
        self.assertIn("callback", handovers.mapped("source"))
        for handover in handovers.filtered(lambda one: one.source == "backoffice"):
            self.assertEqual(handover.author_id, self._user("frontdesk"))

    def test_appointments_and_activities_are_neutral(self):
        events = self._demo("calendar.event").filtered(lambda event: event.res_model == "sozial.case")
        self.assertGreaterEqual(len(events), 3)
        self.assertEqual(len(set(events.mapped("name"))), 1)
        self.assertEqual(set(events.mapped("privacy")), {"private"})
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for activity in self._demo("mail.activity"):
            kind = activity.activity_type_id
            names = [kind.with_context(lang=code).name for code in languages]
            self.assertIn(activity.summary or names[0], names)
            self.assertFalse(activity.note)

    def test_my_day_has_something_in_every_section(self):
        """On the day of loading; later the calendar moves on, the rest stays."""
        event = self.env.ref(f"{MODULE}.demo_event_team")
        worker = self._user("worker")
        today = fields.Date.context_today(self.env["res.users"].with_context(tz=worker.tz))
        day = self.env["sozial.my.day"].with_user(worker).get_my_day()
        sections = ["activities", "handovers", "reviews", "stale"]
        if fields.Datetime.context_timestamp(worker, event.start).date() == today:
            sections.append("appointments")
        for section in sections:
            self.assertGreater(day[section]["count"], 0, section)

    def test_no_mail_leaves(self):
        """The addresses are invented; still nobody gets an invitation by loading demo data."""
        meeting = self.env.ref(f"{MODULE}.demo_event_team")
        self.assertEqual(len(meeting.partner_ids), 3)
        about = [("model", "=", "calendar.event"), ("res_id", "in", self._demo("calendar.event").ids)]
        self.assertFalse(self.env["mail.mail"].search_count(about))

    def test_no_address_of_a_real_domain(self):
        partners = self._demo("res.partner") | self._demo("res.users").partner_id
        for partner in partners.filtered("email"):
            self.assertRegex(partner.email, r"@example\.(com|org|net)$")
