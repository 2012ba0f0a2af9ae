from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class ProofPortal(CustomerPortal):
    """Where an organisation sends a proof that was asked for after the opening."""

    @http.route("/my/proof/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_proof(self, token, **_query):
        """What is asked for, until when."""
        answer = self._answer(token)
        return self._render_proof(answer) if answer else request.redirect("/my/submissions")

    @http.route("/my/proof/<string:token>", type="http", auth="user", website=True, methods=["POST"])
    def portal_proof_send(self, token, **_form):
        """Send it, once."""
        answer = self._answer(token)
        if not answer:
            return request.redirect("/my/submissions")
        upload = request.httprequest.files.get("file")
        try:
            with request.env.cr.savepoint():
                answer._portal_send(upload.filename if upload else "", upload.read() if upload else b"")
        except (UserError, AccessError) as error:
            return self._render_proof(answer, error.args[0])
        return request.redirect(f"/my/proof/{token}")

    def _answer(self, token):
        return request.env["sozial.evidence.answer"].search([("token", "=", token)], limit=1)

    def _render_proof(self, answer, problem=None):
        values = {**self._prepare_portal_layout_values(), "page_name": "sozial_submissions", "answer": answer, "problem": problem}
        return request.render("sozial_management_partner.portal_proof", values)
