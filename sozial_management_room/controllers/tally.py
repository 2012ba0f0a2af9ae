from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class SozialTally(http.Controller):
    """The tally of a session for a helper without a login: big buttons, no names."""

    @http.route("/sozial/strichliste/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False)
    def tally(self, token):
        return self._page(self._sheet(token), token)

    @http.route("/sozial/strichliste/<string:token>", type="http", auth="public", methods=["POST"], sitemap=False)
    def tally_tap(self, token, cell="", **_params):
        """Count one more or one fewer: `cell` is role, age group and step, such as ``participant-adults-1``.

        The answer to a script is the page's numbers; a browser without one comes back to the page.
        """
        sheet = self._sheet(token)
        role, _dash, rest = (cell or "").partition("-")
        group, _dash, step = rest.partition("-")
        try:
            sheet._tally_add(role, group, {"1": 1, "-1": -1}.get(step, 0))
        except UserError as error:
            return self._page(sheet, token, str(error))
        if request.httprequest.headers.get("X-Requested-With") == "tally":
            numbers = {one["key"]: one["number"] for row in sheet._tally_numbers() for one in row["cells"]}
            return request.make_json_response(numbers)
        return request.redirect(f"/sozial/strichliste/{token}", code=303)

    def _sheet(self, token):
        """:raise NotFound: the same for wrong, former and expired links: nothing to learn by trying"""
        sheet = request.env["sozial.activity.sheet"]._by_tally_token(token)
        if not sheet:
            raise NotFound()
        request.update_context(lang=sheet.company_id.partner_id.lang or request.env.lang)
        return sheet.with_env(request.env(su=True))

    def _page(self, sheet, token, problem=None):
        session = sheet.session_id
        return request.render(
            "sozial_management_room.page_tally",
            {
                "sheet": sheet, "session": session, "rows": sheet._tally_numbers(), "token": token, "problem": problem,
                "begin": session.centre_id._local(session.start), "lang": request.env.lang.replace("_", "-"),
            },
            status=422 if problem else 200,
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"},
        )  # fmt: skip
