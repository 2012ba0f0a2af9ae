from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

MAX_CALLS = 200


class SozialCallBoard(models.AbstractModel):
    """The public side of calls: what may be seen and told.

    Visitors have no right on any model. Every record that leaves this class was found by
    :meth:`_visible` or :meth:`_by_token`, and every value by the list of names in
    :meth:`_public_values`, from the frozen version that is in force.
    """

    _name = "sozial.call.board"
    _description = "Public board of calls"

    @api.model
    def _visible(self, company):
        """The company's calls that are open to everybody and published, newest deadline first (superuser records)."""
        return self.env["sozial.call"].sudo().with_company(company).search(self._domain(company), limit=MAX_CALLS)

    @api.model
    def _domain(self, company):
        published = Domain("published_at", "!=", False) & Domain("active", "=", True) & Domain("current_version_id", "!=", False)
        return published & Domain("access", "=", "open") & Domain("company_id", "=", company.id)

    @api.model
    def _by_token(self, token):
        """The published call behind an address; calls for invited only for those who may read them.

        :return: superuser record, empty for everything else
        """
        calls = self.env["sozial.call"].sudo()
        call = calls.search([("token", "=", token), ("published_at", "!=", False), ("active", "=", True)], limit=1) if token else calls
        if call and call.access != "open":
            own = call.sudo(False)
            if not own.has_access("read"):
                return calls
        return call

    @api.model
    def _base_url(self, company):
        """Where the company's calls are listed when it is not the site's own company."""
        return f"/sozial/{self.env['ir.http']._slug((company.id, company.name))}/aufrufe"

    @api.model
    def _summary_values(self, call, root=""):
        """One call as it stands in lists, feeds and on the board. Nothing else of it leaves with them."""
        content = call.current_version_id.content
        phases = dict(call._fields["phase"]._description_selection(self.env))
        return {
            "number": call.number,
            "name": content["name"],
            "summary": content["summary"],
            "url": root + call._public_path(),
            "company": call.company_id.name,
            "phase": call.phase,
            "phase_name": phases[call.phase],
            "is_open": call.phase in ("questions", "submission"),
            "published_at": call._aware(call.published_at).isoformat(),
            "updated_at": call._aware(call.current_version_id.published_at).isoformat(),
            "deadline": call._aware(call.deadline).isoformat(),
            "deadline_text": call.deadline_text,
            "questions_until": call._aware(call.questions_until).isoformat() if call.questions_until else None,
            "questions_text": call.questions_text or None,
            "version": call.current_version_id.number,
            "lots": [
                {"name": lot["name"], "quarter": lot["quarter"], "description": lot["description"], "capacity": lot["capacity"]}
                for lot in content["lots"]
            ],
        }

    @api.model
    def _public_values(self, call, root=""):
        """One call as everybody may read it: what is in force, how it changed, questions and answers."""
        content = call.current_version_id.content
        answered = call.question_ids.filtered(lambda question: question.state == "answered").sorted("number")
        return {
            **self._summary_values(call, root),
            "sections": [{"number": int(one["key"]), "name": one["name"], "text": Markup(one["text"])} for one in content["sections"]],
            "contact": content["contact"],
            "notice_url": self._notice_url(call, root),
            "versions": [
                {
                    "number": version.number,
                    "published_text": call._local_text(version.published_at),
                    "reason": version.reason or None,
                    "is_material": version.is_material,
                    "sha256": version.sha256,
                    "changes": version.difference or [],
                }
                for version in call.version_ids.sorted("number", reverse=True)
            ],
            "questions": [
                {"number": one.number, "text": one.text, "answer": one.answer, "answered_text": call._local_text(one.answered_at)}
                for one in answered
            ],
            "annexes": [{"name": annex.name, "url": f"{root}{call._public_path()}/anlage/{annex.id}"} for annex in call.annex_ids],
        }

    @api.model
    def _notice_url(self, call, root):
        """Where the printed notice lies; None as long as it could not be printed."""
        printed = call.current_version_id.with_context(bin_size=True).notice
        return f"{root}{call._public_path()}/bekanntmachung.pdf" if printed else None


class SozialCatalogue(models.AbstractModel):
    _inherit = "sozial.catalogue"

    @api.model
    def _publishes(self, company):
        """A company with a public call has public pages too."""
        calls = self.env["sozial.call"].sudo()
        return super()._publishes(company) or bool(calls.search_count(self.env["sozial.call.board"]._domain(company), limit=1))
