"""A log whose entries hold each other: each carries the hash of the one before.

Whoever changes, drops, inserts or moves an entry breaks the chain at that place, and `verify` says
where. What nobody can see from inside is a tail cut off or a chain rewritten as a whole: against
that, hashes are printed in protocols and letters while the call runs, and `verify` takes them as
anchors.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .errors import ProcedureError


class Entry(NamedTuple):
    """One entry as it is stored.

    :param position: 1, 2, 3 …
    :param at: moment in ISO 8601, UTC, with microseconds
    :param actor: who, as it is to be printed later; the system has a name too
    :param details: plain JSON: texts, whole numbers, true, false, null, lists, objects
    """

    position: int
    at: str
    event: str
    actor: str
    details: Mapping[str, object]
    previous: str
    hash: str


class Break(NamedTuple):
    """A place where the chain does not hold.

    ``gap``       an entry is missing, doubled or out of order before this position
    ``content``   the entry is not what was hashed
    ``previous``  it does not follow on the entry before
    ``anchor``    it is not what a protocol printed
    ``cut``       a protocol printed a position that is no longer there
    """

    position: int
    code: str


def canonical(value: object) -> str:
    """JSON with one way to write everything: keys sorted, no spaces, UTF-8 as it is.

    :raise ProcedureError: ``not_plain`` for what has no single way of writing (numbers with a
        point, dates, keys that are no text)
    """
    _require_plain(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _require_plain(value: object) -> None:
    if value is None or isinstance(value, (str, bool, int)):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ProcedureError("not_plain", type=type(key).__name__)
            _require_plain(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _require_plain(inner)
    else:
        raise ProcedureError("not_plain", type=type(value).__name__)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first(subject: str) -> str:
    """What the first entry follows on: a value of its own per subject, so that a chain cannot be
    passed off as another one's."""
    return digest(canonical(["sozial.call.record", subject]))


def entry_hash(position: int, at: str, event: str, actor: str, details: Mapping[str, object], previous: str) -> str:
    return digest(canonical([position, at, event, actor, details, previous]))


def append(subject: str, last: Entry | None, at: str, event: str, actor: str, details: Mapping[str, object]) -> Entry:
    """The entry that follows on `last` (None: the first one).

    :raise ProcedureError: ``time_back`` if it is older than the one before
    """
    if last is not None and at < last.at:
        raise ProcedureError("time_back", at=at, last=last.at)
    position = last.position + 1 if last else 1
    previous = last.hash if last else first(subject)
    return Entry(position, at, event, actor, details, previous, entry_hash(position, at, event, actor, details, previous))


def verify(subject: str, entries: Iterable[Entry], anchors: Mapping[int, str] | None = None) -> list[Break]:
    """Every place where the chain does not hold, in order; an empty list is a whole chain.

    An entry is judged by what it carries itself, so one forged entry is one or two breaks, not
    all that follow.

    :param anchors: hashes printed elsewhere, by position
    """
    breaks: list[Break] = []
    anchors = dict(anchors or {})
    position, previous = 0, first(subject)
    for entry in entries:
        if entry.position != position + 1:
            breaks.append(Break(entry.position, "gap"))
        elif entry.previous != previous:
            breaks.append(Break(entry.position, "previous"))
        if _hash_of(entry) != entry.hash:
            breaks.append(Break(entry.position, "content"))
        if anchors.pop(entry.position, entry.hash) != entry.hash:
            breaks.append(Break(entry.position, "anchor"))
        position, previous = entry.position, entry.hash
    breaks += [Break(missing, "cut") for missing in sorted(anchors)]
    return breaks


def _hash_of(entry: Entry) -> str | None:
    try:
        return entry_hash(entry.position, entry.at, entry.event, entry.actor, entry.details, entry.previous)
    except ProcedureError:  # somebody put in what cannot be written there
        return None
