from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

ADDRESS = "/sozial/belegung/verlaengern/<int:series_id>/<string:token>"


class SozialRenewal(http.Controller):
    """Does a standing booking go on? The link shows the question; only the button, a POST, answers."""

    @http.route(ADDRESS, type="http", auth="public", methods=["GET"], website=True, sitemap=False)
    def question(self, series_id, token):
        return self._page(self._series(series_id, token))

    @http.route(ADDRESS, type="http", auth="public", methods=["POST"], website=True, sitemap=False)
    def answer(self, series_id, token, answer=""):
        series = self._series(series_id, token)
        if answer not in ("yes", "no"):
            return self._page(series, request.env._("Please choose one of the two buttons."))
        try:
            series._answer_renewal(answer == "yes")
        except UserError as error:
            return self._page(series, str(error))
        return request.redirect(request.httprequest.path, code=303)

    def _series(self, series_id, token):
        """The series behind the link.

        :raise NotFound: the same for unknown series and wrong tokens: nothing to learn by trying
        """
        series = request.env["sozial.room.series"]._by_token(series_id, token)
        if not series:
            raise NotFound()
        return series.with_context(lang=series.partner_id.lang or request.env.lang)

    def _page(self, series, problem=""):
        return request.render(
            "sozial_management_room.page_renewal",
            {
                "series": series,
                "following": series.next_ids[-1:],
                "held": len(series._held_dates()),
                "open": series._may_answer(),
                "problem": problem,
                "url": request.httprequest.path,
            },
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"},
        )
