from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class PeoplePortal(CustomerPortal):
    """People of one's own organisation."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_people_count" in counters:
            organisation = self._people_organisation()
            values["sozial_people_count"] = len(organisation._people()) if organisation else 0
        return values

    @http.route("/my/people", type="http", auth="user", website=True, readonly=True)
    def portal_people(self, told=None, **_query):
        """Who has access; for those who manage people also the form to invite."""
        return self._render_people(told=told)

    @http.route("/my/people/invite", type="http", auth="user", website=True, methods=["POST"])
    def portal_people_invite(self, name=None, email=None, **_form):
        """Invite a colleague."""
        return self._people_step(lambda people: people._portal_invite(name, email), "invited", {"name": name, "email": email})

    @http.route("/my/people/<int:contact_id>/remove", type="http", auth="user", website=True, methods=["POST"])
    def portal_people_remove(self, contact_id, **_form):
        """End the access of a colleague."""
        return self._people_step(lambda people: people._portal_remove(contact_id), "removed")

    @http.route("/my/people/<int:contact_id>/manage", type="http", auth="user", website=True, methods=["POST"])
    def portal_people_manage(self, contact_id, manages=None, **_form):
        """Let a colleague manage people too, or no longer."""
        return self._people_step(lambda people: people._portal_manage(contact_id, manages == "1"), "changed")

    def _people_step(self, step, told, form=None):
        try:
            with request.env.cr.savepoint():
                step(request.env["res.partner"])
        except (AccessError, UserError) as error:
            return self._render_people(problem=error.args[0], form=form)
        return request.redirect(f"/my/people?told={told}")

    def _people_organisation(self):
        try:
            return request.env["res.partner"]._portal_organisation()
        except UserError:
            return None

    def _render_people(self, told=None, problem=None, form=None):
        organisation = self._people_organisation()
        if not organisation:
            return request.redirect("/my")
        own = request.env.user.partner_id.sudo()
        return request.render(
            "sozial_management_partner.portal_people",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_people",
                "organisation": organisation,
                "people": organisation._people(),
                "own": own,
                "manages": own.manages_portal,
                "told": told if told in ("invited", "removed", "changed") else None,
                "problem": problem,
                "form": form or {},
            },
        )
