from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...matching import Person, compare, parts

CANDIDATES, SHOWN = 200, 20


class SozialCase(models.Model):
    """Who else could the client be? Asked with the rights of whoever asks.

    Nothing here reads as superuser: a case one may not read does not show up, neither as a row
    nor as a number, and the answer looks the same whether there is one or not.
    """

    _inherit = "sozial.case"

    def _alike_partners(self):
        """Contacts that may be the client, entered a second time; most alike first.

        :return: contacts, and the case's own client is not among them
        """
        self.ensure_one()
        client = self.client_id
        if not client:
            return client
        wanted = self._as_person(client)
        found = [
            (likeness.score, partner)
            for partner in self._alike_candidates(wanted)
            if (likeness := compare(wanted, self._as_person(partner)))
        ]
        found.sort(key=lambda each: (-each[0], each[1].id))
        return client.browse([partner.id for _score, partner in found[:SHOWN]])

    def _alike_cases(self, partners):
        """Other cases of the client, of those alike, and of the same dwelling, that one may read."""
        self.ensure_one()
        people = partners | self.client_id
        domain = Domain("participant_ids.partner_id", "in", people.ids)
        if self.tenancy_id:
            domain |= Domain("tenancy_id.dwelling_id", "=", self.tenancy_id.dwelling_id.id)
        return self.search(domain & Domain("id", "!=", self._origin.id) & Domain("company_id", "=", self.company_id.id), limit=SHOWN)

    def _as_person(self, partner):
        return Person(partner.name or "", partner.birth_date or None, frozenset(partner.occupancy_ids.tenancy_id.dwelling_id.ids))

    def _alike_candidates(self, wanted):
        """Contacts with a part of a name like one of `wanted`'s, its birthday, or its dwelling.

        By trigrams, so that umlauts, double names and slips of the fingers do not hide somebody.
        """
        partners = self.env["res.partner"].with_context(active_test=False)
        query = partners._search(
            Domain("id", "!=", self.client_id.id)
            & Domain("is_company", "=", False)
            & Domain("company_id", "in", [False, self.company_id.id])
        )
        name = SQL(
            "replace(replace(replace(replace(lower(%s), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss')",
            SQL.identifier(query.table, "name"),
        )
        likeness = SQL(" + ").join(self._word_in(word, name) for word in parts(wanted.name)[:6] or [""])
        reasons = [SQL("(%s) >= 0.5", likeness)]
        if wanted.birth:
            reasons.append(SQL("%s = %s", SQL.identifier(query.table, "birth_date"), wanted.birth))
        if wanted.dwellings:
            living = self.env["sozial.tenancy.occupant"]._search([("tenancy_id.dwelling_id", "in", list(wanted.dwellings))])
            reasons.append(SQL("%s IN %s", SQL.identifier(query.table, "id"), living.subselect("partner_id")))
        query.add_where(SQL("(%s)", SQL(" OR ").join(reasons)))
        query.order = SQL("(%s) DESC, %s", likeness, SQL.identifier(query.table, "id"))
        query.limit = CANDIDATES
        found = partners.browse(query)
        found.fetch(["name", "birth_date"])
        return found

    def _word_in(self, word, name):
        """How well a part of a name stands in another name, from 0 to 1."""
        if self.env.registry.has_trigram:
            return SQL("word_similarity(%s, %s)", word, name)
        return SQL("(%s LIKE %s)::int", name, f"%{word[:4]}%")
