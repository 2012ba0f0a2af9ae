import json

from lxml import etree
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.sozial_management.controllers.catalogue import SozialPage

BASE = "/sozial/aufrufe"
BASE_COMPANY = "/sozial/<string:company>/aufrufe"
ATOM = "http://www.w3.org/2005/Atom"
ONE = f"{BASE}/<string:token>"


class SozialCalls(SozialPage):
    """Calls for everybody: published ones, as pages, feed, JSON, open data and PDF. Changes nothing."""

    @http.route(
        [BASE, BASE_COMPANY], type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=True, readonly=True,
    )
    def calls(self, company=None, **_params):
        own, base = self._board_context(company)
        rows = self._rows(own)
        return self._render(
            "sozial_management_partner.public_calls", own, base,
            running=[row for row in rows if row["is_open"]], closed=[row for row in rows if not row["is_open"]],
        )

    @http.route(
        [f"{BASE}.json", f"{BASE_COMPANY}.json"], type="http", auth="public", methods=["GET"], cors="*", save_session=False, readonly=True,
    )
    def calls_json(self, company=None, lang=None, **_params):
        own, _base = self._board_context(company, lang)
        return request.make_json_response({"company": own.name, "language": request.env.lang, "calls": self._rows(own)})

    @http.route(
        [f"{BASE}/fragment", f"{BASE_COMPANY}/fragment"], type="http", auth="public", methods=["GET"], cors="*", save_session=False,
        readonly=True,
    )
    def calls_fragment(self, company=None, lang=None, **_params):
        """The running calls without a page around them, for a homepage that is not Odoo."""
        own, _base = self._board_context(company, lang)
        html = request.env["ir.qweb"]._render(
            "sozial_management_partner.public_call_rows", {"rows": [row for row in self._rows(own) if row["is_open"]]}
        )
        return request.make_response(html, [("Content-Type", "text/html; charset=utf-8")])

    @http.route(
        [f"{BASE}.atom", f"{BASE_COMPANY}.atom"], type="http", auth="public", methods=["GET"], save_session=False, readonly=True,
    )
    def calls_feed(self, company=None, **_params):
        """New calls and new versions for feed readers."""
        own, base = self._board_context(company)
        root = request.httprequest.url_root.rstrip("/")
        feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
        rows = sorted(self._rows(own), key=lambda row: row["updated_at"], reverse=True)

        def add(parent, name, text=None, **attributes):
            child = etree.SubElement(parent, f"{{{ATOM}}}{name}", **attributes)
            child.text = text
            return child

        add(feed, "id", f"{root}{base}")
        add(feed, "title", request.env._("Calls of %s", own.name))
        add(feed, "updated", rows[0]["updated_at"] if rows else "1970-01-01T00:00:00+00:00")
        add(feed, "link", rel="self", href=f"{root}{base}.atom")
        add(feed, "link", rel="alternate", href=f"{root}{base}")
        add(add(feed, "author"), "name", own.name)
        for row in rows:
            entry = add(feed, "entry")
            add(entry, "id", row["url"])
            add(entry, "title", row["name"])
            add(entry, "updated", row["updated_at"])
            add(entry, "published", row["published_at"])
            add(entry, "link", rel="alternate", href=row["url"])
            add(entry, "summary", f"{row['summary']}\n{row['deadline_text']}")
        body = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
        return request.make_response(body, [("Content-Type", "application/atom+xml; charset=utf-8")])

    @http.route(ONE, type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False, readonly=True)
    def call(self, token, told=None, **_params):
        call = self._call(token)
        own = call.company_id.with_context(request.env.context)
        signed_in = not request.env.user._is_public()
        return self._render(
            "sozial_management_partner.public_call", own, BASE,
            call=request.env["sozial.call.board"]._public_values(call), path=call._public_path(),
            signed_in=signed_in,
            submit_url=f"/my/submissions/start/{call.token}" if "sozial.submission" in request.env else None,
        )

    @http.route(f"{ONE}/call.json", type="http", auth="public", methods=["GET"], cors="*", save_session=False, readonly=True)
    def call_json(self, token, **_params):
        call = self._call(token)
        return request.make_json_response(request.env["sozial.call.board"]._public_values(call, self._root()))

    @http.route(f"{ONE}/ocds.json", type="http", auth="public", methods=["GET"], cors="*", save_session=False, readonly=True)
    def call_ocds(self, token, **_params):
        """The call as open data: https://standard.open-contracting.org/1.1/"""
        call = self._call(token)
        package = call._ocds_package(f"{self._root()}{call._public_path()}/ocds.json")
        body = json.dumps(package, ensure_ascii=False, indent=1)
        return request.make_response(body, [("Content-Type", "application/json; charset=utf-8")])

    @http.route(f"{ONE}/bekanntmachung.pdf", type="http", auth="public", methods=["GET"], readonly=True)
    def call_pdf(self, token, **_params):
        """The notice of the version in force, as it was printed when that was published."""
        call = self._call(token)
        version = call.current_version_id
        if not version.notice:
            raise NotFound()
        stream = request.env["ir.binary"]._get_stream_from(version, "notice", filename=f"{call.number}.pdf", mimetype="application/pdf")
        return stream.get_response(as_attachment=True)

    @http.route(f"{ONE}/anlage/<int:annex_id>", type="http", auth="public", methods=["GET"], readonly=True)
    def call_annex(self, token, annex_id, **_params):
        """A file that belongs to the notice; always as a download."""
        annex = self._call(token).annex_ids.filtered(lambda one: one.id == annex_id)
        if not annex:
            raise NotFound()
        return request.env["ir.binary"]._get_stream_from(annex).get_response(as_attachment=True)

    def _board_context(self, company_slug, lang=None):
        _catalogue, own, _base = self._page_context(company_slug, lang)
        return own, request.env["sozial.call.board"]._base_url(own) if company_slug else BASE

    def _rows(self, company):
        board = request.env["sozial.call.board"]
        return [board._summary_values(call, self._root()) for call in board._visible(company)]

    def _root(self):
        return request.httprequest.url_root.rstrip("/")

    def _call(self, token):
        """:raise NotFound: the same for unknown, unpublished, archived calls and those for others"""
        call = request.env["sozial.call.board"]._by_token(token)
        if not call:
            raise NotFound()
        self._set_lang(call.company_id)
        return call.with_context(request.env.context)
