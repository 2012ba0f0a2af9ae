from odoo import api, fields, models

from ..case.case import CLOSE_REASONS
from .measure import AVERAGE, SHARE, SUM, Measure

AGE_GROUPS = [
    ("0-17", "Under 18"),
    ("18-26", "18 to 26"),
    ("27-44", "27 to 44"),
    ("45-64", "45 to 64"),
    ("65-79", "65 to 79"),
    ("80", "80 and older"),
]
OF_CASE = ("period", "quarter_id", "topic_id", "type_id", "age_group")


class SozialCaseFact(models.Model):
    """What happened, for figures: in which month, which quarter, topic, age group.

    Knows neither case nor person nor who worked on it. Rows carry no user and no time of
    entry, are written some days after the end of their month, many at once and shuffled, so
    that neither their order nor their number leads back (see `sozial.case.fact._count`). They are
    never changed or deleted: figures stay when a case is anonymised. Nobody has access to
    them; what leaves goes through `sozial.figure.release`.
    """

    _name = "sozial.case.fact"
    _description = "Fact for figures"
    _inherit = "sozial.figure.source"
    _log_access = False
    _rec_name = "kind"
    _order = "id"
    _check_company_auto = True
    _figure_person = "contributor"

    company_id = fields.Many2one("res.company", "Company", required=True, index=True)
    kind = fields.Selection(
        [
            ("opened", "Case opened"),
            ("first_contact", "First contact"),
            ("contact", "Contact"),
            ("closed", "Case closed"),
            ("declined", "Case declined"),
        ],
        required=True,
    )
    month = fields.Date(required=True, help="The first day of the month in which it happened.")
    contributor = fields.Char(
        "Person behind it",
        required=True,
        help="Drawn by lot, new every year: tells that two facts of a year concern the same person, not whom.",
    )
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", ondelete="restrict", check_company=True)
    topic_id = fields.Many2one("sozial.topic", "Topic", ondelete="restrict")
    type_id = fields.Many2one("sozial.case.type", "Kind of case", ondelete="restrict")
    age_group = fields.Selection(AGE_GROUPS, "Age")
    medium = fields.Selection(selection=lambda self: self._same_as("sozial.contact", "medium"), string="How")
    reached = fields.Selection([("yes", "Reached"), ("no", "Not reached")])
    outcome = fields.Selection(selection=lambda self: self._same_as("sozial.case", "outcome"))
    reason = fields.Selection(CLOSE_REASONS, "Reason for closing")
    minutes = fields.Integer()
    days = fields.Integer(help="Days from the opening of the case to the first contact.")

    _month_is_a_month = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)", "Month: a fact names the month only, by its first day."
    )
    _amounts_plausible = models.Constraint(
        "CHECK (COALESCE(minutes, 0) >= 0 AND COALESCE(days, 0) >= 0)", "Minutes and days are never negative."
    )
    _figures = models.Index("(company_id, kind, month)")

    @api.model
    def _same_as(self, model, name):
        """The choices of another model's field, in the language of the reader."""
        return self.env[model]._fields[name]._description_selection(self.env)

    @api.model
    def _figure_measures(self):
        def about(kind):
            return {"about": kind, "domain": (("kind", "=", kind),)}

        by_contact = (*OF_CASE, "medium", "reached")
        part = ("reached", "yes")
        return {
            "opened": Measure(self.env._("Cases opened"), dimensions=OF_CASE, **about("opened")),
            "closed": Measure(self.env._("Cases closed"), dimensions=(*OF_CASE, "outcome", "reason"), **about("closed")),
            "declined": Measure(self.env._("Cases declined"), dimensions=(*OF_CASE, "reason"), **about("declined")),
            "contacts": Measure(self.env._("Contacts"), dimensions=by_contact, **about("contact")),
            "minutes": Measure(
                self.env._("Minutes of contact"), dimensions=by_contact, shows=SUM, amount="minutes", **about("contact")
            ),
            "reached": Measure(
                self.env._("Contacts with somebody reached (share)"),
                dimensions=(*OF_CASE, "medium"),
                shows=SHARE,
                part=part,
                **about("contact"),
            ),
            "days": Measure(
                self.env._("Days to the first contact (average)"),
                dimensions=OF_CASE,
                shows=AVERAGE,
                amount="days",
                **about("first_contact"),
            ),
        }
