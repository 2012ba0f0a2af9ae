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
    def portal_joint(self, token, **_query):
        """Who asks whom to take part in what."""
        member = self._invitation(token)
        return self._render_joint(member) if member else request.redirect("/my/submissions")

    @http.route("/my/joint/<string:token>/confirm", type="http", auth="user", website=True, methods=["POST"])
    def portal_joint_confirm(self, token, **_form):
        """Take part."""
        return self._answer_invitation(token, lambda member: member._portal_confirm())

    @http.route("/my/joint/<string:token>/leave", type="http", auth="user", website=True, methods=["POST"])
    def portal_joint_leave(self, token, **_form):
        """Decline or withdraw."""
        return self._answer_invitation(token, lambda member: member._portal_leave())

    def _invitation(self, token):
        """The member row if it is about one's own organisation; else nothing."""
        try:
            return request.env["sozial.submission.member"]._portal_own(token)
        except AccessError:
            return None

    def _answer_invitation(self, token, step):
        member = self._invitation(token)
        if not member:
            return request.redirect("/my/submissions")
        problem = self._attempt(lambda: step(member.with_env(request.env)))
        return self._render_joint(member, problem) if problem else request.redirect(f"/my/joint/{token}")

    def _render_joint(self, member, problem=None):
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
                "address": self._address(submission) if member.state == "confirmed" else None,
                "open": call._takes_submissions(call._now()),
                "is_draft": submission.state == "draft",
                "problem": problem,
            },
        )
