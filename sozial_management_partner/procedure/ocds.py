"""A call as a release of the Open Contracting Data Standard 1.1 (OCDS), with its lots extension.

Built from plain facts that are public at the moment of the release; what is not known yet is left
out, never empty. Organisations only, no persons. https://standard.open-contracting.org/1.1/
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .clock import UTC
from .errors import ProcedureError

VERSION = "1.1"
LOTS_EXTENSION = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json"
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
SAMPLE_PREFIX = "ocds-213czf"  # the standard's own example; a publisher registers one of its own
OPEN, INVITED = "open", "selective"
TENDER_STATUS = ("planning", "planned", "active", "cancelled", "unsuccessful", "complete")
AWARD_STATUS = ("pending", "active", "cancelled", "unsuccessful")


@dataclass(frozen=True)
class Party:
    """An organisation.

    :param key: its id in this release, for example ``buyer`` or a receipt number
    :param identifier: scheme and number of a public register, for example ``("DE-CR", "VR 1234")``
    """

    key: str
    name: str
    street: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    identifier: tuple[str, str] | None = None


@dataclass(frozen=True)
class Lot:
    key: str
    title: str
    description: str = ""
    status: str = "active"


@dataclass(frozen=True)
class Document:
    """Something to read.

    :param kind: of OCDS' list ``documentType``, for example ``tenderNotice`` or ``evaluationCriteria``
    """

    key: str
    title: str
    url: str
    kind: str = "tenderNotice"
    published: datetime | None = None
    format: str = "application/pdf"
    language: str = "de"


@dataclass(frozen=True)
class Amendment:
    key: str
    date: datetime
    rationale: str = ""
    description: str = ""


@dataclass(frozen=True)
class Award:
    key: str
    lot: str
    suppliers: tuple[str, ...] = ()
    status: str = "active"
    date: datetime | None = None
    title: str = ""
    description: str = ""


@dataclass(frozen=True)
class Call:
    """The facts of a call that are public at the moment of the release.

    :param number: ends the ocid
    :param bidders: parties that handed in a bid, if they are named; only after the opening
    :param bidder_count: how many handed in a bid, where they are not all named
    :param language: of all texts
    """

    number: str
    title: str
    buyer: Party
    released_at: datetime
    status: str = "active"
    description: str = ""
    rationale: str = ""
    access: str = OPEN
    procedure: str = ""
    legal_basis: str = ""
    eligibility: str = ""
    criteria: str = ""
    submission: str = ""
    starts_at: datetime | None = None
    questions_until: datetime | None = None
    deadline: datetime | None = None
    questions: int = 0
    lots: Sequence[Lot] = ()
    documents: Sequence[Document] = ()
    amendments: Sequence[Amendment] = ()
    bidders: Sequence[Party] = ()
    bidder_count: int | None = None
    opened: bool = False
    suppliers: Sequence[Party] = ()
    awards: Sequence[Award] = ()
    prefix: str = SAMPLE_PREFIX
    language: str = "de"


def ocid(call: Call) -> str:
    return f"{call.prefix}-{call.number}"


def release(call: Call) -> dict[str, object]:
    """The release as plain JSON.

    :raise ProcedureError: ``sealed`` for bidders or awards before the opening, ``status_unknown``,
        ``lot_unknown`` and ``supplier_unknown`` for an award that points nowhere
    """
    _check(call)
    stamp = _moment(call.released_at)
    result: dict[str, object] = {
        "ocid": ocid(call),
        "id": f"{ocid(call)}-{stamp}",
        "date": stamp,
        "tag": tags(call),
        "initiationType": "tender",
        "language": call.language,
        "parties": _parties(call),
        "buyer": _reference(call.buyer),
        "planning": _filled({"rationale": call.rationale}),
        "tender": _tender(call),
        "awards": [_award(call, award) for award in call.awards],
    }
    return _filled(result)


def package(releases: Sequence[Mapping[str, object]], uri: str, publisher: str, published_at: datetime) -> dict[str, object]:
    """What stands at an address: releases with their publisher, licence and extensions."""
    return {
        "uri": uri,
        "version": VERSION,
        "extensions": [LOTS_EXTENSION],
        "publishedDate": _moment(published_at),
        "publisher": {"name": publisher},
        "license": LICENSE,
        "releases": list(releases),
    }


def tags(call: Call) -> list[str]:
    """What this release tells: the stages of the call it is about."""
    if call.status in ("planning", "planned"):
        return ["planning"]
    if call.status == "cancelled":
        return ["tenderCancellation"]
    found = ["planning", "tender"] if call.rationale else ["tender"]
    if call.amendments:
        found = ["tenderAmendment"]
    if any(award.status == "cancelled" for award in call.awards):
        found.append("awardCancellation")
    if any(award.status != "cancelled" for award in call.awards):
        found.append("award")
    return found


def _check(call: Call) -> None:
    if call.status not in TENDER_STATUS:
        raise ProcedureError("status_unknown", status=call.status)
    if not call.opened and (call.bidders or call.bidder_count is not None or call.awards):
        raise ProcedureError("sealed")
    lots = {lot.key for lot in call.lots}
    parties = {party.key for party in (*call.bidders, *call.suppliers)}
    for award in call.awards:
        if award.status not in AWARD_STATUS:
            raise ProcedureError("status_unknown", status=award.status)
        if award.lot not in lots:
            raise ProcedureError("lot_unknown", lot=award.lot)
        for key in award.suppliers:
            if key not in parties:
                raise ProcedureError("supplier_unknown", supplier=key)


def _tender(call: Call) -> dict[str, object]:
    tender = {
        "id": call.number,
        "title": call.title,
        "description": call.description,
        "status": call.status,
        "procuringEntity": _reference(call.buyer),
        "procurementMethod": call.access,
        "procurementMethodDetails": call.procedure,
        "procurementMethodRationale": call.legal_basis,
        "mainProcurementCategory": "services",
        "awardCriteria": "ratedCriteria" if call.criteria else "",
        "awardCriteriaDetails": call.criteria,
        "submissionMethod": ["electronicSubmission"] if call.submission else [],
        "submissionMethodDetails": call.submission,
        "tenderPeriod": _period(call.starts_at, call.deadline),
        "enquiryPeriod": _period(call.starts_at, call.questions_until) if call.questions_until else {},
        "eligibilityCriteria": call.eligibility,
        "documents": [_document(document) for document in call.documents],
        "amendments": [_amendment(amendment) for amendment in call.amendments],
        "lots": [_filled({"id": lot.key, "title": lot.title, "description": lot.description, "status": lot.status}) for lot in call.lots],
        "items": [_filled({"id": lot.key, "description": lot.title, "relatedLot": lot.key}) for lot in call.lots],
    }
    if call.status not in ("planning", "planned"):
        tender["hasEnquiries"] = call.questions > 0
    if call.opened:
        tender["numberOfTenderers"] = len(call.bidders) if call.bidder_count is None else call.bidder_count
        tender["tenderers"] = [_reference(party) for party in call.bidders]
    return _filled(tender)


def _parties(call: Call) -> list[dict[str, object]]:
    roles: dict[str, list[str]] = {call.buyer.key: ["buyer", "procuringEntity"]}
    parties = {call.buyer.key: call.buyer}
    for role, members in (("tenderer", call.bidders), ("supplier", call.suppliers)):
        for party in members:
            parties.setdefault(party.key, party)
            roles.setdefault(party.key, []).append(role)
    return [_party(party, roles[key]) for key, party in parties.items()]


def _party(party: Party, roles: list[str]) -> dict[str, object]:
    scheme, number = party.identifier or ("", "")
    return _filled({
        "id": party.key,
        "name": party.name,
        "roles": roles,
        "identifier": _filled({"scheme": scheme, "id": number, "legalName": party.name if number else ""}),
        "address": _filled({
            "streetAddress": party.street, "postalCode": party.zip, "locality": party.city, "countryName": party.country,
        }),
        "contactPoint": _filled({"email": party.email, "telephone": party.phone, "url": party.url}),
    })  # fmt: skip


def _reference(party: Party) -> dict[str, object]:
    return _filled({"id": party.key, "name": party.name})


def _award(call: Call, award: Award) -> dict[str, object]:
    parties = {party.key: party for party in (*call.bidders, *call.suppliers)}
    return _filled({
        "id": award.key,
        "title": award.title,
        "description": award.description,
        "status": award.status,
        "date": _moment(award.date) if award.date else "",
        "suppliers": [_reference(parties[key]) for key in award.suppliers],
        "relatedLots": [award.lot],
    })


def _document(document: Document) -> dict[str, object]:
    return _filled({
        "id": document.key,
        "documentType": document.kind,
        "title": document.title,
        "url": document.url,
        "datePublished": _moment(document.published) if document.published else "",
        "format": document.format,
        "language": document.language,
    })


def _amendment(amendment: Amendment) -> dict[str, object]:
    return _filled({
        "id": amendment.key,
        "date": _moment(amendment.date),
        "rationale": amendment.rationale,
        "description": amendment.description,
    })


def _period(start: datetime | None, end: datetime | None) -> dict[str, str]:
    return {name: _moment(value) for name, value in (("startDate", start), ("endDate", end)) if value}


def _moment(value: datetime) -> str:
    """RFC 3339 in UTC, whole seconds; a moment without zone is UTC."""
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """Without what is not known: OCDS wants absent, not empty."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {}, ())}
