from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal_capacity import _lights


class CapacityLink(http.Controller):
    """Behind the link of the weekly mail. Programs that open links change nothing: it is confirmed by a button."""

    @http.route(
        "/sozial/kapazitaet/<string:token>", type="http", auth="public", website=True, methods=["GET"], sitemap=False, readonly=True
    )
    def capacity_link(self, token, light=None, **_query):
        """The organisation, and what will be told when the button is pressed."""
        return self._capacity_page(token, chosen=light)

    @http.route("/sozial/kapazitaet/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def capacity_link_tell(self, token, offer=None, light=None, places=None, **_form):
        """Say it."""
        rows = request.env["sozial.capacity"]
        company, partner = rows._of_link(token)
        if not partner:
            return self._capacity_page(token)
        try:
            with request.env.cr.savepoint():
                rows.sudo()._tell(company, partner, offer, light, places, partner.name)
        except UserError as error:
            return self._capacity_page(token, problem=error.args[0])
        return self._capacity_page(token, told=True)

    @http.route("/sozial/kapazitaet/<string:token>/mail", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def capacity_link_mail(self, token, wanted=None, **_form):
        """Have the weekly mail, or not."""
        rows = request.env["sozial.capacity"]
        company, partner = rows._of_link(token)
        if partner:
            rows.sudo()._want(company, partner, wanted == "1")
        return self._capacity_page(token)

    def _capacity_page(self, token, chosen=None, told=False, problem=None):
        rows = request.env["sozial.capacity"]
        company, partner = rows._of_link(token)
        board = rows.sudo()._board(company, partner) if partner else []
        lights = _lights(rows)
        response = request.render(
            "sozial_management_partner.capacity_link",
            {
                "board": board,
                "partner": partner,
                "company": company,
                "wants_mail": not board or not board[0][1] or board[0][1].wants_mail,
                "lights": lights,
                "chosen": chosen if chosen in dict(lights) and not told else None,
                "action": f"/sozial/kapazitaet/{token}",
                "told": told,
                "problem": problem,
            },
            status=200 if partner else 404,
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
