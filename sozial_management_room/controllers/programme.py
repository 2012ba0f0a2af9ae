from datetime import timedelta

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.sozial_management.controllers.catalogue import SozialPage

BASE = "/sozial/programm"
BASE_COMPANY = "/sozial/<string:company>/programm"
# dates on one page
MOST_ON_PAGE = 300


class SozialProgrammePage(SozialPage):
    """The programme for everybody. Reads published sessions only and changes nothing."""

    def _programme_context(self, slug, lang=None):
        """Programme, company and address, in the visitor's language.

        :raise NotFound: for an address that names no company with a published activity
        """
        programme = request.env["sozial.programme"]
        website = getattr(request, "website", None)
        company = website.sudo().company_id if website else request.env.company.sudo()
        if slug is not None:
            found = request.env["res.company"].sudo().browse(request.env["ir.http"]._unslug(slug)[1] or 0).exists()
            if not found or not (found == company or programme._publishes(found)):
                raise NotFound()
            company = found
        self._set_lang(company, lang)
        company = company.with_context(request.env.context)
        base = BASE if slug is None else f"/sozial/{slug}/programm"
        return request.env["sozial.programme"], company, base

    def _programme_found(self, programme, company, params):
        activities = programme._activities(company)
        options = programme._options(activities)
        chosen, domain, dropped = programme._chosen(options, params)
        return options, chosen, domain, dropped, bool(activities)

    @http.route(
        [BASE, BASE_COMPANY], type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=True, readonly=True
    )
    def programme(self, company=None, **params):
        programme, own, base = self._programme_context(company)
        options, chosen, domain, dropped, anything = self._programme_found(programme, own, params)
        first, last, week = programme._period(params.get("woche"))
        calendar = params.get("ansicht") == "kalender"
        monday = first - timedelta(days=first.weekday())
        if calendar:
            first, last = monday, monday + timedelta(days=6)
        lines = programme._lines(own, first, last, domain, limit=MOST_ON_PAGE)
        links = {
            "before": programme._week_key(monday - timedelta(days=7)),
            "after": programme._week_key(monday + timedelta(days=7)),
        }
        centres = [int(request.env["ir.http"]._unslug(chosen["zentrum"])[1])] if "zentrum" in chosen else None
        return self._render(
            "sozial_management_room.programme_page", own, base,
            options=options, chosen=chosen, dropped=dropped, anything=anything, count=len(lines), week=week, links=links,
            calendar=calendar, first=first, last=last, closures=programme._closures(own, first, last, centres),
            days=self._programme_week(programme, lines, monday) if calendar else programme._by_day(lines),
        )  # fmt: skip

    def _programme_week(self, programme, lines, monday):
        """Seven columns from Monday on, empty days too."""
        days = [monday + timedelta(days=number) for number in range(7)]
        return [(programme._day_title(day), day, [line for line in lines if line["day"] == day]) for day in days]

    @http.route(
        [f"{BASE}.<string:kind>", f"{BASE_COMPANY}.<string:kind>"], type="http", auth="public", methods=["GET"], cors="*",
        save_session=False, readonly=True, sitemap=False,
    )  # fmt: skip
    def programme_feed(self, kind, company=None, lang=None, **params):
        """The programme as ``ics``, ``rss`` or ``json``, with the filters of the page.

        :raise NotFound: for another kind of file
        """
        if kind not in ("ics", "rss", "json"):
            raise NotFound()
        programme, own, base = self._programme_context(company, lang)
        _options, chosen, domain, dropped, _any = self._programme_found(programme, own, params)
        lines = programme._feed_lines(own, domain)
        url = request.httprequest.url_root.rstrip("/") + base
        if kind == "json":
            return request.make_json_response(
                {"company": own.name, "language": request.env.lang, "filters": chosen, "filter_ignored": dropped,
                 "sessions": programme._json_values(lines)}
            )  # fmt: skip
        if kind == "ics":
            content, mime = programme._calendar_text(own, lines).encode(), "text/calendar"
        else:
            content, mime = programme._rss_text(own, lines, url), "application/rss+xml"
        headers = {"Content-Type": f"{mime}; charset=utf-8", "Cache-Control": "public, max-age=900", "X-Content-Type-Options": "nosniff"}
        return request.make_response(content, list(headers.items()))

    @http.route(
        [f"{BASE}/fragment", f"{BASE_COMPANY}/fragment"], type="http", auth="public", methods=["GET"], cors="*",
        save_session=False, readonly=True, sitemap=False,
    )  # fmt: skip
    def programme_fragment(self, company=None, lang=None, **params):
        """The list without a page around it, for a homepage that is not Odoo."""
        programme, own, _base = self._programme_context(company, lang)
        _options, _chosen, domain, _dropped, _any = self._programme_found(programme, own, params)
        first, last, _week = programme._period(params.get("woche"))
        lines = programme._lines(own, first, last, domain, limit=MOST_ON_PAGE)
        page = request.env["ir.qweb"]._render("sozial_management_room.programme_list", {"days": programme._by_day(lines)})
        return request.make_response(page, [("Content-Type", "text/html; charset=utf-8")])
