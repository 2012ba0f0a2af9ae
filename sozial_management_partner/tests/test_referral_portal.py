from datetime import timedelta

from lxml import etree, html

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sozial_management.tests import test_query_counts

from . import test_call_query_counts
from .referral_common import SECRET, ReferralCommon

MODELS = (
    "sozial.referral", "sozial.referral.line", "sozial.referral.share", "sozial.referral.share.line", "sozial.referral.message",
    "sozial.agreement", "sozial.agreement.service",
)  # fmt: skip
# queries of a page with warm caches; whoever lets it rise says why
PINNED_PORTAL_LIST = 3
PINNED_PORTAL_PAGE = 5
PINNED_LIST = 4
PINNED_FORM = 22


class PortalCase(ReferralCommon, HttpCase):
    def _csrf(self, page="/my/evidence"):
        return self.url_open(page).text.split('name="csrf_token" value="')[1].split('"')[0]

    def _post(self, path, **form):
        return self.url_open(path, data={"csrf_token": self._csrf(), **form})

    def _visible(self, response):
        """The page without its forms: what a form was filled with stands in them, too."""
        return html.fromstring(response.text).text_content()


@tagged("post_install", "-at_install")
class TestReferralPortal(PortalCase):
    def test_a_referral_through_the_portal(self):
        referral = self._sent()
        url = f"/my/referrals/{referral.sudo().share_id.token}"
        self.authenticate("t_caritas", "t_caritas")
        self.assertIn(referral.number, self.url_open("/my/referrals").text)
        page = self._visible(self.url_open(url))
        self.assertIn(SECRET, page)
        self.assertNotIn("Sorgenfrei", page)
        self.assertIn("Wann passt es?", self._visible(self._post(url + "/message", body="Wann passt es?")))
        self.assertIn("alert-danger", self._post(url + "/decline", reason=" ").text)
        self.assertIn("Sorgenfrei", self._visible(self._post(url + "/step", state="accepted")))
        self.assertIn("alert-danger", self._post(url + "/step", state="draft").text)
        for path in ("/step", "/message", "/decline", "/deleted"):
            self.assertEqual(self.url_open(url + path).status_code, 405, "no change on GET")
        self.consent.with_user(self.worker).action_revoke()
        self.env.flush_all()
        page = self._visible(self.url_open(url))
        for word in (SECRET, "Sorgenfrei", "Wann passt es?"):
            self.assertNotIn(word, page)
        self._post(url + "/deleted")
        referral.invalidate_recordset()
        self.assertTrue(referral.sudo().share_id.deleted_at)
        self.assertIn(referral.number, self.url_open("/my/referrals?filterby=over").text)

    def test_a_foreign_organisation_finds_nothing(self):
        referral = self._sent()
        share = referral.sudo().share_id
        self._share(referral)._portal_write(f"Frage {SECRET}")
        rows = [share, share.line_ids, share.message_ids, referral, referral.line_ids, self.agreement, self.agreement.service_ids]
        self.env.flush_all()
        self.authenticate("t_verein", "t_verein")
        csrf = self._csrf()
        for key in (share.token, str(share.id), share.number):
            for path in ("", "/step", "/message", "/decline", "/deleted"):
                with self.subTest(key=key, path=path):
                    form = {"csrf_token": csrf, "state": "accepted", "body": "x", "reason": "x"} if path else None
                    answer = self.url_open(f"/my/referrals/{key}{path}", data=form)
                    self.assertTrue(answer.url.endswith("/my/referrals"), answer.url)
                    self.assertNotIn(SECRET, answer.text)
        for page in ("/my/referrals", "/my/referrals?filterby=over", "/my/referrals/page/2", "/my/agreements"):
            self.assertNotIn(share.number, self.url_open(page).text)
            self.assertNotIn(self.agreement.number, self.url_open(page).text)
        for row in rows:
            for field in ("display_name", "need", "value", "body", "text", "privacy_file"):
                answer = self.url_open(f"/web/content/{row._name}/{row[:1].id}/{field}")
                self.assertIn(answer.status_code, (403, 404))
        share.invalidate_recordset()
        self.assertEqual(share.state, "asked")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_json_2_gives_a_foreign_organisation_nothing(self):
        referral = self._sent()
        share = referral.sudo().share_id
        self._share(referral)._portal_write(f"Frage {SECRET}")
        rows = {one._name: one for one in (share, share.line_ids, share.message_ids, referral, referral.line_ids, self.agreement,
                                           self.agreement.service_ids)}  # fmt: skip
        self.assertEqual(set(rows), set(MODELS))
        found = {}
        for user in (self.bidder, self.other_bidder):
            key = self.env["res.users.apikeys"].with_user(user)._generate("rpc", "test", fields.Datetime.now() + timedelta(hours=1))
            self.env.flush_all()
            texts = []
            for model, row in rows.items():
                for method, body in (
                    ("search_read", {"domain": []}), ("read", {"ids": row.ids}), ("search_count", {"domain": [("id", "in", row.ids)]}),
                    ("write", {"ids": row.ids, "vals": {"company_id": self.other_company.id}}), ("unlink", {"ids": row.ids}),
                    ("export_data", {"ids": row.ids, "fields_to_export": ["display_name"]}),
                    ("_end", {"ids": row.ids, "state": "revoked"}),
                    ("name_search", {"name": ""}), ("action_send", {"ids": row.ids}),
                    ("_portal_step", {"ids": row.ids, "state": "accepted"}),
                ):  # fmt: skip
                    answer = self.url_open(f"/json/2/{model}/{method}", json=body, headers={"Authorization": f"bearer {key}"})
                    with self.subTest(user=user.login, model=model, method=method):
                        self.assertLess(answer.status_code, 500)
                        if method in ("write", "unlink", "_end", "_portal_step", "action_send"):
                            self.assertGreaterEqual(answer.status_code, 400)
                    texts.append(answer.text if answer.status_code == 200 else "")
            found[user] = " ".join(texts)
        self.assertIn(SECRET, found[self.bidder], "the positive control")
        for word in (SECRET, share.token, self.agreement.number, "Sorgenfrei"):
            self.assertNotIn(word, found[self.other_bidder])
        self.assertNotIn("Sorgenfrei", found[self.bidder])
        self.assertTrue(all(one.exists() for one in rows.values()))

    def test_counts_on_the_home_page(self):
        self._sent()
        self.authenticate("t_caritas", "t_caritas")
        answer = self.make_jsonrpc_request("/my/counters", {"counters": ["sozial_referral_count", "sozial_agreement_count"]})
        self.assertEqual((answer["sozial_referral_count"], answer["sozial_agreement_count"]), (1, 1))


