from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

ADDRESS = "/sozial/warteliste/<int:wish_id>/<string:token>"


class SozialWaiting(http.Controller):
    """Does whoever waited take the slot? The link shows the question; only the button, a POST, answers."""

    @http.route(ADDRESS, type="http", auth="public", methods=["GET"], website=True, sitemap=False)
    def question(self, wish_id, token):
        return self._page(self._wish(wish_id, token))

    @http.route(ADDRESS, type="http", auth="public", methods=["POST"], website=True, sitemap=False)
    def answer(self, wish_id, token, answer=""):
        wish = self._wish(wish_id, token)
        if answer not in ("yes", "no"):
            return self._page(wish, request.env._("Please choose one of the two buttons."))
        try:
            wish._answer(answer == "yes")
        except UserError as error:
            return self._page(wish, str(error))
        return request.redirect(request.httprequest.path, code=303)

    def _wish(self, wish_id, token):
        """The entry behind the link.

        :raise NotFound: the same for unknown entries and wrong tokens: nothing to learn by trying
        """
        wish = request.env["sozial.room.waiting"]._by_token(wish_id, token)
        if not wish:
            raise NotFound()
        return wish.with_context(lang=wish.partner_id.lang or request.env.lang)

    def _page(self, wish, problem=""):
        return request.render(
            "sozial_management_room.page_waiting",
            {"wish": wish, "open": wish._may_answer(), "problem": problem, "url": request.httprequest.path},
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"},
        )
