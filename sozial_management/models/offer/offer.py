from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ... import matching


class SozialOffer(models.Model):
    """One offer of the catalogue: for whom, where, when, with whom, by whom.

    Everything on it is meant to be read by tenants once it is published; it never holds a
    private telephone number or anything about a client. Social workers keep the texts up to
    date at any time; publishing and withdrawing is the head's or the configuration's decision.
    """

    _name = "sozial.offer"
    _description = "Offer"
    _inherit = ["mail.thread", "image.mixin"]
    _order = "category_sequence, category_id, sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, index="trigram")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company,
    )
    category_id = fields.Many2one(
        "sozial.offer.category", "Heading", required=True, index=True, ondelete="restrict",
        # all headings always: a board without columns would not say why it is empty
        group_expand="_read_group_expand_full",
        help="Under which of the headings the offer stands in catalogue, booklet and public page.",
    )
    category_sequence = fields.Integer("Heading Order", related="category_id.sequence", store=True)
    topic_ids = fields.Many2many(
        "sozial.topic", string="Topics",
        help="Life situations in which this offer helps. They decide where it is proposed.",
    )
    target_group_ids = fields.Many2many(
        "sozial.target.group", string="For Whom", help="Leave empty when the offer is for everybody.",
    )
    quarter_ids = fields.Many2many(
        "sozial.quarter", string="Quarters", check_company=True,
        help="Where the offer is held. Leave empty when tenants of every quarter may use it.",
    )
    language_ids = fields.Many2many(
        "sozial.language", string="Languages",
        help="Languages spoken there besides German. Leave empty for German only.",
    )

    summary = fields.Char(
        "Short Text", translate=True,
        help="One or two plain sentences: what the tenant gets. Shown in lists and on the phone.",
    )
    description = fields.Html(translate=True, sanitize=True, sanitize_attributes=True)
    place = fields.Char(
        translate=True,
        help="Where to go, as a visitor reads it: name of the place, street, number.",
    )
    cost = fields.Char(translate=True, help="Leave empty when the offer is free of charge.")
    accessibility = fields.Char(
        translate=True, help="For example “step-free entrance, accessible toilet, lift”.",
    )
    hour_ids = fields.One2many("sozial.offer.hour", "offer_id", "Consultation Hours", copy=True)
    hours_note = fields.Char(
        "Remark on the Hours", translate=True,
        help="For example “and by appointment” or “closed in the school holidays”.",
    )
    hours_text = fields.Char("Hours", compute="_compute_hours_text")

    provider_id = fields.Many2one(
        "res.partner", "Provider", index="btree_not_null", check_company=True,
        domain="[('is_company', '=', True)]",
        help="The partner organisation that runs the offer. Empty: our own company runs it.",
    )
    contact_user_id = fields.Many2one(
        "res.users", "Responsible Colleague", index="btree_not_null", check_company=True,
        domain="[('share', '=', False)]",
        help="Who answers for the offer in our own house. The name below is what the public sees.",
    )
    contact_name = fields.Char(
        "Contact Person", compute="_compute_contact_name", store=True, readonly=False, precompute=True,
        help="As tenants read it. Filled from the responsible colleague, may be changed.",
    )
    contact_phone = fields.Char(
        "Public Phone", help="Printed in the booklet and on the public page. Never a private number.",
    )
    contact_email = fields.Char(
        "Public E-mail", help="Printed in the booklet and on the public page. Never a private address.",
    )
    allow_callback = fields.Boolean(
        "Call-back Requests", default=True,
        help="Show “Please call me back” on the public page. Requests land in the team's inbox.",
    )

    valid_from = fields.Date(help="Before this day the public does not see the offer. Empty: from now on.")
    valid_until = fields.Date(help="After this day the public no longer sees the offer. Empty: until withdrawn.")
    is_published = fields.Boolean(
        "Published", copy=False, index=True, tracking=True,
        help="Published offers stand on the public page and in the booklet.",
    )
    is_visible = fields.Boolean(
        "Visible to the Public", compute="_compute_is_visible", search="_search_is_visible",
        help="Published, not archived and within its dates.",
    )

    _dates_in_order = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until)",
        "“Valid from” must not be after “Valid until”.",
    )
    _public_idx = models.Index("(company_id, is_published) WHERE active IS TRUE")

    def _creation_message(self):
        """Whole, in the reader's language: Odoo's own puts in the model's name, which demo data loads before its translation."""
        return self.env._("The offer was entered.")

    @api.depends("contact_user_id")
    def _compute_contact_name(self):
        for offer in self:
            if offer.contact_user_id:
                offer.contact_name = offer.contact_user_id.name

    @api.depends("hour_ids.weekday", "hour_ids.hour_from", "hour_ids.hour_to", "hour_ids.note", "hours_note")
    @api.depends_context("lang")
    def _compute_hours_text(self):
        for offer in self:
            parts = [hour._as_text() for hour in offer.hour_ids.sorted(lambda h: (h.weekday or "", h.hour_from))]
            offer.hours_text = ", ".join(parts + ([offer.hours_note] if offer.hours_note else [])) or False

    @api.depends("active", "is_published", "valid_from", "valid_until")
    def _compute_is_visible(self):
        today = self._public_today()
        for offer in self:
            offer.is_visible = (
                offer.active and offer.is_published
                and (not offer.valid_from or offer.valid_from <= today)
                and (not offer.valid_until or offer.valid_until >= today)
            )

    def _search_is_visible(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._visible_domain()

    @api.model
    def _public_today(self):
        """Today for people in the company's town; a public visitor carries no time zone."""
        tz = self.env.company.partner_id.tz or self.env.user.tz or "Europe/Berlin"
        return fields.Date.context_today(self.with_context(tz=tz))

    @api.model
    def _visible_domain(self):
        """What the public may see. The one place that says so."""
        today = self._public_today()
        return (
            Domain("is_published", "=", True)
            & Domain("active", "=", True)
            & (Domain("valid_from", "=", False) | Domain("valid_from", "<=", today))
            & (Domain("valid_until", "=", False) | Domain("valid_until", ">=", today))
        )

    @api.constrains("valid_from", "valid_until")
    def _check_dates(self):
        for offer in self:
            if offer.valid_from and offer.valid_until and offer.valid_from > offer.valid_until:
                raise ValidationError(self.env._(
                    "Offer “%(name)s”: “Valid from” (%(start)s) must not be after “Valid until” (%(end)s).",
                    name=offer.name, start=offer.valid_from, end=offer.valid_until,
                ))

    @api.constrains("is_published", "summary", "description", "topic_ids", "contact_phone", "contact_email")
    def _check_published_is_useful(self):
        """A tenant who reads an offer must learn what it is and whom to ask."""
        for offer in self.filtered("is_published"):
            if not offer.summary and is_html_empty(offer.description):
                raise ValidationError(self.env._(
                    "Offer “%s” cannot be published yet: fill in “Short Text”, so that tenants learn what"
                    " they get.", offer.name,
                ))
            if not offer.topic_ids:
                raise ValidationError(self.env._(
                    "Offer “%s” cannot be published yet: fill in “Topics”, so that it is found and proposed.",
                    offer.name,
                ))
            if not (offer.contact_phone or offer.contact_email or offer.allow_callback):
                raise ValidationError(self.env._(
                    "Offer “%s” cannot be published yet: fill in “Public Phone” or “Public E-mail”, or allow"
                    " call-back requests, so that tenants can ask for it.", offer.name,
                ))

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("is_published") for vals in vals_list):
            self._check_may_publish()
        return super().create(vals_list)

    def write(self, vals):
        if "is_published" in vals and any(offer.is_published != bool(vals["is_published"]) for offer in self):
            self._check_may_publish()
        return super().write(vals)

    @api.model
    def _check_may_publish(self):
        """Publishing speaks for the company, so it is not every editor's right.

        :raise AccessError: for users who are neither head nor configuration
        """
        allowed = ("sozial_management.group_sozial_lead", "sozial_management.group_sozial_config")
        if not self.env.su and not any(self.env.user.has_group(group) for group in allowed):
            raise AccessError(self.env._(
                "Only the head of social management or the configuration role publishes or withdraws offers."
                " Save the offer unpublished and ask one of them.",
            ))

    def action_publish(self):
        self.write({"is_published": True})

    def action_withdraw(self):
        self.write({"is_published": False})

    @api.model
    def _fitting(self, topics=None, target_groups=None, quarter=None, languages=None, limit=20):
        """The offers for a situation, best first, each with its reasons.

        The rule stands in ``matching.fitting``. Only what the public may see now is proposed.

        :param topics, target_groups, languages: recordsets, may be empty or None
        :param quarter: one ``sozial.quarter`` or None
        :return: list of ``(offer, score, reasons)``; reasons is a list of short texts
        """
        situation = matching.Situation(
            frozenset(topics.ids if topics else ()),
            frozenset(target_groups.ids if target_groups else ()),
            frozenset(languages.ids if languages else ()),
            quarter.id if quarter else None,
        )
        offers = self.search(self._visible_domain() & Domain("company_id", "=", self.env.company.id))
        fits = matching.rank((offer._as_offering() for offer in offers), situation, limit)
        return [(offer, fit.score, offer._reasons(fit)) for fit in fits for offer in offers.browse(fit.key)]

    def _as_offering(self):
        self.ensure_one()
        return matching.Offering(
            self.id,
            frozenset(self.topic_ids.ids),
            frozenset(self.target_group_ids.ids),
            frozenset(self.language_ids.ids),
            frozenset(self.quarter_ids.ids),
        )

    def _reasons(self, fit):
        """Why this offer is proposed, in the language of the context."""
        self.ensure_one()
        _ = self.env._
        reasons = []
        if fit.topics:
            names = self.topic_ids.filtered(lambda topic: topic.id in fit.topics).mapped("name")
            reasons.append(_("helps with: %s", ", ".join(names)))
        if fit.target_groups:
            names = self.target_group_ids.filtered(lambda group: group.id in fit.target_groups).mapped("name")
            reasons.append(_("made for: %s", ", ".join(names)))
        if fit.languages:
            names = self.language_ids.filtered(lambda language: language.id in fit.languages).mapped("name")
            reasons.append(_("speaks: %s", ", ".join(names)))
        if fit.quarter:
            reasons.append(_("in the own quarter"))
        return reasons or [_("open to everybody")]

    @api.model
    def action_fitting_offers(self, topics=None, target_groups=None, quarter=None, languages=None):
        """Open the dialog “offers that fit”, filled with a situation; nothing is stored by it.

        Cases, tenancies and contacts call it with what they know; everything may be left out.
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Offers that fit"),
            "res_model": "sozial.offer.finder",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_topic_ids": topics.ids if topics else [],
                "default_target_group_ids": target_groups.ids if target_groups else [],
                "default_quarter_id": quarter.id if quarter else False,
                "default_language_ids": languages.ids if languages else [],
            },
        }

    @api.model
    def action_print_booklet(self):
        """The booklet of the current company's published offers as PDF."""
        report = self.env.ref("sozial_management.report_offer_booklet")
        return report.report_action(self.env.company.ids, config=False)

    def action_open_public_page(self):
        """The page tenants see, in a new tab."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.env["sozial.catalogue"]._offer_url(self), "target": "new"}
