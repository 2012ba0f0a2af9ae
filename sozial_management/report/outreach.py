from odoo import api, fields, models


class OutreachPrint(models.AbstractModel):
    """Invitations of a batch of dwellings, for those who may read the outreach."""

    _name = "report.sozial_management.outreach_form"
    _description = "Printed invitations"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without the right to read the outreach"""
        outreach = self.env["sozial.outreach"].browse(docids)
        outreach.check_access("read")
        wanted = [("id", "in", (data or {}).get("visits", [])), ("outreach_id", "in", docids)]
        visits = self.env["sozial.outreach.visit"].search(wanted, limit=None)
        running = [("dwelling_id", "in", visits.dwelling_id.ids), ("state", "=", "running")]
        tenancies = self.env["sozial.tenancy"].search(running, limit=None)
        tenant = {tenancy.dwelling_id: tenancy.partner_id for tenancy in tenancies}
        letters = [visit.outreach_id._letter(visit, tenant[visit.dwelling_id]) for visit in visits if visit.dwelling_id in tenant]
        return {"letters": letters, "company": outreach.company_id, "day": fields.Date.context_today(outreach)}
