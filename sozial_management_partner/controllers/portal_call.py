from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE = 20


class CallPortal(CustomerPortal):
    """Calls for organisations: what runs, questions, news."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_call_count" in counters:
            calls = request.env["sozial.call"]
            values["sozial_call_count"] = calls.search_count(calls._portal_running()) if calls.has_access("read") else 0
        return values

    @http.route(["/my/calls", "/my/calls/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def portal_calls(self, page=1, filterby="running", **_query):
        """Calls that run, and those that are over."""
        calls = request.env["sozial.call"]
        if not calls.has_access("read"):
            return request.redirect("/my")
        filters = {
            "running": {"label": request.env._("Running"), "domain": calls._portal_running()},
            "over": {"label": request.env._("Over"), "domain": ~calls._portal_running()},
        }
        filterby = filterby if filterby in filters else "running"
        domain = filters[filterby]["domain"]
        pages = pager("/my/calls", calls.search_count(domain), page, PAGE, url_args={"filterby": filterby})
        return request.render(
            "sozial_management_partner.portal_calls",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_calls",
                "calls": calls.search(domain, order="deadline, id", limit=PAGE, offset=pages["offset"])._portal_rows(),
                "pager": pages,
                "default_url": "/my/calls",
                "searchbar_filters": filters,
                "filterby": filterby,
            },
        )

    @http.route("/my/calls/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_call(self, token, told=None, **_query):
        """Questions and news of one call."""
        call = self._readable_call(token)
        return self._render_call(call, told=told) if call else request.redirect("/my/calls")

    @http.route("/my/calls/<string:token>/ask", type="http", auth="user", website=True, methods=["POST"])
    def portal_ask(self, token, question=None, **_form):
        """Ask. What does not work out is said above the filled-in form."""
        call = self._readable_call(token)
        if not call:
            return request.redirect("/my/calls")
        try:
            call._portal_ask(question)
        except UserError as error:
            return self._render_call(call, problem=error.args[0], question=question)
        return request.redirect(f"/my/calls/{token}?told=asked")

    @http.route("/my/calls/<string:token>/news", type="http", auth="user", website=True, methods=["POST"])
    def portal_news(self, token, **_form):
        """From now on: mails about answers and changes."""
        call = self._readable_call(token)
        if not call:
            return request.redirect("/my/calls")
        call._subscribe(request.env.user.partner_id)
        return request.redirect(f"/my/calls/{token}?told=news")

    def _readable_call(self, token):
        """The call if the current user may read it; else nothing."""
        calls = request.env["sozial.call"]
        return calls.search([("token", "=", token)], limit=1) if calls.has_access("read") else calls

    def _render_call(self, call, told=None, problem=None, question=None):
        return request.render(
            "sozial_management_partner.portal_call",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_calls",
                "call": call,
                "values": request.env["sozial.call.board"]._public_values(call.sudo()),
                "own_questions": call._portal_own_questions(),
                "may_ask": call._is_open_for_questions(call._now()),
                "gets_news": call._is_subscribed(request.env.user.partner_id),
                "told": told if told in ("asked", "news") else None,
                "problem": problem,
                "question": question,
                "submit_url": f"/my/submissions/start/{call.token}" if "sozial.submission" in request.env else None,
            },
        )
