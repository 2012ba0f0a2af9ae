from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .portal_submission import SubmissionPortal


class JointPortal(SubmissionPortal):
    """Joint bids: who leads names the others, each of them confirms or leaves."""

    @http.route("/my/submissions/<string:token>/member", type="http", auth="user", website=True, methods=["POST"])
    def portal_name_member(self, token, member_name=None, member_contact=None, member_email=None, **form):
        """Name another organisation; what was typed is kept."""

        def name(submission):
            submission._portal_save(*self._answers(form))
            submission._portal_name_member(member_name, member_contact, member_email)

        typed = {**form, "member_name": member_name, "member_contact": member_contact, "member_email": member_email}
        return self._step(token, name, typed, "members")

    @http.route("/my/submissions/<string:token>/member/remove", type="http", auth="user", website=True, methods=["POST"])
    def portal_remove_member(self, token, member=None, **form):
        """Take an organisation out; what was typed is kept."""
        return self._step(token, lambda one: (one._portal_save(*self._answers(form)), one._portal_remove_member(member)), form, "members")

    @http.route("/my/submissions/<string:token>/member/declare", type="http", auth="user", website=True, methods=["POST"])
    def portal_declare_member(self, token, member=None, **form):
        """Upload the signed declaration of a member; what was typed is kept."""

        def declare(submission):
            submission._portal_save(*self._answers(form))
            chosen = request.httprequest.files.get(f"declaration_{member}")
            if not (chosen and chosen.filename):
                raise UserError(request.env._("Declaration: please choose the file first."))
            submission._portal_declare_member(member, chosen.filename, chosen.read())

        return self._step(token, declare, form, "members")

    @http.route("/my/joint/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_joint(self, token, key=None, **_query):
        """Who asks whom to take part in what; to people of another mailbox, how theirs is asked."""
        member = self._invitation(token, key)
        if member:
            return self._render_joint(member, key=key)
        offered = request.env["sozial.submission.member"]._portal_offered(token)
        return self._render_offered(offered) if offered else request.redirect("/my/submissions")

    @http.route("/my/joint/<string:token>/mailbox", type="http", auth="user", website=True, methods=["POST"])
    def portal_joint_mailbox(self, token, **_form):
        """Send the link to the mailbox that was invited."""
        offered = request.env["sozial.submission.member"]._portal_offered(token)
        if not offered:
            return request.redirect(f"/my/joint/{token}")
        problem = self._attempt(lambda: offered.with_env(request.env)._portal_ask_mailbox())
        return self._render_offered(offered, problem, is_sent=not problem)

    @http.route("/my/joint/<string:token>/confirm", type="http", auth="user", website=True, methods=["POST"])
    def portal_joint_confirm(self, token, key=None, **_form):
        """Take part."""
        return self._answer_invitation(token, key, lambda member: member._portal_confirm(key))

    @http.route("/my/joint/<string:token>/leave", type="http", auth="user", website=True, methods=["POST"])
    def portal_joint_leave(self, token, key=None, **_form):
        """Decline or withdraw."""
        return self._answer_invitation(token, key, lambda member: member._portal_leave(key))

    def _invitation(self, token, key=None):
        """The member row if it is about one's own organisation; else nothing."""
        try:
            return request.env["sozial.submission.member"]._portal_own(token, key)
        except AccessError:
            return None

    def _answer_invitation(self, token, key, step):
        member = self._invitation(token, key)
        if not member:
            return request.redirect("/my/submissions")
        problem = self._attempt(lambda: step(member.with_env(request.env)))
        return self._render_joint(member, problem, key) if problem else request.redirect(f"/my/joint/{token}")

    def _render_offered(self, member, problem=None, is_sent=False):
        submission = member.submission_id
        return request.render(
            "sozial_management_partner.portal_joint_offered",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_submissions",
                "lead": submission.partner_name,
                "call": submission.call_id,
                "lot": submission.lot_id,
                "mailbox": member._masked_email(),
                "own": request.env["sozial.call"]._portal_organisation().sudo().name,
                "token": member.token,
                "open": submission.call_id._takes_submissions(submission.call_id._now()),
                "problem": problem,
                "is_sent": is_sent,
            },
        )

    def _render_joint(self, member, problem=None, key=None):
        submission = member.submission_id
        call = submission.call_id
        return request.render(
            "sozial_management_partner.portal_joint",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_submissions",
                "lead": submission.partner_name,
                "call": call,
                "lot": submission.lot_id,
                "state": member.state,
                "token": member.token,
                "key": key,
                "address": self._address(submission) if member.state == "confirmed" else None,
                "open": call._takes_submissions(call._now()),
                "is_draft": submission.state == "draft",
                "problem": problem,
            },
        )
