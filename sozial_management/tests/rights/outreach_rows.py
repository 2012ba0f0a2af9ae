"""How to make a row of every model of an outreach; see `rows.py`."""


def _ageing_visit(at):
    """A dwelling of visits that run, where somebody lives."""
    outreach = at.make("sozial.outreach", kind="ageing")
    outreach._write_guarded({"state": "running"})
    return at.make("sozial.outreach.visit", outreach_id=outreach.id, dwelling_id=at.make("sozial.tenancy").dwelling_id.id)


OF_OUTREACH = {
    "sozial.outreach": lambda at: {"name": at.number(), "company_id": at.company_id, "quarter_id": at.first("sozial.quarter").id},
    "sozial.outreach.visit": lambda at: {
        "outreach_id": at.first("sozial.outreach").id, "dwelling_id": at.make("sozial.dwelling").id,
    },
    "sozial.works.phase": lambda at: {
        "building_id": (building := at.first("sozial.building")).id,
        "outreach_id": at.make("sozial.outreach", kind="works", quarter_id=building.quarter_id.id).id,
        "name": at.number(), "date_start": "2027-04-01", "date_end": "2027-04-09",
    },
    "sozial.works.sheet": lambda at: {
        "visit_id": at.make("sozial.outreach.visit", dwelling_id=at.make("sozial.tenancy").dwelling_id.id).id,
    },
    "sozial.home.check": lambda at: {"visit_id": _ageing_visit(at).id},
    "sozial.home.line": lambda at: {"check_id": at.make("sozial.home.check", line_ids=[]).id, "item_id": at.first("sozial.home.item").id},
    "sozial.home.measure": lambda at: {"check_id": at.make("sozial.home.check").id, "name": "Haltegriff"},
}
