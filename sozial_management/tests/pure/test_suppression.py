"""Hidden figures stay hidden: attacked by an independent search over all tables that fit what was published."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from hypothesis import example, given
from hypothesis import strategies as st
from suppression import HIDDEN, TOTAL, Dimension, Fact, Policy, Release, Table, audit, suppress
from suppression.protect import Protection
from suppression.solver import Budget
from suppression.system import Source, System
from suppression_attack import Attack, in_span, under
from suppression_cases import FLAT, PLACES, TWO, YEARS, build, counted, exposed, figures, leaves, slow

# -- one table ---------------------------------------------------------------------------------------------------


@slow
@given(counted())
def test_no_hidden_figure_can_be_solved_or_bounded(case):
    table = build(*case)
    published = suppress(table)
    assert not published.withheld
    assert not exposed(table, published)
    assert audit([published.release]) == []


@slow
@given(counted(), st.integers(2, 7))
def test_shown_figures_are_true_and_zero_or_reach_the_threshold(case, threshold):
    table = build(*case)
    published = suppress(table, threshold)
    assert set(published.figures) == set(table.cells)
    for key, figure in published.figures.items():
        if figure is not None:
            assert figure.count == len(table.cells[key])
            assert figure.count == 0 or figure.count >= threshold
        elif not published.dropped:
            assert len(table.cells[key]) > 0


@slow
@given(counted())
def test_nothing_small_hides_nothing(case):
    dimensions, counts = case
    table = build(dimensions, {place: count and count + 5 for place, count in counts.items()})
    assert None not in suppress(table).figures.values()


SHRINKS = {("a", "x"): 0, ("a", "y"): 1, ("b", "x"): 2, ("b", "y"): 4, ("c", "x"): 4, ("c", "y"): 5}


@slow
@given(counted())
@example(((FLAT, TWO), SHRINKS))
def test_every_secondary_figure_is_needed(case):
    """Showing any one of them again would expose something."""
    release = suppress(build(*case)).release
    for shape in release.hidden:
        if sum(len(release.atoms[atom]) for atom in shape) >= 5:
            others = tuple(other for other in release.hidden if other != shape)
            assert audit([Release(release.atoms, (*release.shown, shape), others)])


@slow
@given(counted(), st.randoms(use_true_random=False))
def test_the_order_of_facts_and_categories_changes_nothing(case, random):
    dimensions, counts = case
    table = build(dimensions, counts)
    facts = list(table.facts)
    random.shuffle(facts)
    mixed = []
    for dim in dimensions:
        parents = list(dim.parents.items())
        random.shuffle(parents)
        mixed.append(Dimension(dim.name, dict(parents)))
    again = suppress(Table(tuple(mixed), tuple(facts)))
    assert dict(again.figures) == dict(suppress(table).figures)
    assert again.release == suppress(table).release


@slow
@given(counted([(FLAT, TWO), (FLAT,), (TWO, TWO, TWO)]))
def test_a_subtotal_that_repeats_the_total_changes_nothing(case):
    dimensions, counts = case
    above = Dimension(dimensions[0].name, {**dict.fromkeys(dimensions[0].parents, "all"), "all": ""})
    plain = suppress(build(dimensions, counts))
    doubled = suppress(build((above, *dimensions[1:]), counts))
    for key, figure in doubled.figures.items():
        assert figure == plain.figures[(TOTAL if key[0] == "all" else key[0], *key[1:])]


def test_a_small_cell_needs_a_partner_in_its_row_and_column():
    table = build((FLAT, TWO), {("a", "x"): 2, ("a", "y"): 9, ("b", "x"): 8, ("b", "y"): 12, ("c", "x"): 30, ("c", "y"): 30})
    published = suppress(table)
    rows = [[published.text(row, column) for column in TWO.labels] for row in FLAT.labels]
    assert rows == [[HIDDEN, HIDDEN, "11"], [HIDDEN, HIDDEN, "20"], ["30", "30", "60"], ["40", "51", "91"]]
    assert list(published.rows())[:2] == [("a", "x", HIDDEN), ("a", "y", HIDDEN)]


def test_two_small_cells_do_not_hide_each_other():
    """2 + 1 = 3 in a shown total would tell that both are under 5."""
    published = suppress(build((FLAT,), {("a",): 2, ("b",): 1, ("c",): 20}))
    assert [published.text(key) for key in FLAT.labels] == [HIDDEN, HIDDEN, HIDDEN, "23"]


def test_a_table_of_few_people_shows_nothing_but_zeros():
    published = suppress(build((FLAT,), {("a",): 3, ("b",): 0, ("c",): 0}))
    assert [published.text(key) for key in FLAT.labels] == [HIDDEN, "0", "0", HIDDEN]


def test_the_empty_table():
    published = suppress(Table((FLAT, TWO), ()))
    assert {figure.count for figure in published.figures.values()} == {0}
    assert audit([published.release]) == []
    assert suppress(Table((), ())).text() == "0"


def test_persons_count_not_their_contacts():
    facts = [Fact(number, ("a",), person=number % 3) for number in range(30)]
    facts += [Fact(100 + number, ("b",), person=number) for number in range(30)]
    published = suppress(Table((FLAT,), tuple(facts)))
    assert [published.text(key) for key in FLAT.labels] == [HIDDEN, HIDDEN, "0", "60"]


# -- sums --------------------------------------------------------------------------------------------------------


@slow
@given(counted(), st.data())
def test_no_hidden_sum_is_a_combination_of_shown_ones(case, data):
    plain = build(*case)
    amounts = st.one_of(st.integers(0, 500), st.just(0), st.integers(1, 10**6))
    facts = tuple(Fact(fact.key, fact.place, None, data.draw(amounts)) for fact in plain.facts)
    table = Table(plain.dimensions, facts, "minutes")
    published = suppress(table)
    assert audit([published.release]) == []
    places = leaves(table.dimensions)
    vector = {key: [int(under(table.dimensions, place, key)) for place in places] for key in table.cells}
    shown = [vector[key] for key, figure in published.figures.items() if figure is not None]
    for key, figure in published.figures.items():
        if figure is None:
            assert not published.release.atoms or not in_span(shown, vector[key])
        else:
            assert figure.amount == sum(fact.amount for fact in facts if fact.key in table.cells[key])


def test_a_dominated_sum_is_hidden_and_not_derivable():
    facts = [Fact(number, ("a",), None, 0) for number in range(9)] + [Fact("one", ("a",), None, 9000)]
    facts += [Fact(100 + number, (place,), None, 50) for number, place in enumerate("bc" * 20)]
    assert None not in suppress(Table((FLAT,), tuple(facts))).figures.values()
    published = suppress(Table((FLAT,), tuple(facts), "euros"))
    assert published.figures["a",] is None
    assert [row[-1] for row in published.rows()].count(HIDDEN) >= 2


def test_a_hidden_sum_of_nothing_is_not_derivable(monkeypatch):
    """Counts hide each other, but where most sums are 0 a shown 0 may still tell those of hidden cells."""
    columns = Dimension.flat("kind", ["x", "y", "z"])
    counts = {("a", "x"): 9, ("a", "z"): 6, ("b", "x"): 3, ("c", "x"): 2, ("c", "y"): 12, ("c", "z"): 9}
    plain = build((FLAT, columns), counts)
    worth = {("b", "x"): 50, ("c", "x"): 50}
    table = Table(plain.dimensions, tuple(Fact(fact.key, fact.place, None, worth.get(fact.place, 0)) for fact in plain.facts), "minutes")
    assert audit([suppress(table).release]) == []
    monkeypatch.setattr(Protection, "_secure_hidden", lambda self: None)
    assert any(exposure.exact and exposure.measure for exposure in audit([suppress(table).release]))


def test_a_witness_is_whole():
    """Three sums that share a figure in pairs: the fourth rises by 1 where each of them falls by a half."""
    atoms = [[Fact(f"{atom}{number}", ()) for number in range(9)] for atom in range(4)]
    source = Source(atoms, [(0, 1, 3), (1, 2, 3), (0, 2, 3)])
    system = System([source], Policy(), Budget(10_000))
    Protection([system], Policy(), [set(system.variables[0])], [set()])  # fixes what is shown
    assert system.solver.push(3, 10) and not system.solver.is_whole()
    assert system.search(3, 10)[:4] == [8, 8, 8, 11]


# -- repeated releases -------------------------------------------------------------------------------------------


@st.composite
def overlapping(draw):
    """A table in March, and the same dimensions in June with what was entered later (or without what was corrected away)."""
    dimensions = draw(st.sampled_from([(FLAT,), (YEARS,), (FLAT, TWO)]))
    early = {place: draw(figures) for place in leaves(dimensions)}
    late = {place: draw(st.one_of(st.just(0), st.integers(0, 7))) for place in early}
    return dimensions, early, late


def joint_attack(dimensions, releases):
    """Sites are (place, batch); a release is (published, batches it counts)."""
    batches = sorted({batch for _, counted_batches in releases for batch in counted_batches})
    attack = Attack([(place, batch) for place in leaves(dimensions) for batch in batches], 0)
    for published, counted_batches in releases:
        attack.cap = max(attack.cap, 10 + max(map(len, published.table.cells.values())))
        attack.learn(published, lambda site, key, mine=counted_batches: site[1] in mine and under(dimensions, site[0], key))
    return attack


def small_differences(attack, dimensions, truth):
    """Sets of one batch under one label, with 1 to 4 facts, that cannot be 5 or more for all the attacker knows."""
    found = []
    for key in Table(dimensions, ()).places():
        for batch in {site[1] for site in attack.sites}:
            cell = [site for site in attack.sites if site[1] == batch and under(dimensions, site[0], key)]
            if 0 < sum(truth[site] for site in cell) < 5 and not attack.can_be(cell, 5, attack.cap * len(attack.sites)):
                found.append((key, batch))
    return found


def march_and_june(dimensions, early, late, ledger=True):
    first = suppress(build(dimensions, early, "early"))
    facts = build(dimensions, early, "early").facts + build(dimensions, late, "late").facts
    second = suppress(Table(dimensions, facts), earlier=[first.release] if ledger else ())
    truth = {(place, batch): figure for batch, mine in (("early", early), ("late", late)) for place, figure in mine.items()}
    return first, second, small_differences(joint_attack(dimensions, [(first, {"early"}), (second, {"early", "late"})]), dimensions, truth)


MARCH = {("a", "x"): 3, ("a", "y"): 3, ("b", "x"): 1, ("b", "y"): 3, ("c", "x"): 3, ("c", "y"): 3}
ADDED = {("a", "x"): 4, ("a", "y"): 0, ("b", "x"): 3, ("b", "y"): 3, ("c", "x"): 3, ("c", "y"): 3}


@slow
@given(overlapping())
@example(((FLAT, TWO), MARCH, ADDED))
def test_counting_again_later_does_not_reveal_who_was_added(case):
    first, second, found = march_and_june(*case)
    assert not found
    assert audit([first.release, second.release]) == []


def test_the_audit_finds_the_whole_table_behind_a_corner_with_halves():
    """The corners of what June allows for (b,x) have halves; the table with 8 lies between them and must not be missed."""
    first, second, found = march_and_june((FLAT, TWO), MARCH, ADDED)
    assert not found and second.figures["b", "x"] is None and second.text("b", TOTAL) == "10"
    attack = joint_attack((FLAT, TWO), [(first, {"early"}), (second, {"early", "late"})])
    assert attack.can_be([site for site in attack.sites if site[0] == ("b", "x")], 8, 10)
    assert audit([first.release, second.release]) == []


@slow
@given(overlapping(), st.integers(-3, 9))
@example(((FLAT, TWO), MARCH, ADDED), 4)
def test_the_search_finds_a_whole_table_wherever_there_is_one(case, further):
    """Neither misses one nor invents one: compared with trying all tables, for every hidden cell of June."""
    dimensions, early, late = case
    first, second, _ = march_and_june(*case)
    attack = joint_attack(dimensions, [(first, {"early"}), (second, {"early", "late"})])
    attack.sites = [site for site in attack.sites if (early if site[1] == "early" else late)[site[0]]]  # the others are known to be empty
    releases = (first.release, second.release)
    system = System([Source(mine.atoms, mine.shown + mine.hidden) for mine in releases], Policy(), Budget(10**8))
    cells = [(mine.shown, variables) for mine, variables in zip(releases, system.variables, strict=True)]
    shown = {variable for seen, variables in cells for variable in variables[: len(seen)]}
    for variable in {number for _, variables in cells for number in variables} - shown:
        system.open(variable)
    for variable in shown:
        system.solver.fixed[variable] = True
    for key, figure in second.figures.items():
        if figure is None and not second.dropped:
            facts, cell = second.table.cells[key], [site for site in attack.sites if under(dimensions, site[0], key)]
            variable, = (v for v, parts in enumerate(system.parts) if {f.key for part in parts for f in system.members[part]} == facts)
            goal, sign = len(facts) + further, 1 if further > 0 else -1
            low, high = (goal, 10**6) if sign > 0 else (0, goal)
            assert (system.search(variable, goal, sign) is not None) == attack.can_be(cell, low, high)


@slow
@given(counted([(FLAT,), (YEARS,), (FLAT, TWO)]), st.data())
def test_all_and_all_without_some_does_not_reveal_these(case, data):
    dimensions, counts = case
    gone = {place: data.draw(st.integers(0, count)) for place, count in counts.items()}
    stay = {place: count - gone[place] for place, count in counts.items()}
    facts = build(dimensions, stay, "stay").facts + build(dimensions, gone, "gone").facts
    first = suppress(Table(dimensions, facts))
    second = suppress(build(dimensions, stay, "stay"), earlier=[first.release])
    attack = joint_attack(dimensions, [(first, {"stay", "gone"}), (second, {"stay"})])
    truth = {(place, batch): figure for batch, mine in (("stay", stay), ("gone", gone)) for place, figure in mine.items()}
    assert not small_differences(attack, dimensions, truth)
    assert audit([first.release, second.release]) == []


@slow
@given(counted([(PLACES, FLAT), (YEARS, TWO), (TWO, TWO, TWO)]))
def test_a_table_after_its_own_coarser_and_finer_views(case):
    """Other dimensions over the same facts: a reader lays them side by side."""
    table = build(*case)
    last = len(table.dimensions) - 1
    attack = Attack(leaves(table.dimensions), 10 + len(table.facts))
    ledger = []
    for view, kept in ((table.without(0), slice(1, None)), (table.without(last), slice(0, last)), (table, slice(None))):
        published = suppress(view, earlier=ledger)
        ledger.append(published.release)
        attack.learn(published, lambda site, key, dims=view.dimensions, kept=kept: under(dims, site[kept], key))
        assert audit(ledger) == []
    for key, facts in table.cells.items():
        cell = [site for site in attack.sites if under(table.dimensions, site, key)]
        assert not 0 < len(facts) < 5 or attack.can_be(cell, 5, attack.cap * len(attack.sites))


@slow
@given(counted(), st.integers(1, 3))
def test_asking_again_gives_the_same_and_keeps_the_ledger_sound(case, times):
    table = build(*case)
    first = suppress(table)
    ledger = [first.release]
    for _ in range(times):
        again = suppress(table, earlier=ledger)
        assert dict(again.figures) == dict(first.figures)
        ledger.append(again.release)


def test_a_year_after_its_quarters():
    """The year may show only what its quarters leave open."""
    quarters = Dimension.flat("time", ["Q1", "Q2", "Q3"])
    table = build((quarters,), {("Q1",): 20, ("Q2",): 30, ("Q3",): 3})
    year = Table((), tuple(Fact(fact.key, ()) for fact in table.facts))
    one_by_one = []
    for quarter in quarters.parents:
        facts = tuple(Fact(fact.key, ()) for fact in table.facts if fact.place == (quarter,))
        one_by_one.append(suppress(Table((), facts), earlier=one_by_one and [p.release for p in one_by_one]))
    assert [published.text() for published in one_by_one] == ["20", "30", HIDDEN]
    assert suppress(year).text() == "53"
    assert suppress(year, earlier=[published.release for published in one_by_one]).text() == HIDDEN


def test_releases_of_other_facts_are_no_matter():
    table = build((FLAT,), {("a",): 2, ("b",): 9, ("c",): 20})
    other = suppress(build((FLAT,), {("a",): 2, ("b",): 1, ("c",): 20}, "other")).release
    assert dict(suppress(table, earlier=[other]).figures) == dict(suppress(table).figures)


def test_a_corrected_amount_does_not_show_the_amounts_of_one_person():
    facts = [Fact(number, ("a",), None, 50) for number in range(20)]
    first = suppress(Table((FLAT,), tuple(facts), "minutes"))
    second = suppress(Table((FLAT,), (*facts[1:], Fact(0, ("a",), None, 65)), "minutes"), earlier=[first.release])
    assert first.figures["a",].amount == 1000
    assert audit([first.release, second.release]) == []
    sources = [Source(mine.atoms, mine.shown) for mine in (first.release, second.release)]
    both = System(sources, Policy(), Budget(10_000), amounts=True)
    assert {both.solver.truth[variables[0]] for variables in both.variables} == {1000, 1015}
    left = suppress(Table((FLAT,), tuple(facts[1:]), "minutes"), earlier=[first.release])
    assert left.figures["a",] is None  # 1000 - 950 would be the amount of one


@slow
@given(counted())
def test_the_ledger_survives_storage(case):
    import json

    release = suppress(build(*case)).release
    stored = Release.from_json(json.loads(json.dumps(release.to_json())))
    assert [[fact.key for fact in atom] for atom in stored.atoms] == [[fact.key for fact in atom] for atom in release.atoms]
    assert (stored.shown, stored.hidden, stored.measure) == (release.shown, release.hidden, release.measure)
    table = build(*case)
    assert suppress(table, earlier=[stored]).figures == suppress(table, earlier=[release]).figures


# -- the checks notice when a rule is missing ------------------------------------------------------------------------

HIDE_ONE = {("a", "x"): 2, ("a", "y"): 9, ("b", "x"): 8, ("b", "y"): 12, ("c", "x"): 30, ("c", "y"): 30}


def test_without_secondary_suppression_the_attack_succeeds(monkeypatch):
    table = build((FLAT, TWO), HIDE_ONE)
    assert not exposed(table, suppress(table))
    monkeypatch.setattr(Protection, "run", lambda self: self.must_hide)
    published = suppress(table)
    assert exposed(table, published) == [("a", "x")]
    exposure, = audit([published.release])
    assert exposure.exact and exposure.facts == table.cells["a", "x"]


def test_without_the_margin_the_attack_succeeds(monkeypatch):
    """Hiding a second cell is not enough when both together are small."""
    monkeypatch.setattr(Policy, "count_margin", lambda self, value: 1)
    table = build((FLAT,), {("a",): 2, ("b",): 2, ("c",): 20})
    assert exposed(table, suppress(table)) == [("a",), ("b",)]


def test_without_the_ledger_the_difference_is_found():
    early, late = {("a",): 20, ("b",): 20, ("c",): 9}, {("a",): 2, ("b",): 0, ("c",): 0}
    assert not march_and_june((FLAT,), early, late)[2]
    first, second, found = march_and_june((FLAT,), early, late, ledger=False)
    assert (("a",), "late") in found
    assert audit([first.release, second.release])


# -- limits and bad input ------------------------------------------------------------------------------------------
