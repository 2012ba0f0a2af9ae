from odoo import models
from odoo.tools import html2plaintext

from ...procedure import ocds

STATUS = {"concluded": "complete", "cancelled": "cancelled"}


class SozialCall(models.Model):
    """A call as open data: release and package of the Open Contracting Data Standard 1.1."""

    _inherit = "sozial.call"

    def _ocds_package(self, uri):
        """The package with the release of what is public of this call now, as plain JSON."""
        self.ensure_one()
        call = self.sudo()
        released = call._aware(call.current_version_id.published_at)
        return ocds.package([ocds.release(call._ocds_call(released))], uri, call.company_id.name, released)

    def _ocds_call(self, released):
        """Facts of the release. What is sealed is not among them; results join by `_ocds_results`."""
        content = self.current_version_id.content
        text = {one["key"]: html2plaintext(one["text"]).strip() for one in content["sections"]}
        company = self.company_id
        return ocds.Call(
            number=self.number,
            title=content["name"],
            buyer=ocds.Party(
                "buyer", company.name, street=company.street or "", zip=company.zip or "", city=company.city or "",
                country=company.country_id.name or "", email=content["contact"]["email"], phone=content["contact"]["phone"],
                url=company.website or "",
            ),
            released_at=released,
            status=STATUS.get(self.state, "active"),
            description=content["summary"],
            rationale=text.get("2", ""),
            access=ocds.OPEN if content["access"] == "open" else ocds.INVITED,
            procedure=dict(self._fields["procedure"]._description_selection(self.env))[content["procedure"]],
            legal_basis=text.get("6", ""),
            eligibility=text.get("8", ""),
            criteria=text.get("10", ""),
            submission=text.get("11", ""),
            starts_at=self._aware(self.published_at),
            questions_until=self._aware(self.questions_until) or None,
            deadline=self._aware(self.deadline),
            questions=len(self.question_ids.filtered(lambda question: question.state == "answered")),
            lots=[
                ocds.Lot(lot["key"], lot["name"], lot["description"], status=STATUS.get(self.state, "active")) for lot in content["lots"]
            ],
            documents=[
                ocds.Document("notice", "Bekanntmachung", f"{self._public_url()}/bekanntmachung.pdf", published=released),
            ],
            amendments=[
                ocds.Amendment(str(version.number), self._aware(version.published_at), version.reason or "")
                for version in self.version_ids.sorted("number")
                if version.number > 1
            ],
            **self._ocds_results(),
        )  # fmt: skip

    def _ocds_results(self):
        """Bidders and awards, for those who know them: empty until they are published."""
        return {}