@tagged("post_install", "-at_install")
class TestTenantLink(PortalCase):
    """The link shows what was shared with whom, and revokes on a confirmed POST."""

    def _link(self, referral):
        referral.action_tenant_link()
        return referral.tenant_url.removeprefix(referral.get_base_url())

    def test_seen_and_revoked(self):
        referral = self._sent(two_stage=False)
        link = self._link(referral)
        self.env.flush_all()
        page = self.url_open(link)
        for word in ("Caritasverband", SECRET, "Sorgenfrei"):
            self.assertIn(word, page.text)
        self.assertEqual((page.headers["Cache-Control"], page.headers["X-Robots-Tag"]), ("no-store", "noindex"))
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        self.assertEqual(self.url_open(f"{link}/widerruf").status_code, 405, "mail scanners change nothing")
        self.assertIn("alert-danger", self.url_open(f"{link}/widerruf", data={"csrf_token": csrf, "referral": referral.id}).text)
        other = self._open_case()
        foreign = self._consent(case_id=other.id)
        elsewhere = self._sent(case_id=other.id)
        self.env.flush_all()
        for number in (elsewhere.id, "x", "", "99999999999", "-1"):
            self.url_open(f"{link}/widerruf", data={"csrf_token": csrf, "confirmed": "1", "referral": number})
        self.env.invalidate_all()
        self.assertEqual((referral.state, elsewhere.state, bool(foreign.revoked_at)), ("sent", "sent", False))
        done = self.url_open(f"{link}/widerruf", data={"csrf_token": csrf, "confirmed": "1", "referral": referral.id})
        self.env.invalidate_all()
        self.assertIn("alert-success", done.text)
        self.assertNotIn(SECRET, done.text)
        self.assertTrue(self.consent.revoked_at)
        self.assertEqual((referral.state, elsewhere.state), ("revoked", "sent"))
        self.assertTrue(self.case.activity_ids)

    def test_a_link_ends(self):
        referral = self._sent()
        with self.assertRaises(UserError):
            self._referral().action_tenant_link()
        first = self._link(referral)
        second = self._link(referral)
        self.env.flush_all()
        for path, status in ((first, 404), (second, 200), ("/sozial/freigabe/x", 404), (f"/sozial/freigabe/{'x' * 43}", 404)):
            self.assertEqual(self.url_open(path).status_code, status)
        self.authenticate("t_caritas", "t_caritas")
        csrf = self._csrf()
        self.url_open(f"{first}/widerruf", data={"csrf_token": csrf, "confirmed": "1", "referral": referral.id})
        referral._write_guarded({"tenant_token_until": fields.Datetime.now() - timedelta(seconds=1)})
        self.env.flush_all()
        self.assertEqual(self.url_open(second).status_code, 404)
        self.url_open(f"{second}/widerruf", data={"csrf_token": csrf, "confirmed": "1", "referral": referral.id})
        self.env.invalidate_all()
        self.assertEqual((referral.state, referral.tenant_url), ("sent", False))


@tagged("post_install", "-at_install")
class TestReferralQueryCounts(ReferralCommon):
    _specification = test_query_counts.TestQueryCounts._specification
    _count = test_call_query_counts.TestCallQueryCounts._count

    def _page(self, user):
        shares = self._as(self.env["sozial.referral.share"], user)

        def page():
            shares.search_count([])
            shares.search([], order="urgency desc, id desc", limit=20).mapped(lambda one: (one.number, one.state, one.respond_by))

        return page

    def _detail(self, token):
        shares = self._as(self.env["sozial.referral.share"], self.bidder)

        def page():
            share = shares.search([("token", "=", token)], limit=1)
            share.mapped("number")
            for model, field in (("sozial.referral.share.line", "value"), ("sozial.referral.message", "body")):
                shares.env[model].search([("share_id", "=", share.id)], limit=100).mapped(field)

        return page

    def _view(self, view, referral):
        referrals = self._as(self.env["sozial.referral"], self.worker)
        specification = self._specification(referrals, etree.fromstring(referrals.get_view(view_type=view)["arch"]))
        if view == "list":
            return lambda: referrals.web_search_read([], specification, limit=80)
        return lambda: referrals.browse(referral.id).web_read(specification)

    def test_pages_stay_flat(self):
        first = [self._sent() for _each in range(2)][0]
        token = first.sudo().share_id.token

        def counts():
            steps = (self._page(self.bidder), self._detail(token), self._view("list", first), self._view("form", first))
            return tuple(self._count(step) for step in steps)

        found = counts()
        self.assertEqual(found, (PINNED_PORTAL_LIST, PINNED_PORTAL_PAGE, PINNED_LIST, PINNED_FORM))
        for _each in range(4):
            self._sent()
        self.assertEqual(counts(), found, "the same with more rows")
