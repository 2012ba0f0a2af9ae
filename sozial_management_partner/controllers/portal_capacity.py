from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.capacity.capacity import LIGHTS


class CapacityPortal(CustomerPortal):
    """How much room one's own organisation has at present."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_capacity_count" in counters:
            rows = request.env["sozial.capacity"]
            values["sozial_capacity_count"] = len(self._capacity_board()) if rows.has_access("read") else 0
        return values

    @http.route("/my/capacity", type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_capacity(self, told=None, **_query):
        """Three buttons for the organisation altogether and for each offer."""
        return self._render_capacity(told=told)

    @http.route("/my/capacity", type="http", auth="user", website=True, methods=["POST"])
    def portal_capacity_tell(self, offer=None, light=None, places=None, **_form):
        """Say it."""
        rows = request.env["sozial.capacity"]
        if not rows.has_access("read"):
            return request.redirect("/my")
        try:
            with request.env.cr.savepoint():
                rows._portal_tell(offer, light, places)
        except UserError as error:
            return self._render_capacity(problem=error.args[0])
        return request.redirect("/my/capacity?told=1")

    @http.route("/my/capacity/mail", type="http", auth="user", website=True, methods=["POST"])
    def portal_capacity_mail(self, wanted=None, **_form):
        """Have the weekly mail, or not."""
        rows = request.env["sozial.capacity"]
        if rows.has_access("read"):
            rows._portal_want(wanted == "1")
        return request.redirect("/my/capacity")

    def _capacity_board(self):
        rows = request.env["sozial.capacity"]
        company, partner = rows._portal_own()
        return rows.sudo()._board(company, partner.sudo())

    def _render_capacity(self, told=None, problem=None):
        rows = request.env["sozial.capacity"]
        if not rows.has_access("read"):
            return request.redirect("/my")
        board = self._capacity_board()
        return request.render(
            "sozial_management_partner.portal_capacity",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_capacity",
                "board": board,
                "wants_mail": not board or not board[0][1] or board[0][1].wants_mail,
                "lights": _lights(rows),
                "action": "/my/capacity",
                "told": told == "1",
                "problem": problem,
            },
        )


def _lights(rows):
    """[(light, its name)], in the visitor's language."""
    labels = dict(rows._fields["light"]._description_selection(rows.env))
    return [(light, labels[light]) for light, _label in LIGHTS]
