"""The chain: whatever is changed, dropped, inserted or moved is found where it happened."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from procedure import ProcedureError
from procedure.chain import Break, append, canonical, entry_hash, first, verify

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
DETAILS = st.dictionaries(st.text(max_size=6), PLAIN, max_size=3)
LOGS = st.lists(st.tuples(st.sampled_from(["published", "question", "opened"]), DETAILS), min_size=1, max_size=8)


def chain(events, subject="IBV-2026-0001"):
    entries = []
    for number, (event, details) in enumerate(events):
        last = entries[-1] if entries else None
        entries.append(append(subject, last, f"2026-05-01T10:00:{number:02}.000000+00:00", event, "Ada", details))
    return entries


def check(entries, **kwargs):
    return verify("IBV-2026-0001", entries, **kwargs)


@given(LOGS)
def test_an_honest_chain_holds_and_its_heads_do(events):
    entries = chain(events)
    assert check(entries) == []
    assert check(entries, anchors={entry.position: entry.hash for entry in entries}) == []
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))


@given(LOGS, st.data())
def test_a_changed_entry_is_named(events, data):
    entries = chain(events)
    index = data.draw(st.integers(0, len(entries) - 1))
    part = data.draw(st.sampled_from(["at", "event", "actor", "details"]))
    entries[index] = entries[index]._replace(**{part: {"forged": 1} if part == "details" else "forged"})
    assume(entries[index].details != events[index][1] or part != "details")
    assert check(entries) == [Break(index + 1, "content")]


@given(LOGS, st.data())
def test_a_changed_entry_with_its_hash_made_anew_breaks_the_next(events, data):
    entries = chain(events)
    index = data.draw(st.integers(0, len(entries) - 1))
    forged = entries[index]._replace(actor="Eve")
    entries[index] = forged._replace(hash=entry_hash(*forged[:-1]))
    last = index == len(entries) - 1
    assert check(entries) == ([] if last else [Break(index + 2, "previous")])
    anchor = {index + 1: chain(events)[index].hash}  # printed in a protocol meanwhile
    assert Break(index + 1, "anchor") in check(entries, anchors=anchor)


@given(LOGS, st.data())
def test_dropped_moved_and_doubled_entries(events, data):
    entries = chain(events)
    assume(len(entries) > 1)
    index = data.draw(st.integers(0, len(entries) - 2))
    assert check([*entries[:index], *entries[index + 1 :]])[0] == Break(index + 2, "gap")
    assert Break(index + 1, "gap") in check([*entries[: index + 1], *entries[index:]])
    swapped = [*entries[:index], entries[index + 1], entries[index], *entries[index + 2 :]]
    assert check(swapped)[0] == Break(index + 2, "gap")


@given(LOGS)
def test_a_tail_cut_off_is_found_by_an_anchor_alone(events):
    entries = chain(events)
    assert check(entries[:-1]) == []
    assert check(entries[:-1], anchors={len(entries): entries[-1].hash}) == [Break(len(entries), "cut")]


@given(LOGS)
def test_the_chain_of_another_call_is_none_of_this_one(events):
    assert check(chain(events, "IBV-2026-0002"))[0] == Break(1, "previous")
    assert first("a") != first("b")


def test_what_has_no_single_spelling_is_refused():
    for value in (1.5, {1: "x"}, {"x": object()}, [b"x"], float("nan")):
        with pytest.raises(ProcedureError) as caught:
            canonical(value)
        assert caught.value.code == "not_plain"
    forged = chain([("opened", {})])[0]._replace(details={"x": 1.5})
    assert check([forged]) == [Break(1, "content")]


@given(PLAIN, PLAIN)
def test_one_spelling_for_one_value(one, other):
    assert json.loads(canonical(one)) == one
    assert (canonical(one) == canonical(other)) == (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))


def test_spelling_is_stable():
    assert canonical({"b": [1, None, True], "a": "Straße"}) == '{"a":"Straße","b":[1,null,true]}'


def test_time_does_not_run_back():
    (entry,) = chain([("published", {})])
    with pytest.raises(ProcedureError) as caught:
        append("IBV-2026-0001", entry, "2026-04-30T10:00:00.000000+00:00", "opened", "Ada", {})
    assert caught.value.code == "time_back"
