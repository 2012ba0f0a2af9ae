from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext, is_html_empty

# The parts of the address behind "?" are German: tenants read them on leaflets.
FILTERS = {
    "thema": "topic_ids",
    "zielgruppe": "target_group_ids",
    "quartier": "quarter_ids",
    "sprache": "language_ids",
    "anbieter": "provider_id",
}
OWN_PROVIDER = "wir"
MAX_OFFERS = 500
MAX_SEARCH = 100


class SozialCatalogue(models.AbstractModel):
    """The public side of the offers: what may be seen, filtered, and told.

    Visitors have no right on any model. Every record that leaves this class was found by
    :meth:`_visible`, and every value by the list of names in :meth:`_public_values`.
    """

    _name = "sozial.catalogue"
    _description = "Public Catalogue of Offers"

    # -- what may be seen ------------------------------------------------------------------

    @api.model
    def _visible(self, company):
        """The company's offers the public may see now, with superuser rights for reading."""
        offers = self.env["sozial.offer"].sudo().with_company(company)
        domain = offers._visible_domain() & Domain("company_id", "=", company.id)
        return offers.search(domain, limit=MAX_OFFERS)

    @api.model
    def _publishes(self, company):
        offers = self.env["sozial.offer"].sudo().with_company(company)
        return bool(offers.search_count(offers._visible_domain() & Domain("company_id", "=", company.id), limit=1))

    # -- addresses ---------------------------------------------------------------------------

    @api.model
    def _base_url(self, company):
        """Where the company's catalogue lives when it is not the site's own company."""
        return f"/sozial/{self.env['ir.http']._slug((company.id, company.name))}/angebote"

    @api.model
    def _offer_url(self, offer, base=None):
        slug = self.env["ir.http"]._slug((offer.id, offer.name))
        return f"{base or self._base_url(offer.company_id)}/{slug}"

    @api.model
    def _image_url(self, offer, base):
        # bin_size: whether there is a picture, without reading it
        has_image = offer.with_context(bin_size=True).image_512
        return f"{self._offer_url(offer, base)}/bild" if has_image else None

    # -- filters -------------------------------------------------------------------------------

    @api.model
    def _options(self, offers):
        """Per filter the choices that lead to at least one offer: ``{name: [(value, label)]}``."""
        slug = self.env["ir.http"]._slug
        options = {}
        for name, field in FILTERS.items():
            # a contact's display name is for colleagues; visitors get the plain name
            options[name] = [(slug((record.id, record.name)), record.name) for record in offers[field].sorted()]
        if options["anbieter"] and any(not offer.provider_id for offer in offers):
            own = offers[:1].company_id.name
            options["anbieter"].insert(0, (OWN_PROVIDER, own))
        return options

    @api.model
    def _filtered(self, offers, params):
        """The offers that match the address, and whether a filter was not understood.

        :param params: what stands behind "?"; unknown names are none of our business
        :return: ``(offers, chosen, dropped)``; ``chosen`` maps the filters in use to their values
        """
        chosen, dropped = {}, False
        options = self._options(offers)
        for name, field in FILTERS.items():
            value = params.get(name)
            if not value:
                continue
            record_id = self._unslug_id(value)
            known = next((key for key, label in options[name] if key == value or (
                record_id and self._unslug_id(key) == record_id)), None)
            if known is None:
                dropped = True
                continue
            chosen[name] = known
            offers = offers.browse([offer.id for offer in offers if self._passes(offer, field, known, record_id)])
        words = (params.get("suche") or "")[:MAX_SEARCH].casefold().split()
        if words:
            chosen["suche"] = " ".join((params["suche"])[:MAX_SEARCH].split())
            offers = offers.filtered(lambda offer: all(word in self._haystack(offer) for word in words))
        return offers, chosen, dropped

    @api.model
    def _unslug_id(self, value):
        return self.env["ir.http"]._unslug(value)[1]

    @api.model
    def _passes(self, offer, field, value, record_id):
        if value == OWN_PROVIDER:
            return not offer.provider_id
        # no quarter on the offer: it is open to every quarter
        return record_id in offer[field].ids or (field == "quarter_ids" and not offer.quarter_ids)

    @api.model
    def _haystack(self, offer):
        """Everything of an offer a visitor may search in, in lower case."""
        parts = [
            offer.name, offer.summary, offer.place, offer.contact_name, offer.provider_id.name,
            offer.category_id.name, html2plaintext(offer.description or ""),
            *offer.topic_ids.mapped("name"), *offer.target_group_ids.mapped("name"),
        ]
        return "\n".join(part for part in parts if part).casefold()

    # -- what is told --------------------------------------------------------------------------

    @api.model
    def _public_values(self, offer, base):
        """One offer as the public reads it. Nothing else of it ever leaves."""
        return {
            "id": offer.id,
            "name": offer.name,
            "url": self._offer_url(offer, base),
            "image_url": self._image_url(offer, base),
            "heading": offer.category_id.name,
            "summary": offer.summary or None,
            "description": None if is_html_empty(offer.description) else offer.description,
            "topics": offer.topic_ids.mapped("name"),
            "target_groups": offer.target_group_ids.mapped("name"),
            "quarters": offer.quarter_ids.mapped("name"),
            "languages": offer.language_ids.mapped("name"),
            "place": offer.place or None,
            "hours": [hour._as_text() for hour in offer.hour_ids],
            "hours_note": offer.hours_note or None,
            "contact_name": offer.contact_name or None,
            "contact_phone": offer.contact_phone or None,
            "contact_email": offer.contact_email or None,
            "provider": offer.provider_id.name or offer.company_id.name,
            "cost": offer.cost or None,
            "accessibility": offer.accessibility or None,
            "valid_until": offer.valid_until or None,
            "callback": offer.allow_callback,
        }

    @api.model
    def _grouped(self, offers, base):
        """Headings in their order, each with its offers: what page, fragment and booklet show."""
        return [
            {
                "name": category.name,
                "description": category.description or None,
                "anchor": f"heading-{category.id}",
                "offers": [self._public_values(offer, base) for offer in group],
            }
            for category, group in offers.grouped("category_id").items()
        ]
