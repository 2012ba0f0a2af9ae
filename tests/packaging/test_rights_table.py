"""The printed tables of rights say what the tests try."""

import pytest

from sozial_setup import rights_table


def test_there_is_a_matrix():
    assert "sozial_management" in rights_table.addons_with_matrix()


@pytest.mark.parametrize("addon", rights_table.addons_with_matrix())
def test_printed_table_is_up_to_date(addon):
    assert rights_table.target(addon).read_text() == rights_table.render(addon), "run ./setup/lint --rights"


@pytest.mark.parametrize("addon", rights_table.addons_with_matrix())
def test_every_model_has_its_description(addon):
    text = rights_table.render(addon)
    data = rights_table._data(addon)
    assert [model for model in data.MATRIX if f"| `{model}` |" not in text] == []
    assert [model for model in data.MATRIX if f"| {model} |" in text] == [], "a model without _description beside _name"
