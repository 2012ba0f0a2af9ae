"""No figure tells of a single organisation: neither shown nor worked out from the others."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from suppression import HIDDEN, TOTAL, Dimension, Fact, Policy, Release, Table, audit, suppress

TOPICS = Dimension.flat("topic", ["debt", "care", "age"])
STEPS = Dimension.flat("step", ["sent", "declined"])
TWO = Policy(houses=2)


def build(counts, dimensions=(TOPICS,), first=0):
    """Facts of as many different people, by place and organisation."""
    places = [(place, house) for (place, house), times in counts.items() for _ in range(times)]
    facts = [Fact(first + number, place, first + number, None, house) for number, (place, house) in enumerate(places)]
    return Table(dimensions, tuple(facts))


def texts(published):
    return [published.text(topic) for topic in TOPICS.labels]


COUNTS = {(("debt",), 1): 12, (("care",), 1): 20, (("care",), 2): 20, (("age",), 1): 15, (("age",), 2): 9}


def test_a_figure_of_one_organisation_is_hidden_and_not_the_rest_of_a_total():
    table = build(COUNTS)
    assert texts(suppress(table)) == ["12", "40", "24", "76"], "without the rule all is shown"
    published = suppress(table, policy=TWO)
    assert texts(published) == [HIDDEN, "40", HIDDEN, "76"]
    assert audit([published.release], TWO) == []


def test_the_second_look_finds_a_single_organisation():
    assert audit([suppress(build(COUNTS)).release], TWO)


def test_a_table_of_one_organisation_shows_nothing_but_zeros():
    published = suppress(build({(("debt",), 1): 30, (("care",), 1): 20}), policy=TWO)
    assert texts(published) == [HIDDEN, HIDDEN, "0", HIDDEN]


def test_what_an_organisation_was_told_of_itself_gives_nobody_else_a_hint():
    """Its own report shows the 12; the others get the table, and cannot subtract what they did not see."""
    table = build(COUNTS)
    own = suppress(Table((TOPICS,), tuple(fact for fact in table.facts if fact.house == 1)))
    assert texts(own)[0] == "12"
    stored = Release.from_json(own.release.to_json())
    published = suppress(table, earlier=[stored], policy=TWO)
    shown = dict(zip(TOPICS.labels, texts(published), strict=True))
    assert shown["debt"] == HIDDEN
    assert published.dropped == (), "a report to one organisation does not cost everybody the topics"
    assert [shown[topic] for topic in ("care", "age", TOTAL)].count(HIDDEN) >= 1, "nor as the rest of the total"
    assert audit([stored, published.release], TWO) == []


def test_an_earlier_table_does_not_help_either():
    """By step, later by topic: the difference would be one organisation's figure."""
    counts = {(("debt", "sent"), 1): 12, (("care", "sent"), 1): 20, (("care", "sent"), 2): 20, (("age", "declined"), 2): 9,
              (("age", "declined"), 1): 9}  # fmt: skip
    table = build(counts, (TOPICS, STEPS))
    by_step = suppress(table.without(0), policy=TWO)
    assert [by_step.text(step) for step in STEPS.labels] == ["52", "18", "70"]
    by_topic = suppress(table.without(1), earlier=[by_step.release], policy=TWO)
    assert texts(by_topic)[:2] == [HIDDEN, HIDDEN], "52 less 40 is the 12 of one organisation"


def test_the_ledger_keeps_the_organisation_and_reads_what_was_stored_without():
    release = suppress(build(COUNTS), policy=TWO).release
    assert Release.from_json(release.to_json()) == Release(
        tuple(tuple(Fact(f.key, (), f.person, f.amount, f.house) for f in atom) for atom in release.atoms), release.shown, release.hidden
    )
    old = Release.from_json({"measure": None, "atoms": [[[1, "x", None]]], "shown": [[0]], "hidden": []})
    assert old.atoms[0][0].house is None
    assert not old.is_of_one_house()
