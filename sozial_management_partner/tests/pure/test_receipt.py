"""Receipts: random numbers, a fingerprint that stands for the whole content."""

import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import given
from hypothesis import strategies as st
from sealing import receipt

documents = st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.lists(st.text()))


def test_numbers_are_random_and_readable():
    numbers = {receipt.new_number() for _turn in range(2000)}
    assert len(numbers) == 2000
    for number in numbers:
        assert len(number) == 14
        assert set(number) <= {*receipt.ALPHABET, "-"}
    assert not set("ILOU") & set(receipt.ALPHABET)
    assert len({receipt.new_token() for _turn in range(2000)}) == 2000


@given(documents)
def test_the_file_at_home_has_the_sum_on_the_receipt(document):
    written = receipt.canonical(document)
    assert json.loads(written) == document
    assert hashlib.sha256(written).hexdigest() == receipt.fingerprint(document)


@given(documents, documents)
def test_other_contents_have_other_sums(one, other):
    assert (one == other) == (receipt.fingerprint(one) == receipt.fingerprint(other))


def test_the_order_of_keys_does_not_matter():
    assert receipt.fingerprint({"a": "1", "b": "2"}) == receipt.fingerprint({"b": "2", "a": "1"})
