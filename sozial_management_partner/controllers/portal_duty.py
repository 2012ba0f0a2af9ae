from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.duty.duty import OPEN

PAGE = 20
KINDS = {"reports": "sozial.agreement.report", "funds": "sozial.agreement.proof"}
PRINTED = {"reports": "report_agreement_report", "funds": "report_agreement_proof"}


class DutyPortal(CustomerPortal):
    """Reports and proofs of use of one's own organisation. Every change is a POST."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        for kind, model in KINDS.items():
            if f"sozial_{kind}_count" in counters:
                duties = request.env[model]
                values[f"sozial_{kind}_count"] = duties.search_count(self._waiting(kind)) if duties.has_access("read") else 0
        return values

    def _waiting(self, kind):
        """What waits for the organisation: to be filled in, or to be repaid."""
        waiting = fields.Domain("state", "in", OPEN)
        if kind == "reports":
            return waiting
        return waiting | fields.Domain([("state", "=", "accepted"), ("unused", ">", 0), ("repaid_on", "=", False)])

    @http.route(["/my/<any(reports, funds):kind>", "/my/<any(reports, funds):kind>/page/<int:page>"],
                type="http", auth="user", website=True, readonly=True)  # fmt: skip
    def portal_duties(self, kind, page=1, **_query):
        """One's own, what is due first."""
        duties = request.env[KINDS[kind]]
        if not duties.has_access("read"):
            return request.redirect("/my")
        pages = pager(f"/my/{kind}", duties.search_count([]), page, PAGE)
        return request.render(
            "sozial_management_partner.portal_duties",
            {
                **self._prepare_portal_layout_values(),
                "page_name": f"sozial_{kind}",
                "kind": kind,
                "duties": duties.search([], limit=PAGE, offset=pages["offset"]),
                "pager": pages,
            },
        )

    @http.route("/my/<any(reports, funds):kind>/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_duty(self, kind, token, told=None, **_query):
        """What is filled in, and what is to be done."""
        return self._render_duty(kind, self._own_duty(kind, token), told=told)

    @http.route("/my/<any(reports, funds):kind>/<string:token>/pdf", type="http", auth="user", website=True, readonly=True)
    def portal_duty_pdf(self, kind, token, **_query):
        """The same as a PDF."""
        duty = self._own_duty(kind, token)
        if not duty:
            return request.redirect(f"/my/{kind}")
        report = request.env.ref(f"sozial_management_partner.{PRINTED[kind]}").sudo()
        content, _kind = report._render_qweb_pdf(report, duty.ids)
        headers = [("Content-Type", "application/pdf"), ("Content-Disposition", content_disposition(f"{duty.display_name}.pdf"))]
        return request.make_response(content, headers)

    @http.route("/my/reports/<string:token>/save", type="http", auth="user", website=True, methods=["POST"])
    def portal_report_save(self, token, achieved=None, needed=None, hours=None, **_form):
        """Keep what was typed."""
        form = {"achieved": achieved, "needed": needed, "hours": hours}
        return self._duty_step("reports", token, lambda one: one._portal_save(achieved, needed, hours), form, "saved")

    @http.route("/my/reports/<string:token>/confirm", type="http", auth="user", website=True, methods=["POST"])
    def portal_report_confirm(self, token, achieved=None, needed=None, hours=None, agreed=None, **_form):
        """Hand in. What does not work out is said above the form."""
        form = {"achieved": achieved, "needed": needed, "hours": hours}
        return self._duty_step("reports", token, lambda one: one._portal_confirm(achieved, needed, hours, agreed), form, "handed_in")

    @http.route("/my/funds/<string:token>/receipt", type="http", auth="user", website=True, methods=["POST"])
    def portal_funds_receipt(self, token, line=None, name=None, paid_on=None, amount=None, file=None, **_form):
        """Add a receipt."""
        file_name, data = (file.filename, file.read()) if hasattr(file, "read") else ("", b"")
        form = {"line": line, "name": name, "paid_on": paid_on, "amount": amount}
        return self._duty_step(
            "funds", token, lambda one: one._portal_add_receipt(line, name, paid_on, amount, file_name, data), form, "added"
        )

    @http.route("/my/funds/<string:token>/receipt/remove", type="http", auth="user", website=True, methods=["POST"])
    def portal_funds_receipt_remove(self, token, receipt=None, **_form):
        """Take a receipt back."""
        return self._duty_step("funds", token, lambda one: one._portal_remove_receipt(receipt), {}, "removed")

    @http.route("/my/funds/<string:token>/file/<int:receipt_id>", type="http", auth="user", website=True, readonly=True)
    def portal_funds_file(self, token, receipt_id, **_query):
        """One's own receipt, as a download."""
        duty = self._own_duty("funds", token)
        receipt = duty.line_ids.receipt_ids.filtered(lambda one: one.id == receipt_id) if duty else duty
        if not receipt:
            return request.redirect("/my/funds")
        stream = request.env["ir.binary"]._get_stream_from(receipt, "file", filename=receipt.file_name)
        return stream.get_response(as_attachment=True)

    @http.route("/my/funds/<string:token>/save", type="http", auth="user", website=True, methods=["POST"])
    def portal_funds_save(self, token, report_text=None, **_form):
        """Keep what was typed."""
        return self._duty_step("funds", token, lambda one: one._portal_save(report_text), {"report_text": report_text}, "saved")

    @http.route("/my/funds/<string:token>/confirm", type="http", auth="user", website=True, methods=["POST"])
    def portal_funds_confirm(self, token, report_text=None, function=None, agreed=None, **_form):
        """Confirm and hand in."""
        form = {"report_text": report_text, "function": function}
        return self._duty_step("funds", token, lambda one: one._portal_confirm(report_text, function, agreed), form, "handed_in")

    def _duty_step(self, kind, token, step, form, told):
        duty = self._own_duty(kind, token)
        if not duty:
            return request.redirect(f"/my/{kind}")
        try:
            with request.env.cr.savepoint():
                step(duty)
        except UserError as error:
            return self._render_duty(kind, duty, problem=error.args[0], form=form)
        return request.redirect(f"/my/{kind}/{token}?told={told}")

    def _own_duty(self, kind, token):
        """The record if the current user may read it; else nothing."""
        duties = request.env[KINDS[kind]]
        return duties.search([("token", "=", token)], limit=1) if duties.has_access("read") else duties

    def _render_duty(self, kind, duty, told=None, problem=None, form=None):
        if not duty:
            return request.redirect(f"/my/{kind}")
        return request.render(
            f"sozial_management_partner.portal_duty_{kind}",
            {
                **self._prepare_portal_layout_values(),
                "page_name": f"sozial_{kind}",
                "kind": kind,
                "duty": duty,
                "is_open": duty.state in OPEN,
                "today": fields.Date.context_today(duty),
                "told": told,
                "problem": problem,
                "form": form or {},
            },
        )
