import re
from datetime import timedelta

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import single_email_re

from .catalogue import BASE, BASE_COMPANY, SozialPage

# name: (label of the form, most characters)
LIMITS = {"name": 100, "phone": 40, "email": 120, "time": 200, "message": 600}
REPEATED_WITHIN = timedelta(minutes=10)
HONEYPOT = "website_url"
PHONE = re.compile(r"^[+(]?[\d\s()/.\-]{5,}$")
OFFER = "<string:slug>/rueckruf"


class SozialCallback(SozialPage):
    """“Please call me back”: a public form whose answer is a row in the team's inbox.

    The visitor learns nothing from it but that the request has arrived.
    """

    @http.route(
        [f"{BASE}/{OFFER}", f"{BASE_COMPANY}/{OFFER}"], type="http", auth="public", methods=["GET"],
        website=True, multilang=False, sitemap=False,
    )
    def form(self, slug, company=None, **_params):
        catalogue, own, base = self._page_context(company)
        offer = self._callback_offer(catalogue, own, slug)
        return self._render_form(catalogue, own, base, offer, {}, {})

    @http.route(
        [f"{BASE}/{OFFER}", f"{BASE_COMPANY}/{OFFER}"], type="http", auth="public", methods=["POST"],
        website=True, multilang=False, sitemap=False,
    )
    def submit(self, slug, company=None, **post):
        catalogue, own, base = self._page_context(company)
        offer = self._callback_offer(catalogue, own, slug)
        done = f"{catalogue._offer_url(offer, base)}/rueckruf/danke"
        if post.get(HONEYPOT):
            # a script has filled in what people do not see; it is told what people are told
            return request.redirect(done)
        values = {name: self._plain(post.get(name)) for name in (*LIMITS, "topic")}
        errors = self._errors(values)
        if not errors and self._is_repeated(own, offer, values):
            # a second click, or the page sent again after going back
            return request.redirect(done)
        if not errors and not request.env["sozial.callback.attempt"]._may_send(request.httprequest.remote_addr):
            errors["form"] = request.env._(
                "There were several requests from your connection within an hour. Please try again later or phone us."
            )
        if errors:
            return self._render_form(catalogue, own, base, offer, values, errors)
        self._create_handover(own, offer, values)
        return request.redirect(done)

    @http.route(
        [f"{BASE}/{OFFER}/danke", f"{BASE_COMPANY}/{OFFER}/danke"], type="http", auth="public", methods=["GET"],
        website=True, multilang=False, sitemap=False, readonly=True,
    )
    def thanks(self, slug, company=None, **_params):
        catalogue, own, base = self._page_context(company)
        offer = self._callback_offer(catalogue, own, slug)
        return self._render(
            "sozial_management.callback_thanks", own, base, offer=catalogue._public_values(offer, base),
        )

    def _callback_offer(self, catalogue, company, slug):
        """The published offer that takes requests; for all others there is no such page."""
        offer = self._visible_offer(catalogue, company, slug)
        if not offer.allow_callback:
            raise request.not_found()
        return offer

    def _render_form(self, catalogue, company, base, offer, values, errors):
        return self._render(
            "sozial_management.callback_form", company, base,
            offer=catalogue._public_values(offer, base),
            topics=[(str(topic.id), topic.name) for topic in offer.topic_ids],
            values=values, errors=errors, limits=LIMITS, status=422 if errors else 200,
        )

    def _errors(self, values):
        """What is wrong with the input: ``{field: sentence}``; empty when nothing is."""
        _ = request.env._
        labels = {
            "name": _("Your name"), "phone": _("Phone"), "email": _("E-mail"),
            "time": _("When can we reach you?"), "message": _("What is it about?"),
        }
        errors = {
            name: _("“%(field)s”: at most %(limit)s characters, please.", field=labels[name], limit=limit)
            for name, limit in LIMITS.items() if len(values[name]) > limit
        }
        if not values["name"]:
            errors["name"] = _("“Your name”: please tell us how to address you.")
        if not values["phone"] and not values["email"]:
            errors["phone"] = _("“Phone”: please give a phone number, or an e-mail address below.")
        if values["phone"] and not PHONE.match(values["phone"]):
            errors.setdefault("phone", _("“Phone”: please use digits, for example 0531 123456."))
        if values["email"] and not single_email_re.match(values["email"]):
            errors.setdefault("email", _("“E-mail”: this is no e-mail address. Example: name@example.org"))
        return errors

    def _plain(self, text):
        """What was typed, in one line and without control characters, which no database takes."""
        return " ".join("".join(char if char.isprintable() else " " for char in text or "").split())

    def _given(self, company, offer, values):
        """The values a request stores as they were typed."""
        return {
            "company_id": company.id,
            "offer_id": offer.id,
            "contact_name": values["name"],
            "contact_phone": values["phone"] or False,
            "contact_email": values["email"] or False,
            "contact_time": values["time"] or False,
        }

    def _is_repeated(self, company, offer, values):
        """Whether the same request has just come in and still waits."""
        same = Domain.AND(Domain(name, "=", value) for name, value in self._given(company, offer, values).items())
        recent = Domain("state", "=", "new") & Domain("create_date", ">", fields.Datetime.now() - REPEATED_WITHIN)
        found = request.env["sozial.handover"].sudo().search(same & recent, limit=20)
        return any(not values["message"] or handover.summary == values["message"] for handover in found)

    def _create_handover(self, company, offer, values):
        """One row in the inbox. Always in the public user's name, whoever is logged in:
        nobody shall find a tenant's request under “My hand-overs”."""
        public = request.env.ref("base.public_user")
        topics = offer.topic_ids
        topic = topics.filtered(lambda candidate: str(candidate.id) == values["topic"]) or topics[:1]
        handovers = request.env["sozial.handover"].with_user(public).sudo().with_company(company)
        handovers.create({
            **self._given(company, offer, values),
            "source": "callback",
            "topic_id": topic.id,
            "summary": values["message"] or request.env._("Asks to be called back about the offer “%s”.", offer.name),
        })
