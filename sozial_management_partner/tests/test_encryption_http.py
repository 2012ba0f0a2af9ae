"""The portal of an encrypted call: the key stays in the bidder's browser."""

from lxml import html

from odoo.tests import HttpCase, tagged

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

    def test_this_browser_reads_it_another_does_not(self):
        draft, answer = self._hand_in_there()
        self.assertEqual(draft.state, "submitted")
        self.assertIn("Amselruf idea", answer.text)
        self.assertIn("Konzept.pdf", answer.text)
        [cookie] = [one for one in self.opener.cookies if one.name == COOKIE]
        self.assertEqual(cookie.path, self.address)
        self.assertTrue(cookie.has_nonstandard_attr("HttpOnly"))
        self.assertIn("Amselruf idea", self.url_open(f"{self.address}/copy").text)
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
