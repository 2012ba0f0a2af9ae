"""Releases, checked against the standard's own schema (tests/data, Apache-2.0)."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from procedure import ProcedureError
from procedure.ocds import Amendment, Award, Call, Document, Lot, Party, package, release

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "ocds-release-schema-1.1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
UTC = timezone.utc
START = datetime(2026, 5, 1, 8, tzinfo=UTC)

BUYER = Party("buyer", "Städtische Wohnungsgesellschaft", "Markt 1", "99734", "Nordhausen", "Deutschland", "sozial@example.org", url="https://example.org")
CARITAS = Party("S-7", "Caritasverband", identifier=("DE-CR", "VR 1234"))
AWO = Party("S-9", "AWO Kreisverband")
LOTS = (Lot("1", "Treff Nord", "Sprechzeiten"), Lot("2", "Treff Süd"))
PLANNED = Call("IBV-2026-0001", "Quartierstreffs", BUYER, START, status="planned", rationale="Viele ältere Menschen ziehen zu.")
PUBLISHED = replace(
    PLANNED, status="active", description="Zwei Treffs", procedure="Interessenbekundungsverfahren", legal_basis="§ 7 LHO",
    eligibility="Gemeinnützige Träger", criteria="Konzept 60, Team 40", submission="Portal", starts_at=START,
    questions_until=START + timedelta(days=10), deadline=START + timedelta(days=20), questions=2, lots=LOTS,
    documents=(Document("notice-1", "Bekanntmachung", "https://example.org/sozial/aufrufe/x.pdf", published=START),),
)  # fmt: skip
CHANGED = replace(PUBLISHED, amendments=(Amendment("2", START + timedelta(days=3), "Frist verlängert", "20 statt 15 Tage"),))
OPENED = replace(CHANGED, opened=True, bidders=(CARITAS, AWO))
FIRST = Award("A-1", "1", ("S-7",), date=START + timedelta(days=60), title="Los 1")
AWARDED = replace(OPENED, status="complete", awards=(FIRST, Award("A-2", "2", (), "unsuccessful")))
CANCELLED = replace(PUBLISHED, status="cancelled")
STAGES = {"planned": PLANNED, "published": PUBLISHED, "changed": CHANGED, "opened": OPENED, "awarded": AWARDED, "cancelled": CANCELLED}


def problems(value):
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in VALIDATOR.iter_errors(value)]


def moments(value, name=""):
    """All values whose field is a date-time by the schema."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from moments(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from moments(inner, name)
    elif "date" in name.lower():
        yield value


@pytest.mark.parametrize("stage", STAGES)
def test_valid_at_every_stage(stage):
    found = release(STAGES[stage])
    assert problems(found) == []
    for moment in moments(found):
        assert datetime.fromisoformat(moment.replace("Z", "+00:00")).tzinfo is not None
    assert json.loads(json.dumps(found)) == found


def test_the_schema_can_refuse():
    assert problems({**release(PUBLISHED), "tag": ["published"]})
    assert problems({**release(PUBLISHED), "ocid": ""})
    assert problems({**release(PUBLISHED), "tender": {"id": "1", "status": "open"}})


def test_tags_tell_the_stage():
    tags = {stage: release(call)["tag"] for stage, call in STAGES.items()}
    assert tags == {
        "planned": ["planning"], "published": ["planning", "tender"], "changed": ["tenderAmendment"], "opened": ["tenderAmendment"],
        "awarded": ["tenderAmendment", "award"], "cancelled": ["tenderCancellation"],
    }  # fmt: skip
    withdrawn = replace(AWARDED, awards=(replace(AWARDED.awards[0], status="cancelled"),))
    assert release(withdrawn)["tag"] == ["tenderAmendment", "awardCancellation"]


def test_what_is_known_is_told_and_nothing_empty():
    found = release(AWARDED)
    assert found["ocid"] == "ocds-213czf-IBV-2026-0001"
    assert found["tender"]["numberOfTenderers"] == 2
    assert found["tender"]["tenderPeriod"] == {"startDate": "2026-05-01T08:00:00Z", "endDate": "2026-05-21T08:00:00Z"}
    assert found["awards"][0]["suppliers"] == [{"id": "S-7", "name": "Caritasverband"}]
    assert found["awards"][0]["relatedLots"] == ["1"]
    assert [party["roles"] for party in found["parties"]] == [["buyer", "procuringEntity"], ["tenderer"], ["tenderer"]]
    assert "suppliers" not in found["awards"][1]
    assert '""' not in json.dumps(found)
    assert "{}" not in json.dumps(found)


def test_a_supplier_has_its_role():
    found = release(replace(AWARDED, suppliers=(CARITAS,)))
    assert {party["id"]: party["roles"] for party in found["parties"]}["S-7"] == ["tenderer", "supplier"]
    assert problems(found) == []


def test_nothing_of_a_bid_before_the_opening():
    text = json.dumps(release(PUBLISHED))
    assert "numberOfTenderers" not in text
    assert "tenderers" not in text
    for sealed in (replace(PUBLISHED, bidders=(AWO,)), replace(PUBLISHED, awards=AWARDED.awards)):
        with pytest.raises(ProcedureError) as caught:
            release(sealed)
        assert caught.value.code == "sealed"
    assert release(replace(OPENED, bidders=()))["tender"]["numberOfTenderers"] == 0


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (replace(AWARDED, awards=(Award("A", "9"),)), "lot_unknown"),
        (replace(AWARDED, awards=(Award("A", "1", ("S-8",)),)), "supplier_unknown"),
        (replace(AWARDED, awards=(Award("A", "1", status="won"),)), "status_unknown"),
        (replace(PUBLISHED, status="open"), "status_unknown"),
    ],
)
def test_facts_that_point_nowhere(call, problem):
    with pytest.raises(ProcedureError) as caught:
        release(call)
    assert caught.value.code == problem


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 5), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_valid_with_any_text(title, text, count, moment):
    lots = tuple(Lot(str(number), title, text) for number in range(count))
    buyer = replace(BUYER, name=title, email=text)
    call = replace(PUBLISHED, title=title, description=text, eligibility=text, lots=lots, deadline=moment, buyer=buyer)
    assert problems(release(call)) == []


def test_a_package_names_its_publisher_and_extension():
    found = package([release(PUBLISHED)], "https://example.org/sozial/aufrufe/x.json", "SWG", START)
    assert found["version"] == "1.1"
    assert found["releases"][0]["ocid"] == "ocds-213czf-IBV-2026-0001"
    assert any("lots" in address for address in found["extensions"])
