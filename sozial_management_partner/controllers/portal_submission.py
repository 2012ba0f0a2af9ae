from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..sealing.receipt import canonical

PAGE = 20
ANSWER = "answer_"
# a cookie of each encrypted submission
KEY = "sozial_submission_key"
KEEP_KEY = 400 * 24 * 3600


class SubmissionPortal(CustomerPortal):
    """How an organisation answers a call. Addresses hold random tokens; what is not one's own is not there."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_submission_count" in counters:
            submissions = request.env["sozial.submission"]
            values["sozial_submission_count"] = submissions.search_count([]) if submissions.has_access("read") else 0
        return values

    # ------------------------------------------------------------------- pages

    @http.route(["/my/submissions", "/my/submissions/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def portal_submissions(self, page=1, **_query):
        """One's own submissions."""
        submissions = request.env["sozial.submission"]
        domain = [("state", "!=", "replaced")]
        pages = pager("/my/submissions", submissions.search_count(domain), page, PAGE)
        return request.render(
            "sozial_management_partner.portal_submissions",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_submissions",
                "submissions": submissions.search(domain, order="id desc", limit=PAGE, offset=pages["offset"]),
                "invitations": request.env["sozial.submission.member"]._portal_own().filtered(lambda one: one.state == "named"),
                "organisation": request.env["sozial.call"]._portal_organisation(),
                "proofs": request.env["sozial.evidence.answer"].search([("state", "=", "open")], limit=PAGE),
                "pager": pages,
            },
        )

    @http.route("/my/submissions/start/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_start(self, token, **_query):
        """Which lot of a call to answer."""
        call = self._call(token)
        if not call:
            return request.redirect("/my/submissions")
        return self._render_start(call)

    @http.route("/my/submissions/start/<string:token>", type="http", auth="user", website=True, methods=["POST"])
    def portal_begin(self, token, lot=None, **_form):
        """Begin a draft, or go on with the one that is there."""
        call = self._call(token)
        if not call:
            return request.redirect("/my/submissions")
        chosen = call.lot_ids.filtered(lambda one: str(one.id) == lot)
        if not chosen:
            return self._render_start(call, request.env._("Lot: please choose one."))
        try:
            submission = call._start_submission(chosen)
        except (UserError, AccessError) as error:
            return self._render_start(call, error.args[0])
        return request.redirect(self._address(submission))

    @http.route("/my/submissions/<string:token>", type="http", auth="user", website=True, readonly=True)
    def portal_submission(self, token, **_query):
        """The form of a draft, or the receipt."""
        submission = self._submission(token)
        return self._render(submission) if submission else request.redirect("/my/submissions")

    @http.route("/my/submissions/<string:token>/copy", type="http", auth="user", website=True, readonly=True)
    def portal_copy(self, token, **_query):
        """What was handed in, as the file whose SHA-256 stands on the receipt."""
        submission = self._submission(token)
        if not submission or submission.state == "draft":
            return request.redirect("/my/submissions")
        document = submission._document_of(self._key(submission))
        if document is None:
            return self._render(submission, problem=submission._unreadable_text())
        return request.make_response(
            canonical(document),
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", http.content_disposition(f"{submission.number}.json")),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route("/my/submissions/<string:token>/file/<string:file_token>", type="http", auth="user", website=True, readonly=True)
    def portal_file(self, token, file_token, **_query):
        """One's own file, as a download."""
        submission = self._submission(token)
        row = submission.content_ids.filtered(lambda one: one.kind == "file" and one.token == file_token)
        if not row:
            return request.redirect("/my/submissions")
        if row.is_encrypted:
            return self._render(submission, problem=row._encrypted_text())
        return request.env["ir.binary"]._get_stream_from(row, "file", filename=row.file_name).get_response(as_attachment=True)

    # ----------------------------------------------------------------- changes

    @http.route("/my/submissions/<string:token>/save", type="http", auth="user", website=True, methods=["POST"])
    def portal_save(self, token, quiet=None, **form):
        """Keep the draft. The page's own script asks quietly, and gets a sentence instead of a page."""
        submission = self._submission(token)
        problem = request.env._("This draft is not there any more.")
        if submission:
            problem = self._attempt(lambda: submission._portal_save(*self._answers(form)))
            if not quiet:
                problem = problem or self._attach_all(submission)
        if quiet:
            return request.make_json_response({"problem": problem or ""})
        if problem and submission:
            return self._render(submission, problem=problem, form=form)
        return request.redirect(self._address(submission) if submission else "/my/submissions")

    @http.route("/my/submissions/<string:token>/hand-in", type="http", auth="user", website=True, methods=["POST"])
    def portal_hand_in(self, token, **form):
        """Hand in, with what was typed last and the files that are chosen."""
        submission = self._submission(token)
        if not submission:
            return request.redirect("/my/submissions")
        try:
            with request.env.cr.savepoint():
                outcome = submission._portal_hand_in(*self._answers(form), files=self._uploads())
        except UserError as error:
            return self._render(submission, problem=error.args[0], form=form)
        if outcome.refused:
            return self._render(submission, late=outcome.refused, form=form)  # what was typed can still be copied
        if outcome.problems:
            return self._render(submission, problem="\n".join(outcome.problems), form=form)
        response = request.redirect(self._address(submission))
        if outcome.key:
            self._keep_key(response, submission, outcome.key)
        return response

    @http.route("/my/submissions/<string:token>/remove", type="http", auth="user", website=True, methods=["POST"])
    def portal_remove(self, token, file=None, **form):
        """Take a file out of the draft; what was typed is kept."""
        return self._step(token, lambda one: (one._portal_save(*self._answers(form)), one._portal_detach(file)), form)

    @http.route("/my/submissions/<string:token>/evidence", type="http", auth="user", website=True, methods=["POST"])
    def portal_evidence(self, token, evidence=None, **form):
        """Take a document of the evidence safe along; what was typed is kept."""
        def attach(submission):
            submission._portal_save(*self._answers(form))
            document = request.env["sozial.evidence"].search([("id", "=", int(evidence) if str(evidence).isdigit() else 0)])
            if not document:
                raise UserError(request.env._("Document: please choose one."))
            submission._portal_attach_evidence(document)

        return self._step(token, attach, form)

    @http.route("/my/submissions/<string:token>/change", type="http", auth="user", website=True, methods=["POST"])
    def portal_change(self, token, **_form):
        """Begin a draft that replaces what was handed in."""
        submission = self._submission(token)
        if not submission:
            return request.redirect("/my/submissions")
        try:
            draft = submission._portal_change(self._key(submission))
        except (UserError, AccessError) as error:
            return self._render(submission, problem=error.args[0])
        return request.redirect(self._address(draft))

    @http.route("/my/submissions/<string:token>/withdraw", type="http", auth="user", website=True, methods=["POST"])
    def portal_withdraw(self, token, **_form):
        """Take back what was handed in, or throw the draft away."""
        submission = self._submission(token)
        problem = submission and self._attempt(submission._portal_withdraw)
        return self._render(submission, problem=problem) if problem else request.redirect("/my/submissions")

    @http.route("/my/submissions/<string:token>/confirm", type="http", auth="user", website=True, methods=["POST"])
    def portal_confirm(self, token, **_form):
        """Stand by the submission under the changed notice."""
        return self._step(token, lambda one: one._portal_confirm_version(), {})

    # ----------------------------------------------------------------- helpers

    def _keep_key(self, response, submission, key):
        """Leave the key of an encrypted submission in the bidder's browser: the server stores it nowhere.

        It goes back with this submission's pages only; they have an address in each language.
        """
        address = self._address(submission)
        languages = {language.url_code for language in request.env["res.lang"]._get_frontend().values()}
        for path in (address, *(f"/{code}{address}" for code in sorted(languages))):
            response.set_cookie(
                KEY, key, max_age=KEEP_KEY, path=path, httponly=True, samesite="Lax", secure=request.httprequest.scheme == "https"
            )

    def _key(self, submission):
        return request.httprequest.cookies.get(KEY) if submission.is_encrypted else None

    def _step(self, token, change, form, place=None):
        submission = self._submission(token)
        if not submission:
            return request.redirect("/my/submissions")
        problem = self._attempt(lambda: change(submission))
        address = f"{self._address(submission)}#{place}" if place else self._address(submission)
        return self._render(submission, problem=problem, form=form) if problem else request.redirect(address)

    def _attempt(self, change):
        """:return: the sentence that says what is wrong, or None; nothing is half-written"""
        try:
            with request.env.cr.savepoint():
                change()
        except (UserError, AccessError) as error:
            return error.args[0]
        return None

    def _attach_all(self, submission):
        problems = [self._attempt(lambda one=one: submission._portal_attach(*one)) for one in self._uploads()]
        return "\n".join(filter(None, problems)) or None

    def _uploads(self):
        return [(one.filename, one.read()) for one in request.httprequest.files.getlist("files") if one.filename]

    def _answers(self, form):
        """({key: text},) out of the form."""
        return ({name[len(ANSWER) :]: text for name, text in form.items() if name.startswith(ANSWER)},)

    def _call(self, token):
        return request.env["sozial.call"].search([("token", "=", token)], limit=1)

    def _submission(self, token):
        """One's own submission, or nothing: what is not there and what is not theirs look alike."""
        return request.env["sozial.submission"].search([("token", "=", token)], limit=1)

    def _address(self, submission):
        return f"/my/submissions/{submission.token}"

    def _render_start(self, call, problem=None):
        own = [("call_id", "=", call.id), ("partner_id", "=", call._portal_organisation().id)]
        mine = request.env["sozial.submission"].search([*own, ("state", "in", ("draft", "submitted"))])
        return request.render(
            "sozial_management_partner.portal_submission_start",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_submissions",
                "call": call,
                "open": call.sudo()._takes_submissions(call._now()),
                "mine": {one.lot_id.id: one for one in mine.sorted(lambda one: one.state == "draft")},
                "problem": problem,
            },
        )

    def _render(self, submission, problem=None, form=None, late=None):
        """The page of a submission. It is the user's own: the call is shown also where it is no longer open to them."""
        call = submission.sudo().call_id
        answers = submission._answers()
        answers.update({name[len(ANSWER) :]: text for name, text in (form or {}).items() if name.startswith(ANSWER)})
        open_now = call._takes_submissions(call._now())
        evidence = request.env["sozial.evidence"]
        return request.render(
            "sozial_management_partner.portal_submission",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_submissions",
                "submission": submission,
                "call": call,
                "lot": submission.sudo().lot_id,
                "parts": self._parts(submission),
                "answers": answers,
                "members": submission.sudo().joint_ids._values(),
                "own_member": submission.sudo().joint_ids.filtered(lambda one: one.partner_id == call._portal_organisation())[:1].token,
                "typed": form or {},
                "leads": submission.partner_id == call._portal_organisation(),
                "files": submission.content_ids.filtered(lambda row: row.kind == "file"),
                "evidence": evidence.search([], limit=100) if evidence.has_access("read") else evidence,
                "lacking": submission._problems() if submission.state == "draft" else {},
                "open_points": submission._open_points(),
                "own_copy": submission._own_copy(self._key(submission)),
                "open": open_now,
                "problem": problem,
                "late": late,
            },
        )

    def _parts(self, submission):
        """[(name of the part, its questions)]"""
        questions = submission._questions()
        return [(part, [one for one in questions if one.part == part]) for part in ("short", "eligibility", "concept")]
