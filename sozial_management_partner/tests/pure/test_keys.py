"""Keys of a call: what opens, and what does not."""

import itertools
import unicodedata

import pytest
from sealing import keys

SECRET = bytes(range(32))


def test_what_is_sealed_opens_with_its_key_only():
    private, public = keys.new_pair()
    sealed = keys.seal(public, b"Zaunkoenig", b"about")
    assert b"Zaunkoenig" not in sealed
    assert keys.unseal(private, sealed, b"about") == b"Zaunkoenig"
    for key, blob, about in (
        (keys.new_pair()[0], sealed, b"about"),
        (private, sealed, b"another call"),
        (private, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"about"),
        (private, bytes(32) + sealed[32:], b"about"),
        (private, b"", b"about"),
    ):
        with pytest.raises(keys.WrongKey):
            keys.unseal(key, blob, about)
    assert keys.seal(public, b"x") != keys.seal(public, b"x")


def test_any_two_parts_bring_it_back():
    parts = keys.split(SECRET)
    for one, other in itertools.permutations(parts, 2):
        assert keys.join(one, other) == SECRET


def test_one_part_is_not_enough():
    parts = keys.split(SECRET)
    for part in parts:
        with pytest.raises(keys.WrongKey):
            keys.join(part, part)
        assert SECRET not in part
    with pytest.raises(keys.WrongKey):
        keys.join(parts[0], parts[1][:-1])
    assert keys.join(parts[0], keys.split(SECRET)[1]) != SECRET, "a part of another splitting gives another secret"


def test_parts_are_random():
    """The same secret gives other parts: none of them is a function of the secret alone."""
    first, second = keys.split(SECRET), keys.split(SECRET)
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_a_passphrase_opens_its_own_lock():
    locked = keys.lock(SECRET, "ein langer Satz, den nur ich kenne")
    assert SECRET not in locked
    assert keys.unlock(locked, "ein langer Satz, den nur ich kenne") == SECRET
    with pytest.raises(keys.WrongKey):
        keys.unlock(locked, "ein langer Satz, den nur ich Kenne")


def test_a_code_is_read_as_people_type_it():
    code = keys.to_code(SECRET)
    assert code.startswith("SM1-")
    assert keys.from_code(code.lower().replace("-", "  ")) == SECRET
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    for text in ("", None, "ein langer Satz", code[:-5], wrong, code.replace("SM1", "SM2")):
        assert keys.from_code(text) is None


def test_an_umlaut_opens_from_every_keyboard():
    locked = keys.lock(SECRET, "fünf Füchse im Garten")
    assert keys.unlock(locked, unicodedata.normalize("NFD", "fünf Füchse im Garten")) == SECRET
