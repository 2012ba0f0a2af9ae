from odoo import api, models

from ...procedure import matching

CONTEXT = ("sozial_referral_case", "sozial_referral_subject", "sozial_referral_offer")
MOST = 500


class ResPartner(models.Model):
    """Choosing the partner of a referral: the list is sorted by what fits, and says why in a few words."""

    _inherit = "res.partner"

    @api.model
    def web_name_search(self, name, specification, domain=None, operator="ilike", limit=100):
        if CONTEXT[0] not in self.env.context:
            return super().web_name_search(name, specification, domain, operator, limit)
        found = super().web_name_search(name, specification, domain, operator, MOST)
        proposed = self._propose_partners([row["id"] for row in found])
        by_id = {row["id"]: row for row in found}
        for partner, words in proposed:
            row = by_id[partner]
            if words and "display_name" in row:
                row["__formatted_display_name"] = f"{row['display_name']} \t --{words}--"
        return [by_id[partner] for partner, _words in proposed][:limit]

    @api.model
    def _propose_partners(self, ids):
        """[(id, reasons as words)], the best first; by the case, person and offer of the form, read as the user."""
        candidates = self._referral_candidates(self.browse(ids))
        labels = self._reason_labels()
        return [(one.key, ", ".join(labels[why] for why in whys)) for one, whys in matching.rank(candidates, self._referral_wish())]

    @api.model
    def _referral_wish(self):
        """What the form asks for. A case, person or offer that the user may not read counts as empty."""
        found = {}
        for key, model in zip(CONTEXT, ("sozial.case", "res.partner", "sozial.offer"), strict=True):
            number = self.env.context.get(key)
            record = self.env[model].browse([number] if type(number) is int and number > 0 else [])
            found[key] = record._filtered_access("read").sudo(False)
        case, subject, offer = found.values()
        return matching.Wish(
            frozenset((offer.topic_ids or case.topic_ids).ids), case.quarter_id.id or None, frozenset(subject.language_ids.ids)
        )

    @api.model
    def _referral_candidates(self, partners):
        """What these organisations do, with the offers of the agreements that hold, and their free places."""
        companies = self.env.companies.ids
        services = self.env["sozial.agreement.service"].search(
            [("agreement_id.partner_id", "in", partners.ids), ("agreement_id.state", "=", "active"), ("company_id", "in", companies)],
            limit=MOST * 10,
        )
        offers = {partner: group.offer_id for partner, group in services.grouped(lambda one: one.agreement_id.partner_id).items()}
        rows = self.env["sozial.capacity"].search([("partner_id", "in", partners.ids), ("offer_id", "=", False)], limit=MOST * 2)
        lights = {row.partner_id: row.shown for row in rows}
        nothing = self.env["sozial.offer"]
        running = services.agreement_id.filtered(lambda one: one._is_running()).partner_id
        return [
            matching.Candidate(
                partner.id, partner.name or "",
                frozenset((partner.work_field_ids | offers.get(partner, nothing).topic_ids).ids),
                frozenset((partner.work_quarter_ids | offers.get(partner, nothing).quarter_ids).ids),
                frozenset((partner.work_language_ids | offers.get(partner, nothing).language_ids).ids),
                lights.get(partner, "grey"),
                partner in running,
            )
            for partner in partners
        ]  # fmt: skip

    @api.model
    def _reason_labels(self):
        _ = self.env._
        return {
            "field": _("field fits"), "quarter": _("in the quarter"), "elsewhere": _("other quarters"),
            "language": _("speaks the language"), "green": _("free places"), "yellow": _("few places"), "red": _("no places"),
            "unagreed": _("no agreement at present"),
        }  # fmt: skip
