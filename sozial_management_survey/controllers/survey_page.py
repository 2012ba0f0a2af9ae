from odoo import http
from odoo.http import request

from odoo.addons.sozial_management.controllers.catalogue import SozialPage

BASE = "/sozial/umfrage"


class SozialSurveyPage(SozialPage):
    """A survey is answered on one page: by whoever holds a code, or from paper by the department.

    A code never stands in an address that is sent to the server: logs keep addresses, with time and sender.
    """

    @http.route(BASE, type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False)
    def survey_code(self, **_params):
        """Where the code is typed; a scanned one follows behind # and is taken over by the page itself."""
        self._set_lang(self._company())
        return self._survey_private(request.render("sozial_management_survey.page_code", {"url": BASE}))

    @http.route(BASE, type="http", auth="public", methods=["POST"], website=True, multilang=False, sitemap=False)
    def survey_submit(self, code="", answers=None, **_post):
        """Show the questions of a code; keep the answers, once they are sent with it."""
        ticket = request.env["sozial.survey.ticket"]._find(code)
        self._set_lang((ticket.outreach_id.company_id or request.env.company).sudo())
        if not ticket:
            return self._survey_message("gone")
        outreach = ticket.outreach_id
        if not answers:
            return self._survey_page(outreach, BASE, {}, [], code=code)
        form = self._survey_inputs()
        rows, wrong = outreach._survey_read(form)
        if wrong or not rows:
            return self._survey_page(outreach, BASE, form, wrong or [outreach._survey_nothing()], code=code)
        return self._survey_message("thanks" if ticket._answer(rows) else "gone")

    @http.route(f"{BASE}/papier/<int:outreach_id>", type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def survey_paper(self, outreach_id, entered=None, **_params):
        """An empty sheet to type into."""
        outreach = self._survey_for_paper(outreach_id)
        return self._survey_page(outreach, f"{BASE}/papier/{outreach.id}", {}, [], paper=True, entered=self._survey_number(entered))

    @http.route(f"{BASE}/papier/<int:outreach_id>", type="http", auth="user", methods=["POST"], website=True, sitemap=False)
    def survey_paper_submit(self, outreach_id, code="", uncoded=None, entered=None, **_post):
        """Keep a sheet and open the next one; the code goes nowhere but into the look-up."""
        outreach = self._survey_for_paper(outreach_id)
        form, url, entered = self._survey_inputs(), f"{BASE}/papier/{outreach.id}", self._survey_number(entered)
        wrong, focus = outreach._keep_sheet(form, code, bool(uncoded))
        if wrong:
            more = {"uncoded": bool(uncoded), "focus": focus}
            return self._survey_page(outreach, url, form, wrong, code=code, paper=True, entered=entered, **more)
        return request.redirect(f"{url}?entered={entered + 1}")

    def _survey_for_paper(self, outreach_id):
        """:raise NotFound: the same for foreign and missing ones, and for those who enter no answers"""
        if not request.env.user.has_group("sozial_management.group_sozial_worker"):
            raise request.not_found()
        outreach = request.env["sozial.outreach"].search([("id", "=", outreach_id)], limit=1)
        if not outreach:
            raise request.not_found()
        outreach._require_paper()
        return outreach

    def _survey_number(self, text):
        """How many sheets were kept since the page was opened: shown to the one who types, kept nowhere."""
        return int(text) if text and text.isdecimal() and len(text) < 6 else 0

    def _survey_inputs(self):
        return {name: values for name, values in request.httprequest.form.lists() if name.startswith("q")}

    def _survey_page(self, outreach, url, form, wrong, code=None, paper=False, entered=0, uncoded=False, focus="code"):
        outreach = outreach.with_context(request.env.context)
        questions = outreach._survey_questions().with_context(request.env.context)
        values = {
            "outreach": outreach.sudo(), "questions": questions, "options": {one.id: outreach._survey_options(one) for one in questions},
            "url": url, "form": form, "wrong": wrong, "code": code, "paper": paper, "entered": entered,
            "uncoded": uncoded, "focus": focus, "res_company": outreach.sudo().company_id,
        }  # fmt: skip
        return self._survey_private(request.render("sozial_management_survey.page_form", values))

    def _survey_message(self, what):
        return self._survey_private(request.render("sozial_management_survey.page_message", {"what": what, "url": BASE}))

    def _survey_private(self, response):
        """A page with a code goes nowhere else and is kept nowhere."""
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response
