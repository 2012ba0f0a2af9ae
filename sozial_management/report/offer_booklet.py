from odoo import api, models
from odoo.fields import Domain


class OfferBooklet(models.AbstractModel):
    """Values of the booklet: what the company has published, under the headings."""

    _name = "report.sozial_management.offer_booklet"
    _description = "Booklet of Offers"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for users who may not read offers or this company"""
        companies = self.env["res.company"].browse(docids)
        companies.check_access("read")
        offers = self.env["sozial.offer"]
        return {
            "docs": [{"company": company, "headings": self._headings(company)} for company in companies],
            "today": offers._public_today(),
        }

    def _headings(self, company):
        offers = self.env["sozial.offer"].with_company(company)
        visible = offers.search(offers._visible_domain() & Domain("company_id", "=", company.id))
        catalogue = self.env["sozial.catalogue"]
        return catalogue._grouped(visible, catalogue._base_url(company))
