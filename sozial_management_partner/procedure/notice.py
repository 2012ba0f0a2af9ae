"""What differs between two versions of a notice, as people read it."""

import difflib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
WORD = re.compile(r"\s+|[^\s]+")


class Change(NamedTuple):
    """One difference.

    :param path: names of the parts, from the outside in; rows of a list go by their ``key``
    :param before, after: the values; None where there is none
    """

    path: tuple[str, ...]
    kind: str
    before: object
    after: object


class Piece(NamedTuple):
    """A piece of a text: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


def difference(before: object, after: object, path: tuple[str, ...] = ()) -> list[Change]:
    """All differences of two plain JSON values, in the order of the later one.

    Objects are compared by name, lists of objects that all have a ``key`` by that key (their order
    is compared too), everything else as a whole.
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _objects(before, after, path)
    if _keyed(before) and _keyed(after):
        return _rows(before, after, path)
    if json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True):  # True is not 1 here
        return []
    return [Change(path, CHANGED, before, after)]


def touches(changes: Iterable[Change], paths: Collection[tuple[str, ...]]) -> bool:
    """Whether a change lies at or below one of these paths: then it is material."""
    return any(change.path[: len(path)] == path or path[: len(change.path)] == change.path for change in changes for path in paths)


def pieces(before: str, after: str) -> list[Piece]:
    """Two texts as one, word by word: joined without ``removed`` it is `after`, without ``added`` `before`."""
    old, new = WORD.findall(before), WORD.findall(after)
    result: list[Piece] = []
    for code, start, stop, new_start, new_stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            result.append(Piece("same", "".join(old[start:stop])))
            continue
        if stop > start:
            result.append(Piece(REMOVED, "".join(old[start:stop])))
        if new_stop > new_start:
            result.append(Piece(ADDED, "".join(new[new_start:new_stop])))
    return result


def _objects(before: Mapping[str, object], after: Mapping[str, object], path: tuple[str, ...]) -> list[Change]:
    changes: list[Change] = []
    for name in [*after, *(name for name in before if name not in after)]:
        where = (*path, name)
        if name not in before:
            changes.append(Change(where, ADDED, None, after[name]))
        elif name not in after:
            changes.append(Change(where, REMOVED, before[name], None))
        else:
            changes += difference(before[name], after[name], where)
    return changes


def _rows(before: list[Mapping[str, object]], after: list[Mapping[str, object]], path: tuple[str, ...]) -> list[Change]:
    old = {str(row["key"]): row for row in before}
    new = {str(row["key"]): row for row in after}
    changes = _objects(old, new, path)
    kept = [key for key in new if key in old]
    order = [key for key in old if key in new]
    if kept != order:
        changes.append(Change((*path, "order"), CHANGED, order, kept))
    return changes


def _keyed(value: object) -> bool:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) and "key" in row for row in value):
        return False
    return len({str(row["key"]) for row in value}) == len(value)
