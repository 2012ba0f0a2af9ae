"""The portal of an encrypted call: the key stays in the bidder's browser."""

from unittest.mock import Mock, patch

from lxml import html
from werkzeug import Response

from odoo.tests import HttpCase, tagged

from ..controllers.portal_submission import SubmissionPortal
from .encryption_common import EncryptionCommon
from .submission_common import ANSWERS, PDF

COOKIE = "sozial_submission_key"


@tagged("post_install", "-at_install")
class TestEncryptedPortal(EncryptionCommon, HttpCase):
    def _hand_in_there(self):
        draft = self._draft()
        self.env.flush_all()
        self.authenticate(self.bidder.login, self.bidder.login)
        self.address = f"/my/submissions/{draft.token}"
        page = self.url_open(self.address)
        form = {f"answer_{key}": f"Amselruf {key}" for key in ANSWERS}
        form["csrf_token"] = html.fromstring(page.content).xpath("//input[@name='csrf_token']/@value")[0]
        answer = self.url_open(f"{self.address}/hand-in", data=form, files={"files": ("Konzept.pdf", PDF, "application/pdf")})
        self.assertEqual(answer.status_code, 200)
        return draft, answer

    def _cookies(self):
        return [one for one in self.opener.cookies if one.name == COOKIE]

    def test_it_can_be_read_in_each_language(self):
        """The page has an address in each language; the portal of a German is called /de/my/…"""
        for code in ("de_DE", "en_US"):
            self.env["res.lang"]._activate_lang(code)
        prefixes = [f"/{language.url_code}" for language in self.env["res.lang"]._get_active_by("code").values()]
        self.assertGreaterEqual(len(prefixes), 2)
        self._hand_in_there()
        for prefix in ("", *prefixes):
            with self.subTest(prefix=prefix):
                self.assertIn("Amselruf idea", self.url_open(f"{prefix}{self.address}").text)
                self.assertIn("Amselruf idea", self.url_open(f"{prefix}{self.address}/copy").text)
        self.assertNotIn(COOKIE, self.url_open("/my/submissions").request.headers.get("Cookie", ""))

    def test_over_https_it_stays_there(self):
        draft, _answer = self._hand_in_there()
        self.assertEqual({cookie.secure for cookie in self._cookies()}, {False}, "the test's server speaks http")
        response = Response()
        with patch(f"{SubmissionPortal.__module__}.request", Mock(env=self.env)) as request:
            request.httprequest.scheme = "https"
            SubmissionPortal()._keep_key(response, draft, "key")
        kept = response.headers.getlist("Set-Cookie")
        self.assertGreaterEqual(len(kept), 2)
        self.assertTrue(all("Secure" in one and "HttpOnly" in one for one in kept))

    def test_this_browser_reads_it_another_does_not(self):
        draft, answer = self._hand_in_there()
        self.assertEqual(draft.state, "submitted")
        self.assertIn("Amselruf idea", answer.text)
        self.assertIn("Konzept.pdf", answer.text)
        cookies = self._cookies()
        self.assertTrue(all(cookie.path.endswith(self.address) for cookie in cookies), "with no other page it goes along")
        self.assertEqual({cookie.has_nonstandard_attr("HttpOnly") for cookie in cookies}, {True})
        self.assertEqual({cookie.get_nonstandard_attr("SameSite") for cookie in cookies}, {"Lax"})
        self.assertIn("Amselruf idea", self.url_open(f"{self.address}/copy").text)
        for cookie in cookies:
            self.opener.cookies.clear(cookie.domain, cookie.path, cookie.name)
        page = self.url_open(self.address).text
        self.assertNotIn("Amselruf", page)
        self.assertIn(draft.number, page, "the receipt stays")
        copy = self.url_open(f"{self.address}/copy").text
        self.assertNotIn("Amselruf", copy)
        self.assertIn("alert-danger", copy)

    def test_a_file_cannot_be_downloaded(self):
        draft, _answer = self._hand_in_there()
        token = draft.content_ids.filtered(lambda row: row.kind == "file").token
        page = self.url_open(f"{self.address}/file/{token}")
        self.assertIn("alert-danger", page.text)
        self.assertNotIn("attachment", page.headers.get("Content-Disposition", ""))

    def test_changed_in_the_same_browser(self):
        self._hand_in_there()
        token = html.fromstring(self.url_open(self.address).content).xpath("//input[@name='csrf_token']/@value")[0]
        page = self.url_open(f"{self.address}/change", data={"csrf_token": token})
        self.assertIn("Amselruf team", page.text)
