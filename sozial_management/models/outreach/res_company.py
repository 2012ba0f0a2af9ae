from decimal import Decimal

from odoo import fields, models

from ...statute.worthwhile import DEFAULT, Thresholds


class ResCompany(models.Model):
    """From where on a campaign counts a tenancy as worth a check: a rule of thumb of the company, no law."""

    _inherit = "res.company"

    sozial_campaign_share = fields.Integer(
        "Rent from … % of the ceiling", default=int(DEFAULT.burden * 100),
        help="Your own choice, no law: from this share of the highest rent that Wohngeld takes into account (§ 12 WoGG) a check is counted "
        "as worthwhile. 85: a rent near the ceiling burdens most households. Lower counts more tenancies, higher fewer. "
        "All are invited anyway.",
    )
    sozial_campaign_share_few = fields.Integer(
        "The same for pensioners and large households", default=int(DEFAULT.burden_of_few_means * 100),
        help="Your own choice, no law. 60: pensioners and large families often live on little and do not know of their right, so a "
        "moderate rent is enough.",
    )
    sozial_campaign_age = fields.Integer(
        "Pensioners from the age of", default=DEFAULT.aged,
        help="Your own choice, no law. If all persons whose age is known are at least as old, the household counts as one of pensioners.",
    )
    sozial_campaign_household = fields.Integer(
        "Large households from … persons", default=DEFAULT.large, help="Your own choice, no law. 4: a couple with two children.",
    )

    _sozial_campaign = models.Constraint(
        "CHECK (sozial_campaign_share BETWEEN 1 AND 200 AND sozial_campaign_share_few BETWEEN 1 AND 200 "
        "AND sozial_campaign_age BETWEEN 18 AND 120 AND sozial_campaign_household BETWEEN 1 AND 20)",
        "Benefit campaigns: shares from 1 to 200 %, an age from 18 to 120, households from 1 to 20 persons.",
    )

    def _benefit_thresholds(self):
        """What the company has chosen, as the rule of thumb takes it."""
        self.ensure_one()
        return Thresholds(
            Decimal(self.sozial_campaign_share) / 100, Decimal(self.sozial_campaign_share_few) / 100,
            self.sozial_campaign_age, self.sozial_campaign_household,
        )  # fmt: skip
