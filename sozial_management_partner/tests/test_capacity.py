"""Free capacity: told with one click in the portal or behind a signed link, grey after some weeks."""

from datetime import timedelta
from unittest.mock import patch

from lxml import etree
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sozial_management.tests import test_query_counts

from . import test_call_query_counts
from .agreement_common import AgreementCommon
from .test_referral_portal import PortalCase

# queries with warm caches; whoever lets it rise says why
PINNED_PORTAL = 9  # the agreements with their services and offers, the rows, the weeks that count
PINNED_LIST = 4
PINNED_FORM = 4


class CapacityCommon(AgreementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls._active()

    def _row(self, offer=False, partner=None):
        partner = partner or self.caritas
        return self.env["sozial.capacity"].search([("partner_id", "=", partner.id), ("offer_id", "=", offer and offer.id)])

    def _tell(self, light, offer="", places="", user=None):
        self._as(self.env["sozial.capacity"], user or self.bidder)._portal_tell(str(offer and offer.id), light, places)

    def _asked(self, days=0):
        """Who gets the weekly mail on that day."""
        day, before = self.today + timedelta(days=days), self.env["mail.mail"].search([], order="id desc", limit=1).id
        today = patch.object(fields.Date, "context_today", lambda _record, timestamp=None: day)
        with today, self.enter_registry_test_mode():
            self.env.ref("sozial_management_partner.cron_capacity_ask").method_direct_trigger()
        self.env.invalidate_all()
        mails = self.env["mail.mail"].search([("id", ">", before)])
        return mails.filtered(lambda one: "t_caritas" in one.email_to or "t_verein" in one.email_to)


@tagged("post_install", "-at_install")
class TestCapacity(CapacityCommon):
    def test_told_and_grey_after_some_weeks(self):
        self._tell("green", places="3")
        self._tell("yellow", offer=self.offer)
        row = self._row()
        self.assertEqual((row.shown, row.places, row.told_by), ("green", 3, self.bidder.name))
        self.assertEqual(self._row(self.offer).shown, "yellow")
        found = self.env["sozial.capacity"].with_company(self.company)
        for weeks, shown in ((3.9, "green"), (4.1, "grey")):
            row._write_guarded({"told_at": fields.Datetime.now() - timedelta(weeks=weeks)})
            self.assertEqual(row.shown, shown)
            for light in ("green", "yellow", "red", "grey"):
                hit = found.search([("shown", "=", light), ("partner_id", "=", self.caritas.id), ("offer_id", "=", False)])
                self.assertEqual(bool(hit), light == shown, light)
        self.company.sozial_capacity_weeks = 6
        row.invalidate_recordset()
        self.assertEqual(row.shown, "green")
        self._tell("red", places="9")
        self.assertEqual((row.shown, row.places), ("red", 0))

    def test_bad_input_is_named(self):
        other = self._offer("Fremd", provider_id=self.verein.id)
        for light, offer, places, said in (
            ("blue", "", "", "three"), (None, "", "", "three"), ("green", "", "viele", "Number"), ("green", "", "-1", "Number"),
            ("green", "", "10000", "Number"), ("green", str(other.id), "", "offers"), ("green", "x", "", None),
        ):  # fmt: skip
            rows = self._as(self.env["sozial.capacity"], self.bidder)
            with self.subTest(light=light, offer=offer, places=places):
                if said:
                    with self.assertRaisesRegex(UserError, said):
                        rows._portal_tell(offer, light, places)
                else:
                    rows._portal_tell(offer, light, places)
        with self.assertRaises(UserError):
            self._tell("green", user=self.other_bidder)  # without an agreement
        for values in ({"partner_id": self.tenant.id}, {"partner_id": self.caritas.id, "offer_id": other.id}):
            with self.assertRaises(ValidationError):
                self.env["sozial.capacity"].create({"company_id": self.company.id, **values})
        for places in (-1, 10000):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env["sozial.capacity"].create({"company_id": self.company.id, "partner_id": self.verein.id, "places": places})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.company.sozial_capacity_weeks = 0

    def test_the_office_writes_down_what_is_told_on_the_phone(self):
        rows = self._as(self.env["sozial.capacity"], self.procurement)
        row = rows.create({"partner_id": self.caritas.id, "light": "yellow", "company_id": self.company.id})
        self.assertEqual((row.told_by, row.shown), (self.procurement.name, "yellow"))
        row._write_guarded({"told_at": False, "told_by": False})
        row.light = "red"
        self.assertEqual((row.told_by, row.shown), (self.procurement.name, "red"))
        for name in ("told_at", "told_by", "asked_on"):
            with self.assertRaises(UserError):
                row.write({name: False})
            with self.assertRaises(UserError):
                rows.create({"partner_id": self.verein.id, name: False})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            rows.create({"partner_id": self.caritas.id, "company_id": self.company.id})

    def test_whose_it_is_stays(self):
        row = self.env["sozial.capacity"].create({"partner_id": self.caritas.id, "company_id": self.company.id})
        row.write({"partner_id": self.caritas.id, "offer_id": False})
        for values in ({"partner_id": self.verein.id}, {"offer_id": self.offer.id}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "stays as it is"):
                row.write(values)

    def test_who_reads(self):
        self._tell("green")
        row = self._row()
        for user, reads in (
            (self.worker, True), (self.procurement, True), (self.bidder, True), (self.other_bidder, False), (self.stranger, False),
        ):  # fmt: skip
            with self.subTest(user=user.login):
                self.assertEqual(bool(self._as(row, user).search([("id", "=", row.id)])), reads)
        with self.assertRaises(AccessError):
            self._as(row, self.bidder).read(["asked_on"])
        with self.assertRaises(AccessError):
            self._as(row, self.bidder).light = "red"

    def test_an_archived_organisation_has_no_places(self):
        self._tell("green")
        row = self._row()
        everybody = (self.worker, self.procurement, self.bidder)
        for user in everybody:
            self.assertTrue(self._as(row, user).search([("id", "=", row.id)]), user.login)
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET active = false WHERE id = %s", [self.caritas.id])
        self.env.invalidate_all()
        for user in everybody:
            self.assertFalse(self._as(row, user).search([("id", "=", row.id)]), user.login)

    def test_asked_once_a_week_unless_unwanted(self):
        mails = self._asked()
        self.assertEqual(len(mails), 1)
        self.assertIn("/sozial/kapazitaet/", mails.body_html)
        self.assertFalse(self._asked())
        self.assertFalse(self._asked(days=3))
        self.assertEqual(len(self._asked(days=7)), 1)
        self._as(self.env["sozial.capacity"], self.bidder)._portal_want(False)
        self.assertFalse(self._asked(days=14))
        self._as(self.env["sozial.capacity"], self.bidder)._portal_want(True)
        self.agreement.end_reason = "x"
        self.agreement.action_terminate()
        self.assertFalse(self._asked(days=21))

    def test_one_that_fails_stops_no_other(self):
        second = self._agreement(partner_id=self.verein.id, offer=self._offer("X", provider_id=False))
        second.action_offer()
        second.action_sign()
        self._sign_partner(second, self.other_bidder)
        model = type(self.env["sozial.capacity"])
        original = model._ask

        def fail(row):
            if row.partner_id == self.caritas:
                raise ValueError("x")
            original(row)

        with patch.object(model, "_ask", fail), self.assertLogs("odoo.addons.sozial_management_partner.models.capacity"):
            self.assertIn("t_verein", self._asked().email_to)
        self.assertIn("t_caritas", self._asked().email_to)
        self.env["sozial.capacity"].search([("partner_id", "in", (self.caritas | self.verein).ids)]).unlink()
        create = model.create

        def refuse(rows, vals_list):
            if str(self.caritas.id) in str(vals_list):
                raise ValueError("x")
            return create(rows, vals_list)

        with patch.object(model, "create", refuse), self.assertLogs("odoo.addons.sozial_management_partner.models.capacity"):
            self.assertIn("t_verein", self._asked().email_to)


@tagged("post_install", "-at_install")
class TestCapacityPages(CapacityCommon, PortalCase):
    def _link(self, partner=None):
        row = self._row(partner=partner) or self.env["sozial.capacity"].create(
            {"partner_id": (partner or self.caritas).id, "company_id": self.company.id}
        )
        self.env.flush_all()
        return f"/sozial/kapazitaet/{row._link_token()}"

    def test_the_link_is_confirmed(self):
        link = self._link()
        for light in ("green", "yellow", "red", "x"):
            page = self.url_open(f"{link}?light={light}")
            self.assertEqual((page.status_code, page.headers["Cache-Control"]), (200, "no-store"))
        for path in (link, f"{link}/mail"):
            self.url_open(path, data={"light": "green"})  # without a token of the form
        self.assertEqual(self.url_open(f"{link}/mail").status_code, 405)
        row = self._row()
        row.invalidate_recordset()
        self.assertEqual((row.light, row.wants_mail), (False, True), "whoever only opens links changes nothing")
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        done = self.url_open(link, data={"csrf_token": csrf, "light": "green", "places": "2"})
        self.assertIn("alert-success", done.text)
        self.assertIn("alert-danger", self.url_open(link, data={"csrf_token": csrf, "light": "green", "places": "x"}).text)
        self.url_open(f"{link}/mail", data={"csrf_token": csrf, "wanted": "0"})
        row.invalidate_recordset()
        self.assertEqual((row.light, row.places, row.wants_mail, row.told_by), ("green", 2, False, self.caritas.name))

    def test_what_fails_leaves_nothing_half_written(self):
        link = self._link()
        csrf = self.url_open(link).text.split('name="csrf_token" value="')[1].split('"')[0]
        self.authenticate("t_caritas", "t_caritas")

        def refuse(_row, _author):
            raise UserError("planted")

        with patch.object(type(self.env["sozial.capacity"]), "_note", refuse):
            self.assertIn("planted", self._post("/my/capacity", offer=str(self.offer.id), light="green", places="").text)
            self.authenticate(None, None)
            self.url_open(link, data={"csrf_token": csrf, "offer": str(self.offer.id), "light": "green"})
            self.env.invalidate_all()
            self.assertFalse(self._row(self.offer))

    def test_a_link_that_does_not_hold(self):
        link = self._link()
        path, token = link.rsplit("/", 1)
        wrong = [f"{path}/x", f"{path}/{token[:-4]}AAAA", f"{path}/%C3%A4", f"{path}/{'A' * 60}", f"{path}/{token[:8]}"]
        for other in wrong:
            self.assertEqual(self.url_open(other).status_code, 404, other)
        self.assertEqual(self.url_open(link).status_code, 200)
        with patch("odoo.addons.sozial_management_partner.models.capacity.capacity_telling.HOLDS", timedelta(seconds=-1)):
            self.assertEqual(self.url_open(self._link()).status_code, 404)
        self.assertEqual(self.url_open(self._link(self.verein)).status_code, 404, "without an agreement")
        csrf = self.url_open(link).text.split('name="csrf_token" value="')[1].split('"')[0]
        agreements = self.env["sozial.agreement"].search([("partner_id", "=", self.caritas.id), ("state", "=", "active")])
        agreements.end_reason = "x"
        agreements.action_terminate()
        self.env.flush_all()
        answer = self.url_open(link, data={"csrf_token": csrf, "light": "green"})
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self._row().light)

    def test_in_the_portal(self):
        self.authenticate("t_caritas", "t_caritas")
        self.assertIn("alert-success", self._post("/my/capacity", offer="", light="yellow", places="").text)
        self.assertIn("alert-danger", self._post("/my/capacity", offer="", light="x", places="").text)
        self._post("/my/capacity", offer=str(self.offer.id), light="red", places="")
        self._post("/my/capacity/mail", wanted="0")
        self.env.invalidate_all()
        self.assertEqual((self._row().light, self._row(self.offer).light, self._row().wants_mail), ("yellow", "red", False))
        answer = self.make_jsonrpc_request("/my/counters", {"counters": ["sozial_capacity_count"]})
        self.assertEqual(answer["sozial_capacity_count"], 2)
        self.authenticate("t_verein", "t_verein")
        self._post("/my/capacity", offer="", light="green", places="")
        self._post("/my/capacity/mail", wanted="0")
        self.env.invalidate_all()
        self.assertFalse(self._row(partner=self.verein))
        self.assertEqual(self._row().light, "yellow")

    def test_staff_see_the_page_empty(self):
        self.authenticate(self.worker.login, self.worker.login)
        self.assertIn("alert-info", self.url_open("/my/capacity").text)
        csrf = self.url_open("/my/account").text.split('name="csrf_token" value="')[1].split('"')[0]
        self.url_open("/my/capacity/mail", data={"csrf_token": csrf, "wanted": "0"})
        self.assertFalse(self.env["sozial.capacity"].search([("partner_id", "=", self.worker.partner_id.id)]))


