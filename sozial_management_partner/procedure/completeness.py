"""What a submission lacks before it can be handed in."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple


class Requirement(NamedTuple):
    """Something a submission must have.

    :param kind: ``answer`` (a text), ``evidence`` (a document) or ``confirmation`` (a tick)
    :param longest: most characters of an answer; 0: no limit
    """

    key: str
    kind: str = "answer"
    required: bool = True
    longest: int = 0


class Evidence(NamedTuple):
    """A document at hand, valid through its last day; None: without end."""

    key: str
    valid_until: date | None = None


class Lack(NamedTuple):
    """One thing to do: ``missing``, ``too_long``, ``unconfirmed``, ``expired`` or ``unknown``."""

    key: str
    code: str
    limit: int = 0


def lacks(
    requirements: Iterable[Requirement],
    answers: Mapping[str, str],
    evidence: Iterable[Evidence],
    confirmed: Collection[str],
    on: date,
) -> list[Lack]:
    """All that is missing at once, in the order of the form; an empty list is a complete submission.

    :param on: the day of handing in, in the zone of the call
    """
    found: list[Lack] = []
    documents: dict[str, list[Evidence]] = {}
    for document in evidence:
        documents.setdefault(document.key, []).append(document)
    known = set()
    for wanted in requirements:
        known.add(wanted.key)
        if wanted.kind == "answer":
            found += _answer(wanted, answers.get(wanted.key, ""))
        elif wanted.kind == "evidence":
            found += _document(wanted, documents.get(wanted.key, []), on)
        elif wanted.required and wanted.key not in confirmed:
            found.append(Lack(wanted.key, "unconfirmed"))
    found += [Lack(key, "unknown") for key in answers if key not in known]
    return found


def _answer(wanted: Requirement, text: str) -> list[Lack]:
    text = (text or "").strip()
    if wanted.required and not text:
        return [Lack(wanted.key, "missing")]
    if wanted.longest and len(text) > wanted.longest:
        return [Lack(wanted.key, "too_long", wanted.longest)]
    return []


def _document(wanted: Requirement, documents: list[Evidence], on: date) -> list[Lack]:
    if not documents:
        return [Lack(wanted.key, "missing")] if wanted.required else []
    if any(document.valid_until is None or document.valid_until >= on for document in documents):
        return []
    return [Lack(wanted.key, "expired")]
