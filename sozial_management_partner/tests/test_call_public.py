import io
import json
from pathlib import Path
from unittest.mock import patch

import jsonschema
from lxml import etree, html
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import PartnerCommon

SCHEMA = Path(__file__).parent / "data" / "ocds-release-schema-1.1.json"


class CallHttp(PartnerCommon, HttpCase):
    """Pages of calls; the test company is the company of the site."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slug = cls.env["ir.http"]._slug((cls.company.id, cls.company.name))
        cls.board = f"/sozial/{cls.slug}/aufrufe"
        cls.call = cls._published()
        cls.draft = cls._call(name="Geheimer Entwurf")
        cls.invited = cls._published(name="Nur für Geladene", access="invited", invited_ids=cls.caritas.ids)
        cls.env.flush_all()

    def _page(self, url, status=200, **kwargs):
        response = self.url_open(url, **kwargs)
        self.assertEqual(response.status_code, status, url)
        return response

    def _csrf(self, url):
        return html.fromstring(self._page(url).content).xpath("//input[@name='csrf_token']/@value")[0]


@tagged("post_install", "-at_install")
class TestCallPublic(CallHttp):
    """What everybody sees of calls, without a login."""

    def test_the_board_lists_open_published_calls_only(self):
        text = self._page(self.board).text
        self.assertIn("Mieterberatung Nord", text)
        self.assertIn(self.call.deadline_text, text)
        self.assertNotIn("Geheimer Entwurf", text)
        self.assertNotIn("Nur für Geladene", text)

    def test_another_company_has_its_own_board(self):
        away = self.env["ir.http"]._slug((self.other_company.id, self.other_company.name))
        self._page(f"/sozial/{away}/aufrufe", 404)
        self._page("/sozial/gibtsnicht-99999/aufrufe", 404)
        self.assertNotIn("Mieterberatung Nord", self._page("/sozial/aufrufe").text)

    def test_the_notice_stands_on_its_page(self):
        text = self._page(self.call._public_path()).text
        for number in (1, 10, 18):
            self.assertIn(self.call.section_ids[number - 1].name, text)
        self.assertIn("Los 2: Gruppen", text)
        self.assertIn(f"{self.call._public_path()}/anmelden", text)

    def test_what_is_not_public_is_not_there(self):
        for call in (self.draft, self.invited):
            for rest in ("", "/call.json", "/ocds.json", "/bekanntmachung.pdf", "/anmelden"):
                with self.subTest(call=call.name, rest=rest):
                    self._page(call._public_path() + rest, 404)
        self._page("/sozial/aufrufe/" + "x" * 22, 404)

    def test_the_invited_read_their_call(self):
        self.authenticate("t_caritas", "t_caritas")
        self.assertIn("Nur für Geladene", self._page(self.invited._public_path()).text)
        self.authenticate("t_verein", "t_verein")
        self._page(self.invited._public_path(), 404)

    def test_no_words_of_the_staff_leave(self):
        self.call.note = "Interner Vermerk 4711"
        self.env["sozial.call.question"].create({"call_id": self.call.id, "original": "Frage 4711", "asker_id": self.caritas.id})
        self.env.flush_all()
        for rest in ("", "/call.json", "/ocds.json"):
            text = self._page(self.call._public_path() + rest).text
            self.assertNotIn("4711", text)
            self.assertNotIn(self.second_procurement.name, text)

    def test_json_and_fragment(self):
        data = self._page(f"{self.board}.json").json()
        self.assertEqual([call["number"] for call in data["calls"]], [self.call.number])
        self.assertTrue(data["calls"][0]["deadline"].endswith("+00:00"))
        self.assertEqual(set(data), {"company", "language", "calls"})
        fragment = self._page(f"{self.board}/fragment")
        self.assertIn("Mieterberatung Nord", fragment.text)
        self.assertNotIn("<html", fragment.text)
        one = self._page(f"{self.call._public_path()}/call.json").json()
        self.assertEqual(len(one["sections"]), 18)

    def test_the_feed_is_atom(self):
        feed = etree.fromstring(self._page(f"{self.board}.atom").content)
        names = {"a": "http://www.w3.org/2005/Atom"}
        self.assertEqual(feed.xpath("a:entry/a:title/text()", namespaces=names), ["Mieterberatung Nord"])
        for wanted in ("a:id", "a:title", "a:updated", "a:link[@rel='self']", "a:entry/a:id", "a:entry/a:updated"):
            self.assertTrue(feed.xpath(wanted, namespaces=names), wanted)

    def test_open_data_is_valid(self):
        self.call._publish_change({"summary": "Anders gesagt."}, "Verständlicher")
        self.env.flush_all()
        package = self._page(f"{self.call._public_path()}/ocds.json").json()
        schema = json.loads(SCHEMA.read_text())
        [release] = package["releases"]
        jsonschema.Draft4Validator(schema).validate(release)
        with self.assertRaises(jsonschema.ValidationError):  # the check can fail
            jsonschema.Draft4Validator(schema).validate({**release, "tag": ["anything"]})
        self.assertEqual(release["tender"]["title"], "Mieterberatung Nord")
        self.assertEqual(len(release["tender"]["lots"]), 2)
        self.assertEqual(len(release["tender"]["amendments"]), 1)
        self.assertNotIn("tenderers", release["tender"])
        self.assertEqual(release["tender"]["tenderPeriod"]["endDate"], self.call.deadline.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _printed(self, call):
        """What a visitor gets, with a printer that works (Odoo prints nothing in tests)."""
        call.sudo().current_version_id.with_context(force_report_rendering=True)._print_notice()
        self.env.flush_all()
        return self._page(f"{call._public_path()}/bekanntmachung.pdf")

    def test_the_pdf_holds_the_whole_notice(self):
        with patch.object(self.env.registry["sozial.call.version"], "_print_notice", lambda _versions: None):
            call = self._published()
        answer = self._printed(call)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
        for words in (call.number, "Mieterberatung Nord", "1. Auslober", "18. Anlagen", call.deadline_text[:12],
                      call.current_version_id.sha256[:20]):  # fmt: skip
            self.assertIn(words, text)
        self.assertNotIn("Draft", text)

    def test_the_pdf_is_printed_once_a_version(self):
        first = self.call.current_version_id.notice
        self.assertTrue(first)
        self.call._publish_change({"summary": "Anders gesagt."}, "Verständlicher")
        second = self.call.current_version_id
        self.assertEqual(second.number, 2)
        self.assertNotEqual(second.notice, first)
        self.env.flush_all()
        with patch.object(self.env.registry["ir.actions.report"], "_render_qweb_pdf") as printer:
            answer = self._page(f"{self.call._public_path()}/bekanntmachung.pdf")
        self.assertEqual((answer.status_code, printer.call_count), (200, 0))
        self.assertIn("Anders gesagt.", answer.text)

    def test_a_printer_that_fails_stops_no_publication(self):
        broken = patch.object(self.env.registry["ir.actions.report"], "_render_qweb_pdf", side_effect=UserError("no wkhtmltopdf"))
        with broken, self.assertLogs("odoo.addons.sozial_management_partner.models.call.version", "WARNING"):
            call = self._published()
        self.env.flush_all()
        self.assertEqual(self.url_open(f"{call._public_path()}/bekanntmachung.pdf").status_code, 404)
        self.assertNotIn("bekanntmachung.pdf", self._page(call._public_path()).text)
        self.env["sozial.call.version"]._cron_print()
        self.assertTrue(call.current_version_id.notice)

    def test_changes_and_answers_stand_on_the_page(self):
        values = {"call_id": self.call.id, "original": "x", "text": "Gibt es Räume?", "answer": "Ja."}
        question = self.env["sozial.call.question"].create(values)
        question.with_user(self.procurement).action_answer()
        self.call._publish_change({"remuneration": "Ein Zuschuss von 30.000 € im Jahr."}, "Der Zuschuss steigt.")
        self.env.flush_all()
        text = self._page(self.call._public_path()).text
        self.assertIn("Gibt es Räume?", text)
        self.assertIn("Der Zuschuss steigt.", text)
        self.assertIn("30.000", text)


@tagged("post_install", "-at_install")
class TestCallPortal(CallHttp):
    """Calls as an organisation sees them."""

    def test_list_and_question(self):
        self.authenticate("t_verein", "t_verein")
        text = self._page("/my/calls").text
        self.assertIn("Mieterberatung Nord", text)
        self.assertNotIn("Nur für Geladene", text)
        page = f"/my/calls/{self.call.token}"
        token = self._csrf(page)
        asked = self._page(f"{page}/ask", data={"csrf_token": token, "question": "Gibt es Räume?"})
        self.assertIn("Gibt es Räume?", asked.text)
        question = self.env["sozial.call.question"].search([("call_id", "=", self.call.id)])
        self.assertEqual((question.original, question.state), ("Gibt es Räume?", "asked"))
        self.assertNotEqual(question.create_uid, self.other_bidder)
        empty = self._page(f"{page}/ask", data={"csrf_token": token, "question": " "})
        self.assertIn("alert-danger", empty.text)
        self.authenticate("t_caritas", "t_caritas")
        self.assertNotIn("Gibt es Räume?", self._page(page).text)

    def test_a_question_needs_the_form(self):
        self.authenticate("t_verein", "t_verein")
        page = f"/my/calls/{self.call.token}"
        self.assertEqual(self.url_open(f"{page}/ask", data={"question": "ohne Schutz"}).status_code, 400)
        self.url_open(f"{page}/ask?question=x")  # an address changes nothing
        self.assertFalse(self.env["sozial.call.question"].search([("call_id", "=", self.call.id)]))

    def test_news_by_a_button(self):
        self.authenticate("t_verein", "t_verein")
        page = f"/my/calls/{self.call.token}"
        self._page(f"{page}/news", data={"csrf_token": self._csrf(page)})
        self.assertTrue(self.call._is_subscribed(self.other_bidder.partner_id))

    def test_calls_of_others_are_not_there(self):
        self.authenticate("t_verein", "t_verein")
        for call in (self.draft, self.invited):
            self.assertTrue(self._page(f"/my/calls/{call.token}").url.endswith("/my/calls"))


@tagged("post_install", "-at_install")
class TestRegistration(CallHttp):
    """An organisation registers itself; its papers are compared later."""

    def _register(self, **values):
        url = f"{self.call._public_path()}/anmelden"
        data = {"csrf_token": self._csrf(url), "organisation": "Bürgerverein Ost e. V.", "legal_form": "ev", "person": "Ida Neu",
                "email": "ida.neu@example.com", "phone": "", **values}  # fmt: skip
        return self.url_open(url, data=data)

    def test_a_new_organisation(self):
        response = self._register()
        self.assertTrue(response.url.endswith("/danke"), response.text[:500])
        user = self.env["res.users"].search([("login", "=", "ida.neu@example.com")])
        self.assertTrue(user.share and user.has_group("base.group_portal"))
        self.assertEqual(user.company_id, self.company)
        organisation = user.partner_id.commercial_partner_id
        self.assertEqual((organisation.name, organisation.legal_form), ("Bürgerverein Ost e. V.", "ev"))
        self.assertTrue(organisation.is_organisation)
        self.assertFalse(organisation.is_verified)
        self.assertTrue(self.call._is_subscribed(user.partner_id))
        self.assertTrue(self.env["mail.mail"].search([("email_to", "ilike", "ida.neu@example.com")]) or user.partner_id.signup_type)
        organisation.with_user(self.procurement).action_verify_organisation()
        self.assertEqual(organisation.organisation_verified_by_id, self.procurement)

    def test_a_known_address_gets_the_same_answer(self):
        number = self.env["res.partner"].search_count([])
        response = self._register(email="t_caritas", organisation="X")
        self.assertEqual(response.status_code, 422)
        self.bidder.login = "bekannt@example.com"
        self.env.flush_all()
        self.assertTrue(self._register(email="Bekannt@example.com").url.endswith("/danke"))
        self.assertEqual(self.env["res.partner"].search_count([]), number, "nothing is made twice")
        self.assertTrue(self.call._is_subscribed(self.bidder.partner_id))

    def test_staff_is_left_alone(self):
        self.procurement.login = "petra@example.com"
        self.env.flush_all()
        self.assertTrue(self._register(email="petra@example.com").url.endswith("/danke"))
        self.assertFalse(self.call._is_subscribed(self.procurement.partner_id))

    def test_bad_input_is_named(self):
        for values in ({"organisation": ""}, {"email": "kein"}, {"legal_form": "x"}, {"person": "x" * 101}):
            response = self._register(**values)
            self.assertEqual(response.status_code, 422)
            self.assertIn("o_sozial_error", response.text)
        self.assertTrue(self._register(website_url="x").url.endswith("/danke"))
        self.assertFalse(self.env["res.users"].search([("login", "=", "ida.neu@example.com")]))

    def test_too_late(self):
        token_page = f"{self.call._public_path()}/anmelden"
        csrf = self._csrf(token_page)
        self._pass_deadline(self.call)
        self.env.flush_all()
        data = {"csrf_token": csrf, "organisation": "Z", "legal_form": "ev", "person": "Z", "email": "z@example.com"}
        self.assertEqual(self.url_open(token_page, data=data).status_code, 422)
