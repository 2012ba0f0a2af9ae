from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

ADDRESS = "/sozial/anmeldung/<int:registration_id>/<string:token>"
ANSWERS = ("yes", "no", "cancel")


class SozialRegistration(http.Controller):
    """The link in the mail: confirm, take or leave a seat, cancel. It shows the question; only a button, a POST, answers."""

    @http.route(ADDRESS, type="http", auth="public", methods=["GET"], website=True, sitemap=False)
    def registration_question(self, registration_id, token):
        return self._page(self._registration(registration_id, token))

    @http.route(ADDRESS, type="http", auth="public", methods=["POST"], website=True, sitemap=False)
    def registration_answer(self, registration_id, token, answer=""):
        one = self._registration(registration_id, token)
        if answer not in ANSWERS:
            return self._page(one, request.env._("Please choose one of the buttons."))
        try:
            one._answer(answer)
        except UserError as error:
            return self._page(one, str(error))
        return request.redirect(request.httprequest.path, code=303)

    def _registration(self, registration_id, token):
        """:raise NotFound: the same for unknown registrations and wrong tokens: nothing to learn by trying"""
        one = request.env["sozial.activity.registration"]._by_token(registration_id, token)
        if not one:
            raise NotFound()
        return one.with_context(lang=one.lang or one.partner_id.lang or request.env.lang)

    def _page(self, one, problem=""):
        return request.render(
            "sozial_management_room.page_registration",
            {"one": one, "problem": problem, "url": request.httprequest.path},
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"},
        )


class RegistrationPortal(CustomerPortal):
    """One's own registrations in the portal."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_registration_count" in counters:
            values["sozial_registration_count"] = len(self._own_registrations())
        return values

    def _own_registrations(self, *domain):
        """Those of whoever is logged in, and not those that a colleague looks after."""
        registered = request.env["sozial.activity.registration"]
        if not registered.has_access("read"):
            return registered
        return registered.search([("partner_id", "=", request.env.user.partner_id.id), *domain], order="id desc", limit=100)

    @http.route("/my/registrations", type="http", auth="user", website=True, readonly=True)
    def portal_registrations(self, new=None, problem=None, **_query):
        return request.render(
            "sozial_management_room.portal_registrations",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_registrations",
                # the rules have said which are one's own; their activities are public anyway
                "registered": self._own_registrations().sudo(),
                "new": new,
                "problem": problem,
            },
        )

    @http.route("/my/registrations/<int:registration_id>", type="http", auth="user", website=True, methods=["POST"])
    def portal_registration_answer(self, registration_id, answer="", **_form):
        one = self._own_registrations(("id", "=", registration_id))
        if not one or answer not in ANSWERS:
            return request.redirect("/my/registrations")
        try:
            one._portal_answer(answer)
        except UserError:
            return request.redirect("/my/registrations?problem=1")
        return request.redirect("/my/registrations")
