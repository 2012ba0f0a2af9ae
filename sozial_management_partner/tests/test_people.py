"""People of an organisation: its own admin invites and removes them, at once; the last one stays."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from . import test_call_query_counts
from .referral_common import SECRET
from .test_referral_portal import PortalCase

PINNED_PORTAL = 6  # with warm caches; whoever lets it rise says why


class PeopleCase(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bidder.partner_id.manages_portal = True
        cls.second = cls._bidder(cls.caritas, "t_caritas_two")

    def _people(self, user=None):
        return self._as(self.env["res.partner"], user or self.bidder)

    def _with_login(self, login):
        return self.env["res.users"].with_context(active_test=False).search([("login", "=", login)])


@tagged("post_install", "-at_install")
class TestPeople(PeopleCase):
    def test_invited_by_mail(self):
        self._people()._portal_invite(" Nina   Neu ", "Nina@Example.com")
        user = self._with_login("nina@example.com")
        self.assertEqual((user.name, user.share, user._is_portal()), ("Nina Neu", True, True))
        self.assertEqual((user.commercial_partner_id, user.company_ids), (self.caritas, self.company))
        self.assertFalse(user.partner_id.manages_portal)
        self.assertTrue(user.partner_id.signup_type, "the mail carries a link to choose a password")
        self.assertIn(user.partner_id, self.caritas.with_user(self.procurement).portal_people_ids)

    def test_what_is_not_invited(self):
        for name, email, said in (
            ("", "a@example.com", "Name"), ("A", "", "E-mail"), ("A", "x", "E-mail"), ("A", "t_caritas_two", "E-mail"),
            ("A", self.worker.login, "E-mail"), ("A", "t_verein", "E-mail"),
        ):  # fmt: skip
            with self.subTest(name=name, email=email), self.assertRaisesRegex(UserError, said):
                self._people()._portal_invite(name, email)
        self.other_bidder.login = "verein@example.com"
        self.second.login = "two@example.com"
        for email in ("verein@example.com", "two@example.com"):
            with self.subTest(email=email), self.assertRaisesRegex(UserError, "E-mail"):
                self._people()._portal_invite("A", email)
        self.assertEqual(self.other_bidder.commercial_partner_id, self.verein)
        with patch("odoo.addons.sozial_management_partner.models.organisation.people.MOST", 2), self.assertRaisesRegex(UserError, "2"):
            self._people()._portal_invite("A", "a@example.com")

    def test_only_who_manages_and_only_own_people(self):
        for user in (self.second, self.other_bidder):
            for step in (
                lambda people: people._portal_invite("A", "a@example.com"), lambda people: people._portal_remove(self.second.partner_id.id),
                lambda people: people._portal_manage(self.second.partner_id.id, True),
            ):  # fmt: skip
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    step(self._people(user))
        self.other_bidder.partner_id.manages_portal = True
        second = self.second.partner_id.id
        for number in (second, str(second), self.caritas.id, self.worker.partner_id.id, "x", None, -1):
            with self.subTest(number=number), self.assertRaises(UserError):
                self._people(self.other_bidder)._portal_remove(number)
        for user in (self.worker, self.system):
            with self.assertRaises(UserError):
                self._people(user)._portal_invite("A", "a@example.com")
        self.assertTrue(self.second.active and self.worker.active)

    def test_the_last_one_stays(self):
        own = self.bidder.partner_id.id
        for step in (lambda: self._people()._portal_remove(own), lambda: self._people()._portal_manage(own, False)):
            with self.assertRaisesRegex(UserError, "last"):
                step()
        self._people()._portal_manage(self.second.partner_id.id, True)
        self._people(self.second)._portal_remove(own)
        self.assertFalse(self.bidder.active or self.bidder.partner_id.manages_portal)
        with self.assertRaisesRegex(UserError, "last"):
            self._people(self.second)._portal_remove(self.second.partner_id.id)
        self._people(self.second)._portal_invite("Wieder da", self.bidder.login + "@example.com")
        self.assertTrue(self._with_login("t_caritas@example.com").active)

    def test_somebody_comes_back(self):
        self.second.login = "two@example.com"
        self._people()._portal_remove(self.second.partner_id.id)
        self._people()._portal_invite("Zwei", "two@example.com")
        self.assertTrue(self.second.active and self.second.partner_id.active)
        self.assertFalse(self.second.partner_id.manages_portal)

    def test_the_office_sees_and_intervenes(self):
        person = self.bidder.partner_id
        self.assertEqual(self.caritas.with_user(self.procurement).portal_people_ids, person | self.second.partner_id)
        with self.assertRaises(AccessError):
            self.caritas.with_user(self.worker).portal_people_ids.mapped("name")
        self._as(self.second.partner_id, self.procurement).action_toggle_manages_portal()
        self.assertTrue(self.second.partner_id.manages_portal)
        for user in (self.worker, self.bidder, self.frontdesk):
            for name in ("action_end_portal_access", "action_toggle_manages_portal"):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    getattr(self._as(person, user), name)()
        for wrong in (self.caritas, self.tenant):
            with self.assertRaises(UserError):
                self._as(wrong, self.procurement).action_end_portal_access()
        self._as(person | self.second.partner_id, self.procurement).action_end_portal_access()
        self.assertFalse((self.bidder | self.second).filtered("active"))

    def test_only_who_runs_calls_says_who_manages(self):
        """Employees who edit contacts do not name the one who lets others into an organisation."""
        editor = self._user("t_editor", groups="base.group_user,base.group_partner_manager")
        mine, other = self._as(self.bidder.partner_id, editor), self._as(self.second.partner_id, editor)
        for person, value in ((other, True), (mine, False)):
            with self.subTest(value=value), self.assertRaisesRegex(AccessError, "run calls"):
                person.manages_portal = value
        new = {"name": "Neu", "parent_id": self.caritas.id, "company_id": self.company.id}
        with self.assertRaisesRegex(AccessError, "run calls"):
            mine.create({**new, "manages_portal": True})
        self.assertFalse(mine.with_context(default_manages_portal=True).create(new).manages_portal)
        other.write({"function": "Beraterin", "manages_portal": False})  # a form that sends what stands there already
        self._as(self.second.partner_id, self.procurement).manages_portal = True
        self.assertTrue(self.second.partner_id.manages_portal)
        mine.parent_id = False
        self.assertFalse(self.bidder.partner_id.manages_portal, "whoever leaves manages nobody, whoever moves the contact")

    def test_who_registers_an_organisation_manages_its_people(self):
        call = self._published()
        call._register_organisation({"organisation": "Neu e. V.", "legal_form": "ev", "person": "N", "email": "n@example.com", "phone": ""})
        self.assertTrue(self._with_login("n@example.com").partner_id.manages_portal)


@tagged("post_install", "-at_install")
class TestPeoplePages(PeopleCase):
    def test_access_ends_at_once(self):
        referral = self._sent()
        url = f"/my/referrals/{referral.sudo().share_id.token}"
        key = self.env["res.users.apikeys"].with_user(self.second)._generate("rpc", "test", fields.Datetime.now() + timedelta(hours=1))
        self.env.flush_all()
        ask = {"json": {"domain": []}, "headers": {"Authorization": f"bearer {key}"}}
        lines = "/json/2/sozial.referral.share.line/search_read"
        self.authenticate("t_caritas_two", "t_caritas_two")
        self.assertIn(SECRET, self.url_open(url).text)
        self.assertIn(SECRET, self.url_open(lines, **ask).text)
        self._people()._portal_remove(self.second.partner_id.id)
        self.env.flush_all()
        page = self.url_open(url)
        self.assertIn("/web/login", page.url)
        self.assertNotIn(SECRET, page.text)
        self.assertEqual(self.url_open(lines, **ask).status_code, 401)

    def test_in_the_portal(self):
        self.authenticate("t_caritas", "t_caritas")
        page = self.url_open("/my/people").text
        self.assertIn("t_caritas_two", page)
        self.assertNotIn("t_verein", page)
        self.assertIn("alert-success", self._post("/my/people/invite", name="Nina", email="nina@example.com").text)
        self.assertIn("alert-danger", self._post("/my/people/invite", name="Nina", email="nina").text)
        second = self.second.partner_id.id
        self.assertIn("alert-success", self._post(f"/my/people/{second}/manage", manages="1").text)
        self.assertIn("alert-success", self._post(f"/my/people/{second}/manage", manages="0").text)
        self.assertIn("alert-success", self._post(f"/my/people/{second}/remove").text)
        self.assertIn("alert-danger", self._post(f"/my/people/{second}/remove").text)
        self.assertIn("alert-danger", self._post(f"/my/people/{self.bidder.partner_id.id}/remove").text)
        for path in ("invite", f"{second}/remove", f"{second}/manage"):
            self.assertEqual(self.url_open(f"/my/people/{path}").status_code, 405)
        answer = self.make_jsonrpc_request("/my/counters", {"counters": ["sozial_people_count"]})
        self.assertEqual(answer["sozial_people_count"], 2)

    def test_queries_stay_flat(self):
        count = test_call_query_counts.TestCallQueryCounts._count
        people = self._people()

        def page():
            return people._portal_organisation()._people().mapped(lambda one: (one.name, one.email, one.manages_portal))

        found = count(self, page)
        self.assertEqual(found, PINNED_PORTAL)
        for number in range(5):
            self._bidder(self.caritas, f"t_caritas_{number + 3}")
        self.assertEqual(count(self, page), found)
