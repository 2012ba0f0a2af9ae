"""The difference of two notices: all of it, and nothing else."""

import json

from hypothesis import given
from hypothesis import strategies as st
from procedure.notice import ADDED, CHANGED, REMOVED, Change, difference, pieces, touches

SHORT = st.text(max_size=4)
ROW = st.fixed_dictionaries({"key": st.sampled_from("abcd"), "text": SHORT})
ROWS = st.lists(ROW, max_size=4, unique_by=lambda row: row["key"])
SECTIONS = st.dictionaries(st.sampled_from("xyz"), SHORT)
DAYS = st.integers(0, 2) | st.booleans()
NOTICES = st.fixed_dictionaries({}, optional={"deadline": SHORT, "days": DAYS, "lots": ROWS, "sections": SECTIONS})


def test_what_people_read():
    north, south, east = ({"key": key, "name": name} for key, name in (("1", "Nord"), ("2", "Süd"), ("3", "Ost")))
    before = {"deadline": "10:00", "sections": {"aims": "old"}, "lots": [north, south]}
    after = {"deadline": "12:00", "sections": {"aims": "old", "rooms": "new"}, "lots": [south, east]}
    assert difference(before, after) == [
        Change(("deadline",), CHANGED, "10:00", "12:00"),
        Change(("sections", "rooms"), ADDED, None, "new"),
        Change(("lots", "3"), ADDED, None, east),
        Change(("lots", "1"), REMOVED, north, None),
    ]


def test_order_of_rows_counts():
    rows = [{"key": "1"}, {"key": "2"}]
    assert difference({"lots": rows}, {"lots": rows[::-1]}) == [Change(("lots", "order"), CHANGED, ["1", "2"], ["2", "1"])]


def test_material_is_at_below_or_above_a_path():
    changes = difference({"lots": [{"key": "1", "weight": 30}]}, {"lots": [{"key": "1", "weight": 40}]})
    assert [change.path for change in changes] == [("lots", "1", "weight")]
    assert touches(changes, [("lots",)])
    assert touches(changes, [("lots", "1", "weight")])
    assert not touches(changes, [("deadline",), ("lots", "2")])
    assert touches(difference({}, {"lots": []}), [("lots", "1")])
    assert not touches([], [("lots",)])


@given(NOTICES, NOTICES)
def test_no_difference_means_equal(before, after):
    same = json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
    assert (difference(before, after) == []) == same
    assert difference(before, before) == []


@given(NOTICES, NOTICES)
def test_the_way_back_has_as_many_steps(before, after):
    there, back = difference(before, after), difference(after, before)
    assert sorted(change.path for change in there) == sorted(change.path for change in back)


@given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
def test_pieces_hold_both_texts(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != ADDED) == before
    assert "".join(piece.text for piece in found if piece.kind != REMOVED) == after


def test_pieces_by_word():
    assert pieces("Frist am Montag", "Frist am Freitag") == [("same", "Frist am "), (REMOVED, "Montag"), (ADDED, "Freitag")]
