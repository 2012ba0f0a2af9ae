"""The rule of `matching.fitting`, without a database."""
import pytest
from matching import Offering, Situation, rank


def situation(topics=(), groups=(), languages=(), quarter=None):
    return Situation(frozenset(topics), frozenset(groups), frozenset(languages), quarter)


def offering(key, topics=(), groups=(), languages=(), quarters=()):
    return Offering(key, frozenset(topics), frozenset(groups), frozenset(languages), frozenset(quarters))


def keys(offerings, asked, limit=None):
    return [found.key for found in rank(offerings, asked, limit)]


def test_a_topic_asked_for_must_be_the_offers():
    offers = [offering("debt", ["debt"]), offering("care", ["care"]), offering("none")]
    assert keys(offers, situation(["debt"])) == ["debt"]


def test_without_a_topic_the_target_group_decides_and_everybody_includes_them():
    offers = [offering("all"), offering("old", groups=["old"]), offering("young", groups=["young"])]
    assert keys(offers, situation(groups=["old"])) == ["old", "all"]


def test_with_a_topic_another_target_group_does_not_exclude():
    offers = [offering("young", ["debt"], ["young"]), offering("old", ["debt"], ["old"])]
    assert keys(offers, situation(["debt"], ["old"])) == ["old", "young"]


def test_another_quarter_excludes_and_everywhere_does_not():
    offers = [offering("north", quarters=["n"]), offering("everywhere"), offering("south", quarters=["s"])]
    assert keys(offers, situation(quarter="s")) == ["south", "everywhere"]


def test_without_a_quarter_nothing_is_excluded():
    assert keys([offering("north", quarters=["n"])], situation()) == ["north"]


def test_a_language_ranks_but_never_excludes():
    offers = [offering("german", ["debt"]), offering("arabic", ["debt"], languages=["ar"])]
    assert keys(offers, situation(["debt"], languages=["ar"])) == ["arabic", "german"]


def test_two_topics_beat_a_topic_with_group_language_and_quarter():
    rich = offering("rich", ["a"], ["g"], ["l"], ["q"])
    broad = offering("broad", ["a", "b"])
    assert keys([rich, broad], situation(["a", "b"], ["g"], ["l"], "q")) == ["broad", "rich"]


def test_the_reasons_are_what_is_shared():
    found, = rank([offering("x", ["a", "b"], ["g"], ["l"], ["q"])], situation(["a"], ["g"], ["l"], "q"))
    assert (found.topics, found.target_groups, found.languages, found.quarter) == (
        frozenset("a"), frozenset("g"), frozenset("l"), True)
    assert found.score == 17


def test_equal_offers_keep_their_order_and_the_limit_cuts_the_end():
    offers = [offering(key, ["a"]) for key in (3, 1, 2)]
    assert keys(offers, situation(["a"]), limit=2) == [3, 1]
    assert keys(offers, situation(["a"]), limit=0) == []


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="limit"):
        rank([], situation(), limit=-1)
