from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

MOST = 200


class EvidencePortal(CustomerPortal):
    """The evidence safe of one's own organisation."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_evidence_count" in counters:
            evidence = request.env["sozial.evidence"]
            values["sozial_evidence_count"] = evidence.search_count([]) if evidence.has_access("read") else 0
        return values

    @http.route("/my/evidence", type="http", auth="user", website=True, readonly=True)
    def portal_safe(self, told=None, **_query):
        """What lies in the safe, and the form to add to it."""
        return self._render_safe(told=told)

    @http.route("/my/evidence/add", type="http", auth="user", website=True, methods=["POST"])
    def portal_safe_add(self, kind=None, file=None, valid_until=None, **_form):
        """Add a document. What does not work out is said above the form."""
        try:
            name, data = (file.filename, file.read()) if hasattr(file, "read") else ("", b"")
            request.env["sozial.evidence"]._portal_add(kind, name, data, valid_until)
        except UserError as error:
            return self._render_safe(problem=error.args[0], form={"kind": kind, "valid_until": valid_until})
        return request.redirect("/my/evidence?told=added")

    @http.route("/my/evidence/<int:evidence_id>/remove", type="http", auth="user", website=True, methods=["POST"])
    def portal_safe_remove(self, evidence_id, **_form):
        """Take a document out of the safe."""
        if evidence := self._own(evidence_id):
            evidence._portal_remove()
        return request.redirect("/my/evidence")

    @http.route("/my/evidence/<int:evidence_id>/file", type="http", auth="user", website=True, readonly=True)
    def portal_safe_file(self, evidence_id, **_query):
        """One's own document, as a download."""
        evidence = self._own(evidence_id)
        if not evidence:
            return request.redirect("/my/evidence")
        return request.env["ir.binary"]._get_stream_from(evidence.sudo(), "file", filename_field="file_name").get_response(
            as_attachment=True
        )

    def _own(self, evidence_id):
        """The document if the current user may read it; else nothing."""
        evidence = request.env["sozial.evidence"].browse(evidence_id)
        try:
            evidence.check_access("read")
            return evidence.exists()
        except (AccessError, MissingError):
            return evidence.browse()

    def _render_safe(self, told=None, problem=None, form=None):
        safe = request.env["sozial.evidence"]
        if not safe.has_access("read"):
            return request.redirect("/my")
        return request.render(
            "sozial_management_partner.portal_evidence",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_evidence",
                "documents": safe.search([], order="kind, valid_until desc, id desc", limit=MOST),
                "kinds": safe._fields["kind"]._description_selection(request.env),
                "today": fields.Date.context_today(safe),
                "told": told if told == "added" else None,
                "problem": problem,
                "form": form or {},
            },
        )
