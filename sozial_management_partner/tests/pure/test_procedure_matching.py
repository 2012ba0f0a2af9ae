from hypothesis import given
from hypothesis import strategies as st
from procedure.matching import LIGHTS, Candidate, Wish, rank, reasons

WISH = Wish(frozenset({1, 2}), 7, frozenset({30}))


def keys(*candidates, wish=WISH):
    return [one.key for one, _why in rank(candidates, wish)]


def test_field_before_quarter_before_language_before_light():
    nothing = Candidate(1, "A")
    light = Candidate(2, "B", light="green")
    language = Candidate(3, "C", languages=frozenset({30}))
    quarter = Candidate(4, "D", quarters=frozenset({7}))
    field = Candidate(5, "E", topics=frozenset({2, 9}))
    assert keys(nothing, light, language, quarter, field) == [5, 4, 3, 2, 1]


def test_everywhere_comes_before_elsewhere():
    assert keys(Candidate(1, "A", quarters=frozenset({8})), Candidate(2, "B")) == [2, 1]


def test_who_has_no_places_comes_last():
    full = Candidate(1, "A", frozenset({1}), frozenset({7}), frozenset({30}), "red")
    assert keys(full, Candidate(2, "B", quarters=frozenset({8}))) == [2, 1]


def test_who_has_no_agreement_comes_last_of_all_and_only_that_is_said():
    ended = Candidate(1, "A", frozenset({1}), frozenset({7}), frozenset({30}), "green", agreed=False)
    full = Candidate(2, "B", light="red")
    assert keys(ended, full, Candidate(3, "C")) == [3, 2, 1]
    assert reasons(ended, WISH) == ("unagreed",)


def test_lights_and_then_the_name():
    rows = [Candidate(number, "x", light=light) for number, light in enumerate(LIGHTS)]
    assert keys(*reversed(rows)) == [0, 1, 2, 3]
    assert keys(Candidate(1, "b"), Candidate(2, "A"), Candidate(3, "a")) == [2, 3, 1]


def test_reasons_in_a_few_words():
    fits = Candidate(1, "A", frozenset({1}), frozenset({7}), frozenset({30}), "yellow")
    assert reasons(fits, WISH) == ("field", "quarter", "language", "yellow")
    assert reasons(Candidate(1, "A", quarters=frozenset({8})), WISH) == ("elsewhere",)
    assert reasons(fits, Wish()) == ("yellow",)
    assert reasons(Candidate(1, "A"), Wish()) == ()


some = st.frozensets(st.integers(1, 4), max_size=3)
candidates = st.lists(
    st.builds(Candidate, st.integers(1, 99), st.text(max_size=3), some, some, some, st.sampled_from(LIGHTS)),
    max_size=8, unique_by=lambda one: one.key,
)


@given(candidates, st.builds(Wish, some, st.one_of(st.none(), st.integers(1, 4)), some), st.randoms())
def test_the_order_does_not_depend_on_where_they_came_from(rows, wish, random):
    mixed = list(rows)
    random.shuffle(mixed)
    found = rank(mixed, wish)
    assert found == rank(rows, wish)
    assert sorted(one.key for one, _why in found) == sorted(one.key for one in rows)
