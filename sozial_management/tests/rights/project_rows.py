"""How to make a row of every model of a project; see `rows.py`."""

# the smallest picture there is
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

OF_PROJECTS = {
    "sozial.project": lambda at: {"name": at.number(), "company_id": at.company_id, "quarter_ids": at.first("sozial.quarter").ids},
    "sozial.project.aim": lambda at: {"project_id": at.first("sozial.project").id, "name": at.number()},
    "sozial.project.partner": lambda at: {
        "project_id": at.first("sozial.project").id,
        "partner_id": at.env["res.partner"].sudo().create({"name": at.number(), "is_company": True}).id,
    },
    "sozial.project.activity": lambda at: {"project_id": at.first("sozial.project").id, "name": at.number()},
    "sozial.project.budget": lambda at: {"project_id": at.make("sozial.project").id, "kind": "food", "planned": 5},
    "sozial.project.expense": lambda at: {"project_id": at.first("sozial.project").id, "name": at.number(), "amount": 5},
    "sozial.project.funding": lambda at: {"project_id": at.first("sozial.project").id, "name": at.number(), "promised": 5},
    "sozial.project.picture": lambda at: {"project_id": at.first("sozial.project").id, "name": at.number(), "image": PICTURE},
}
