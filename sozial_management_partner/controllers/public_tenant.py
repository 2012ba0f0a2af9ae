from odoo import http
from odoo.http import request


class TenantController(http.Controller):
    """Behind a personal link: what was shared with whom. The address is the key, so nothing is cached or indexed."""

    @http.route("/sozial/freigabe/<string:token>", type="http", auth="public", website=True, sitemap=False)
    def tenant_shares(self, token, **_query):
        """Show what was shared; a link that is over looks like one that never was."""
        return self._tenant_page(token)

    @http.route("/sozial/freigabe/<string:token>/widerruf", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def tenant_revoke(self, token, referral=None, confirmed=None, **_form):
        """Revoke, after a tick that confirms it."""
        shown = request.env["sozial.referral"]._of_link(token)
        if not shown:
            return self._tenant_page(token)
        if not confirmed:
            return self._tenant_page(token, problem=request.env._("Please tick that you want to revoke."))
        number = int(referral) if (referral or "").isdigit() and len(referral) < 10 else 0
        return self._tenant_page(token, done=shown._tenant_revoke(number))

    def _tenant_page(self, token, problem=None, done=False):
        shown = request.env["sozial.referral"]._of_link(token)
        values = {"shown": shown, "rows": shown._tenant_rows() if shown else [], "token": token, "problem": problem, "done": done}
        response = request.render("sozial_management_partner.tenant_shares", values, status=200 if shown else 404)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