@tagged("post_install", "-at_install")
class TestCapacityQueryCounts(CapacityCommon):
    _specification = test_query_counts.TestQueryCounts._specification
    _count = test_call_query_counts.TestCallQueryCounts._count

    def _view(self, view):
        rows = self._as(self.env["sozial.capacity"], self.procurement)
        specification = self._specification(rows, etree.fromstring(rows.get_view(view_type=view)["arch"]))
        if view == "list":
            return lambda: rows.web_search_read([], specification, limit=80)
        return lambda: rows.browse(self._row().id).web_read(specification)

    def _portal(self):
        rows = self._as(self.env["sozial.capacity"], self.bidder)

        def page():
            company, partner = rows._portal_own()
            for offer, row in rows.sudo()._board(company, partner.sudo()):
                _shown = offer.name, row.shown, row.told_at

        return page

    def test_pages_stay_flat(self):
        self._tell("green")
        self._tell("green", offer=self.offer)

        def counts():
            return self._count(self._portal()), self._count(self._view("list")), self._count(self._view("form"))

        found = counts()
        self.assertEqual(found, (PINNED_PORTAL, PINNED_LIST, PINNED_FORM))
        for number in range(4):
            offer = self._offer(f"Noch {number}")
            self._active(title=f"Noch {number}", offer=offer)
            self._tell("yellow", offer=offer)
        self.assertEqual(counts(), found, "the same with more rows")
