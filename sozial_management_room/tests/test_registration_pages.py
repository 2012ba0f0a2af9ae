from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

from .activity_common import ActivityCommon

ENGLISH = {"Accept-Language": "en-US"}


@tagged("post_install", "-at_install")
class TestRegistrationPages(ActivityCommon, HttpCase):
    """A course on the public page: register, confirm by mail, wait, move up, cancel. Reading changes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.course = cls._activity("Yoga", kind="course", registration="course", seats=1, published=True, public_registration=True)
        cls.path = cls.course._public_path()

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(type(self.env["sozial.callback.attempt"]), "_may_send", lambda *args: True))

    def _post(self, url, **values):
        page = html.fromstring(self.url_open(url, headers=ENGLISH).text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        return self.url_open(url.partition("?")[0], data={"csrf_token": token, **values}, headers=ENGLISH)

    def _apply(self, name, path=None, **values):
        path = path or self.path
        answer = self._post(f"{path}/anmelden", name=name, email=f"{name.lower()}@example.com", **values)
        found = self.env["sozial.activity.registration"].search([("name", "=", name)])
        return answer, found

    def _link(self, one):
        return one.sudo()._link().removeprefix(one.get_base_url())

    def test_a_course_with_registration_and_waiting_list(self):
        answer, ada = self._apply("Ada")
        self.assertIn("Please look into your mails", answer.text)
        self.assertEqual((ada.state, ada.seat, ada.source), ("unconfirmed", 1, "public"))
        page = html.fromstring(self.url_open(self._link(ada)).text)
        self.assertIn("Yoga", page.findtext("head/title"))
        self.assertEqual(ada.state, "unconfirmed", "reading changes nothing")
        self.assertIn("You are registered", self._post(self._link(ada), answer="yes").text)
        self.assertEqual(ada.state, "confirmed")

        _answer, bea = self._apply("Bea")
        self.assertEqual((bea.state, bea.seat), ("unconfirmed", 0))
        self.assertIn("waiting list", self._post(self._link(bea), answer="yes").text)
        self.assertEqual(bea.state, "waiting")
        self._post(self._link(ada), answer="cancel")
        self.assertEqual((ada.state, bea.state, bea.seat), ("cancelled", "offered", 1))
        self._post(self._link(bea), answer="yes")
        self.assertEqual(bea.state, "confirmed")

    def test_a_link_is_the_proof(self):
        _answer, ada = self._apply("Ada")
        self.assertEqual(self.url_open(self._link(ada) + "x").status_code, 404)
        self.assertEqual(self.url_open(f"/sozial/anmeldung/{ada.id + 999}/abc").status_code, 404)

    def test_bad_input_is_named_and_nothing_written(self):
        answer = self._post(f"{self.path}/anmelden", name="", email="nobody")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("“Name”: please fill in.", answer.text)
        self.assertIn("this is no e-mail address", answer.text)
        answer, kim = self._apply("Kim", minor="1")
        self.assertFalse(kim)
        self.assertIn("consent of a parent", answer.text)
        answer, kim = self._apply("Kim", minor="1", parent_name="Mama", parent_consent="1")
        self.assertTrue(kim.parent_consent_on)
        self.assertEqual(kim.parent_consent_how, "form")

    def test_scripts_and_second_clicks(self):
        answer, ada = self._apply("Ada", website_url="http://spam")
        self.assertFalse(ada)
        self.assertIn("Please look into your mails", answer.text)
        self._apply("Ada")
        self.assertEqual(len(self._apply("Ada")[1]), 1)
        self.startPatcher(patch.object(type(self.env["sozial.callback.attempt"]), "_may_send", lambda *args: False))
        answer, bea = self._apply("Bea")
        self.assertFalse(bea)
        self.assertIn("several requests", answer.text)
        self.assertEqual(self.url_open(f"{self.path}/anmelden", data={"name": "x"}).status_code, 400, "without the token of the page")

    def test_what_is_not_published_is_not_there(self):
        self.assertEqual(self.url_open(self.path).status_code, 200)
        self.course.public_registration = False
        self.assertEqual(self.url_open(f"{self.path}/anmelden").status_code, 404)
        self.course.published = False
        for page in ("", "/anmelden", "/danke"):
            self.assertEqual(self.url_open(self.path + page).status_code, 404)

    def test_a_slot_of_a_consultation_hour(self):
        hours = self._activity(
            "Sprechstunde", kind="consultation", registration="session", slot_minutes=20, pause_minutes=10, published=True,
            public_registration=True,
        )  # fmt: skip
        session = self._session(hours)
        path = hours._public_path()
        page = self.url_open(f"{path}/anmelden?termin={session.id}", headers=ENGLISH).text
        self.assertIn("10:30 – 10:50", page)
        self.assertNotIn("<textarea", page, "nobody is asked for a reason")
        _answer, ada = self._apply("Ada", path, session=session.id, slot="2")
        self.assertEqual((ada.session_id, ada.seat), (session, 2))
        self.assertNotIn("10:30 – 10:50", self.url_open(f"{path}/anmelden?termin={session.id}", headers=ENGLISH).text)
        answer, late = self._apply("Cem", path, session=session.id, slot="2")
        self.assertFalse(late, "while the other slot is free, nobody is put on the waiting list")
        self.assertIn("has just taken this time", answer.text)
        self.assertIn("10:00 – 10:20", answer.text)
        answer, nobody = self._apply("Bea", path, session="999999")
        self.assertFalse(nobody)
        self.assertIn("“Date”", answer.text)
        session.action_cancel()
        self.assertIn("Does not take place", self.url_open(path, headers=ENGLISH).text)

    def test_whoever_is_logged_in_needs_no_mail(self):
        user = new_test_user(
            self.env, "t_reg_tenant", password="t_reg_tenant", groups="base.group_portal", company_id=self.company.id, email="t@example.com"
        )
        user.partner_id.company_id = self.company
        self.authenticate("t_reg_tenant", "t_reg_tenant")
        answer = self._post(f"{self.path}/anmelden", name="Kind von T", email="other@example.com")
        one = self.env["sozial.activity.registration"].search([("name", "=", "Kind von T")])
        self.assertEqual((one.state, one.source, one.email, one.partner_id), ("confirmed", "portal", "t@example.com", user.partner_id))
        self.assertIn("Kind von T", answer.text)
        again = self._post(f"{self.path}/anmelden", name="Kind von T")
        self.assertTrue(again.url.endswith("/my/registrations"), "no mail has to be looked for")
        page = html.fromstring(self.url_open("/my/registrations").text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        self.url_open(f"/my/registrations/{one.id}", data={"csrf_token": token, "answer": "cancel"})
        self.assertEqual(one.state, "cancelled")
        other = self._register(self.course, "Bea")
        self.url_open(f"/my/registrations/{other.id}", data={"csrf_token": token, "answer": "cancel"})
        self.assertEqual(other.state, "confirmed", "a stranger's")
