from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE = 20


class AgreementPortal(CustomerPortal):
    """Agreements of one's own organisation: reading, signing, sending back."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_agreement_count" in counters:
            agreements = request.env["sozial.agreement"]
            values["sozial_agreement_count"] = agreements.search_count([]) if agreements.has_access("read") else 0
        return values

    @http.route(["/my/agreements", "/my/agreements/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def portal_agreements(self, page=1, **_query):
        """One's own agreements, the newest first."""
        agreements = request.env["sozial.agreement"]
        if not agreements.has_access("read"):
            return request.redirect("/my")
        pages = pager("/my/agreements", agreements.search_count([]), page, PAGE)
        return request.render(
            "sozial_management_partner.portal_agreements",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_agreements",
                "agreements": agreements.search([], order="offered_at desc, id desc", limit=PAGE, offset=pages["offset"]),
                "pager": pages,
            },
        )

    @http.route("/my/agreements/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_agreement(self, token, told=None, **_query):
        """The text, who signed it, and the form to sign."""
        return self._render_agreement(self._own_agreement(token), told=told)

    @http.route("/my/agreements/<string:token>/pdf", type="http", auth="user", website=True, readonly=True)
    def portal_agreement_pdf(self, token, **_query):
        """The text with its signatures, to keep."""
        agreement = self._own_agreement(token)
        if not agreement:
            return request.redirect("/my/agreements")
        report = request.env.ref("sozial_management_partner.report_agreement").sudo()
        content, _kind = report._render_qweb_pdf(report, agreement.ids)
        headers = [("Content-Type", "application/pdf"), ("Content-Disposition", content_disposition(f"{agreement.number}.pdf"))]
        return request.make_response(content, headers)

    @http.route("/my/agreements/<string:token>/contract", type="http", auth="user", website=True, readonly=True)
    def portal_agreement_contract(self, token, **_query):
        """The data-protection contract, as a download."""
        agreement = self._own_agreement(token)
        if not agreement.privacy_file_name:
            return request.redirect("/my/agreements")
        stream = request.env["ir.binary"]._get_stream_from(agreement, "privacy_file", filename=agreement.privacy_file_name)
        return stream.get_response(as_attachment=True)

    @http.route("/my/agreements/<string:token>/sign", type="http", auth="user", website=True, methods=["POST"])
    def portal_agreement_sign(self, token, name=None, function=None, agreed=None, sha256=None, **_form):
        """Sign. What does not work out is said above the form."""
        return self._agreement_step(
            token, lambda one: one._portal_sign(name, function, agreed, sha256), {"name": name, "function": function}, "signed"
        )

    @http.route("/my/agreements/<string:token>/refuse", type="http", auth="user", website=True, methods=["POST"])
    def portal_agreement_refuse(self, token, reason=None, **_form):
        """Send back, with what should be changed."""
        return self._agreement_step(token, lambda one: one._portal_refuse(reason), {"reason": reason}, "refused")

    def _agreement_step(self, token, step, form, told):
        agreement = self._own_agreement(token)
        if not agreement:
            return request.redirect("/my/agreements")
        try:
            step(agreement)
        except UserError as error:
            return self._render_agreement(agreement, problem=error.args[0], form=form)
        return request.redirect(f"/my/agreements/{token}?told={told}" if told == "signed" else "/my/agreements")

    def _own_agreement(self, token):
        """The agreement if the current user may read it; else nothing."""
        agreements = request.env["sozial.agreement"]
        return agreements.search([("token", "=", token)], limit=1) if agreements.has_access("read") else agreements

    def _render_agreement(self, agreement, told=None, problem=None, form=None):
        if not agreement:
            return request.redirect("/my/agreements")
        return request.render(
            "sozial_management_partner.portal_agreement",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_agreements",
                "agreement": agreement,
                "told": told,
                "problem": problem,
                "form": form or {},
            },
        )
