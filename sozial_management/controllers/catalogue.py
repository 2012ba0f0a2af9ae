from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

BASE = "/sozial/angebote"
BASE_COMPANY = "/sozial/<string:company>/angebote"


class SozialPage(http.Controller):
    """What the public pages share: whose catalogue, in which language."""

    def _company(self, company=None):
        """The company of the address, else the one this site belongs to (superuser record).

        :raise NotFound: for an address that names no company with a published offer
        """
        website = getattr(request, "website", None)
        site = (website.sudo().company_id if website else request.env.company.sudo())
        if company is None:
            return site
        _name, company_id = request.env["ir.http"]._unslug(company)
        found = request.env["res.company"].sudo().browse(company_id or 0).exists()
        # the same answer for "no such company" and "publishes nothing": nothing to learn by trying ids
        if not found or not (found == site or request.env["sozial.catalogue"]._publishes(found)):
            raise NotFound()
        return found

    def _set_lang(self, company, lang=None):
        """Answer in the visitor's language where it is installed, else in the company's.

        :param lang: a wish of the embedding page, such as ``de``
        """
        nearest = request.env["ir.http"].get_nearest_lang
        chosen = nearest((lang or "").replace("-", "_"))
        if not chosen:
            chosen = self._routed_lang() or nearest(request.best_lang) or nearest(company.partner_id.lang)
        if chosen and chosen != request.env.lang:
            request.update_context(lang=chosen)
            if hasattr(request, "lang"):
                request.lang = request.env["res.lang"]._get_data(code=chosen)
                request.future_response.set_cookie("frontend_lang", chosen)

    def _routed_lang(self):
        """The language somebody chose by the switch or an address such as ``/de/…``, if any."""
        if not hasattr(request, "lang"):
            return None
        asked = request.httprequest.environ.get("RAW_URI") or request.httprequest.environ.get("REQUEST_URI") or ""
        if request.cookies.get("frontend_lang") or f"/{request.lang.url_code}/" in asked:
            return request.lang.code
        return None

    def _page_context(self, company_slug, lang=None):
        company = self._company(company_slug)
        self._set_lang(company, lang)
        # the record again, in the language just chosen
        company = company.with_context(request.env.context)
        catalogue = request.env["sozial.catalogue"]
        base = catalogue._base_url(company) if company_slug else BASE
        return catalogue, company, base

    def _render(self, template, company, base, **values):
        """A page in the portal's layout that says whose it is and which language it speaks."""
        status = values.pop("status", 200)
        return request.render(template, {
            "res_company": company,
            "base": base,
            "html_data": {"lang": (request.env.lang or "en_US").replace("_", "-")},
            **values,
        }, status=status)

    def _visible_offer(self, catalogue, company, slug):
        """The published offer behind an address.

        :raise NotFound: the same for unknown, unpublished, expired and other companies' offers
        """
        _name, offer_id = request.env["ir.http"]._unslug(slug)
        offer = catalogue._visible(company).filtered(lambda candidate: candidate.id == offer_id)
        if not offer:
            raise NotFound()
        return offer


class SozialCatalogue(SozialPage):
    """The catalogue for everybody. Reads published offers only and changes nothing."""

    @http.route(
        [BASE, BASE_COMPANY], type="http", auth="public", methods=["GET"], website=True, multilang=False,
        sitemap=True, readonly=True,
    )
    def catalogue(self, company=None, **params):
        catalogue, own, base = self._page_context(company)
        offers = catalogue._visible(own)
        found, chosen, dropped = catalogue._filtered(offers, params)
        return self._render(
            "sozial_management.catalogue_page", own, base,
            options=catalogue._options(offers),
            headings=catalogue._grouped(found, base),
            count=len(found), total=len(offers), chosen=chosen, dropped=dropped,
        )

    @http.route(
        [f"{BASE}/<string:slug>", f"{BASE_COMPANY}/<string:slug>"], type="http", auth="public", methods=["GET"],
        website=True, multilang=False, sitemap=False, readonly=True,
    )
    def offer(self, slug, company=None, **_params):
        catalogue, own, base = self._page_context(company)
        offer = self._visible_offer(catalogue, own, slug)
        return self._render(
            "sozial_management.catalogue_offer_page", own, base, offer=catalogue._public_values(offer, base),
        )

    @http.route(
        [f"{BASE}/<string:slug>/bild", f"{BASE_COMPANY}/<string:slug>/bild"], type="http", auth="public",
        methods=["GET"], readonly=True,
    )
    def image(self, slug, company=None, **_params):
        catalogue = request.env["sozial.catalogue"]
        offer = self._visible_offer(catalogue, self._company(company), slug)
        if not offer.image_512:
            raise NotFound()
        return request.env["ir.binary"]._get_image_stream_from(offer, "image_512").get_response()

    @http.route(
        [f"{BASE}.json", f"{BASE_COMPANY}.json"], type="http", auth="public", methods=["GET"], cors="*",
        save_session=False, readonly=True,
    )
    def catalogue_json(self, company=None, lang=None, **params):
        catalogue, own, base = self._page_context(company, lang)
        found, chosen, dropped = catalogue._filtered(catalogue._visible(own), params)
        root = request.httprequest.url_root.rstrip("/")
        return request.make_json_response({
            "company": own.name,
            "language": request.env.lang,
            "filters": chosen,
            "filter_ignored": dropped,
            "headings": catalogue._grouped(found, root + base),
        })

    @http.route(
        [f"{BASE}/fragment", f"{BASE_COMPANY}/fragment"], type="http", auth="public", methods=["GET"], cors="*",
        save_session=False, readonly=True,
    )
    def fragment(self, company=None, lang=None, **params):
        """The list without a page around it, for a homepage that is not Odoo."""
        catalogue, own, base = self._page_context(company, lang)
        found, _chosen, _dropped = catalogue._filtered(catalogue._visible(own), params)
        root = request.httprequest.url_root.rstrip("/")
        html = request.env["ir.qweb"]._render("sozial_management.catalogue_fragment", {
            "headings": catalogue._grouped(found, root + base),
            "lang_code": (request.env.lang or "en_US").replace("_", "-"),
            "res_company": own,
        })
        return request.make_response(html, [("Content-Type", "text/html; charset=utf-8")])
