from odoo import api, fields, models


class BenefitLetterPrint(models.AbstractModel):
    """Values of the informal application. It goes to an authority, so it is German wherever German is installed."""

    _name = "report.sozial_management.benefit_letter"
    _description = "Printed informal application"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        applications = self.env["sozial.benefit.application"].browse(docids)
        applications.check_access("read")
        lang = self.env["res.lang"]._get_data(code="de_DE").code or self.env.lang
        docs = applications.with_context(lang=lang)
        return {"docs": docs, "lang": lang, "letters": {one.id: self._letter(one) for one in docs}}

    @api.model
    def _letter(self, application):
        client, tenancy = application.client_id, application.case_id.tenancy_id
        building = tenancy.building_id
        street = building and f"{building.street} {building.house_number or ''}".strip() or client.street or ""
        place = " ".join(filter(None, (building.zip or client.zip, building.city or client.city)))
        benefit = application.benefit_id.with_company(application.company_id)
        return {
            "sender": [line for line in (client.name, street, place) if line],
            "office": benefit.office_address or benefit.office or benefit.name,
            "city": building.city or client.city or "",
            "day": application.informal_on or fields.Date.context_today(application),
        }
