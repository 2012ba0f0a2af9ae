from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.referral.share import LIVE
from ..models.referral.steps import BEFORE

PAGE = 20
# what the pages show: found and read in one query each
LISTED = ("number", "token", "state", "urgency", "respond_by")
SHOWN = (*LISTED, "partner_id", "deleted_at")
SHOWN_LINES = ("label", "value", "file_name")
SHOWN_MESSAGES = ("author_name", "from_partner", "body", "create_date")
# of the visitor and of the organisation: a contact has a hundred columns, the frame of the page needs these
FRAMED = ("name", "user_id", "commercial_partner_id")
STEPS = ("contact", "help", "not_reached", "completed")


class ReferralPortal(CustomerPortal):
    """Referrals to one's own organisation. Every change is a POST."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_referral_count" in counters:
            shares = request.env["sozial.referral.share"]
            values["sozial_referral_count"] = shares.search_count([("state", "in", LIVE)]) if shares.has_access("read") else 0
        return values

    @http.route(["/my/referrals", "/my/referrals/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def portal_referrals(self, page=1, filterby="open", **_query):
        """What waits or runs, and what is over."""
        shares = request.env["sozial.referral.share"]
        if not shares.has_access("read"):
            return request.redirect("/my")
        filters = {
            "open": {"label": request.env._("Open"), "domain": Domain("state", "in", LIVE)},
            "over": {"label": request.env._("Over"), "domain": ~Domain("state", "in", LIVE)},
        }
        filterby = filterby if filterby in filters else "open"
        domain = filters[filterby]["domain"]
        pages = pager("/my/referrals", shares.search_count(domain), page, PAGE, url_args={"filterby": filterby})
        return request.render(
            "sozial_management_partner.portal_referrals",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_referrals",
                "shares": shares.search_fetch(
                    domain, LISTED, order="urgency desc, id desc", limit=PAGE, offset=pages["offset"]
                ),
                "pager": pages,
                "default_url": "/my/referrals",
                "searchbar_filters": filters,
                "filterby": filterby,
            },
        )

    @http.route("/my/referrals/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_referral(self, token, **_query):
        """What is released, messages, and what can be done now."""
        return self._render_referral(self._own_referral(token))

    @http.route("/my/referrals/<string:token>/files/<int:line_id>", type="http", auth="user", website=True, readonly=True)
    def portal_referral_file(self, token, line_id, **_query):
        """A file that is shared, as a download; it is read anew each time, never from a cache."""
        share = self._own_referral(token)
        lines = request.env["sozial.referral.share.line"]
        line = share and lines.search([("share_id", "=", share.id), ("id", "=", line_id), ("file_name", "!=", False)], limit=1)
        if not line:
            return request.redirect("/my/referrals")
        response = request.env["ir.binary"]._get_stream_from(line, "file", filename=line.file_name).get_response(as_attachment=True)
        response.headers["Cache-Control"] = "no-store"
        return response

    @http.route("/my/referrals/<string:token>/step", type="http", auth="user", website=True, methods=["POST"])
    def portal_referral_step(self, token, state=None, **_form):
        """Accept, or say how it goes on."""
        return self._referral_step(token, lambda share: share._portal_step(state))

    @http.route("/my/referrals/<string:token>/decline", type="http", auth="user", website=True, methods=["POST"])
    def portal_referral_decline(self, token, reason=None, **_form):
        """Decline with a reason."""
        return self._referral_step(token, lambda share: share._portal_decline(reason), {"reason": reason})

    @http.route("/my/referrals/<string:token>/message", type="http", auth="user", website=True, methods=["POST"])
    def portal_referral_message(self, token, body=None, **_form):
        """Ask back, or write."""
        return self._referral_step(token, lambda share: share._portal_write(body), {"body": body})

    @http.route("/my/referrals/<string:token>/deleted", type="http", auth="user", website=True, methods=["POST"])
    def portal_referral_deleted(self, token, **_form):
        """Confirm that one's own copy is deleted."""
        return self._referral_step(token, lambda share: share._portal_deleted())

    def _referral_step(self, token, step, form=None):
        share = self._own_referral(token)
        if not share:
            return request.redirect("/my/referrals")
        try:
            with request.env.cr.savepoint():
                step(share)
        except UserError as error:
            return self._render_referral(share, problem=error.args[0], form=form)
        return request.redirect(f"/my/referrals/{token}")

    def _own_referral(self, token):
        """The referral if the current user may read it; else nothing."""
        shares = request.env["sozial.referral.share"]
        return shares.search_fetch([("token", "=", token)], SHOWN, limit=1) if shares.has_access("read") else shares

    def _render_referral(self, share, problem=None, form=None):
        if not share:
            return request.redirect("/my/referrals")
        labels = dict(share._fields["state"]._description_selection(request.env))
        mine = [("share_id", "=", share.id)]
        (request.env.user.partner_id | share.sudo().partner_id).fetch(FRAMED)
        return request.render(
            "sozial_management_partner.portal_referral",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_referrals",
                "share": share,
                # searched, not read over the link: the rules of lines and messages are asked now
                "lines": request.env["sozial.referral.share.line"].search_fetch(mine, SHOWN_LINES, order="sequence, id", limit=100),
                "messages": request.env["sozial.referral.message"].search_fetch(mine, SHOWN_MESSAGES, order="id", limit=500),
                "written_at": lambda message: fields.Datetime.context_timestamp(message, message.create_date).strftime("%d.%m.%Y %H:%M"),
                "live": share.state in LIVE,
                "may_answer": share.state in BEFORE["accepted"],
                "steps": [(state, labels[state]) for state in STEPS if share.state in BEFORE[state]],
                "problem": problem,
                "form": form or {},
            },
        )
