"""Steps survive an interruption; databases are keyed by what matters; paths are understood."""

import os

import pytest

from sozial_setup import bench, databases, places, steps, testing


def test_an_interrupted_step_leaves_nothing_that_looks_complete(tmp_path):
    target = tmp_path / "tree"
    with pytest.raises(KeyboardInterrupt), steps.staged(target, "key") as stage:
        (stage / "half").touch()
        raise KeyboardInterrupt
    assert not target.exists()
    with steps.staged(target, "key") as stage:
        assert not (stage / "half").exists()
        (stage / "whole").touch()
    assert steps.is_complete(target, "key")
    assert not steps.is_complete(target, "another key")
    assert (target / "whole").exists()


def test_a_new_key_replaces_the_old_tree(tmp_path):
    target = tmp_path / "tree"
    for key in ("one", "two"):
        with steps.staged(target, key) as stage:
            (stage / key).touch()
    assert sorted(path.name for path in target.iterdir()) == [steps.STAMP, "two"]


def test_read_only_folders_can_be_removed(tmp_path):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "file").touch()
    folder.chmod(0o500)
    steps.remove_tree(tmp_path / "a")
    assert not (tmp_path / "a").exists()


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with two addons, the second named to come first but depending on the other."""
    for name, depends in (("b_base", ["mail"]), ("a_top", ["b_base", "portal"])):
        (tmp_path / name / "tests").mkdir(parents=True)
        (tmp_path / name / "models.py").touch()
        (tmp_path / name / "__manifest__.py").write_text(repr({"name": name, "depends": depends}))
    monkeypatch.setattr(places, "TOP", tmp_path)
    monkeypatch.setattr(databases, "TOP", tmp_path)
    monkeypatch.setattr(testing, "TOP", tmp_path)
    return tmp_path


def test_addons_come_after_what_they_depend_on(checkout):
    assert list(places.own_addons()) == ["b_base", "a_top"]
    assert places.foreign_dependencies() == ["mail", "portal"]


def test_glue_to_heavy_addons_stays_out_of_the_templates(checkout):
    glue = checkout / "c_glue"
    glue.mkdir()
    (glue / "__manifest__.py").write_text(repr({"name": "c", "depends": ["b_base", "account"], "auto_install": True}))
    assert "c_glue" in places.own_addons()
    assert "c_glue" not in places.common_addons()
    assert places.foreign_dependencies() == ["mail", "portal"]


@pytest.mark.parametrize(
    ("file", "matters"),
    [
        ("b_base/models.py", True),
        ("b_base/i18n_de.po", True),
        ("a_top/data.xml", True),
        ("a_top/tests/test_x.py", False),
        ("a_top/README.md", False),
        ("a_top/i18n.pot", False),
    ],
)
def test_the_template_follows_what_shapes_a_database(checkout, file, matters):
    before = databases.addons_hash()
    (checkout / file).write_text("changed")
    assert (databases.addons_hash() != before) is matters


def test_browser_tests_are_loaded_from_files_so_their_change_matters_not(checkout):
    before = databases.addons_hash()
    (checkout / "a_top" / "static" / "tests").mkdir(parents=True)
    (checkout / "a_top" / "static" / "tests" / "tour.js").touch()
    assert databases.addons_hash() == before


def test_paths_are_found_from_the_callers_folder_and_from_the_checkout(checkout, monkeypatch):
    test = checkout / "a_top" / "tests" / "test_x.py"
    test.touch()
    monkeypatch.chdir(checkout / "a_top")
    for spelled in ("tests/test_x.py::TestX", "a_top/tests/test_x.py::TestX"):
        assert testing.locate([spelled]) == ([f"{test}::TestX"], [test])


def test_the_value_of_an_option_is_no_path(checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    assert testing.locate(["-k", "a_top"]) == (["-k", "a_top"], [])


def test_pure_tests_are_known_by_their_folder(checkout):
    assert testing.is_pure(checkout / "a_top/tests/pure/test_x.py")
    assert testing.is_pure(checkout / "tests/setup")
    assert not testing.is_pure(checkout / "a_top/tests")


def test_filestores_are_copied_not_shared(tmp_path):
    origin, target = tmp_path / "origin", tmp_path / "target"
    (origin / "ab").mkdir(parents=True)
    (origin / "ab" / "abc").write_text("content")
    databases.copy_files(origin, target)
    (origin / "ab" / "abc").unlink()
    assert (target / "ab" / "abc").read_text() == "content"


def test_dead_runs_are_told_from_living_ones():
    assert databases._is_alive(str(os.getpid()))
    assert not databases._is_alive("999999999")
    assert not databases._is_alive("nonsense")


def test_the_benchmark_table_tells_ratio_and_goal():
    rows = [bench.Row("first import", 2.0, "load()", 8.0, goal=3), bench.Row("repeat", 1.0, "load()", 8.0, goal=20)]
    text = bench.table(rows)
    assert "4.0" in text and "8.0" in text
    assert [line.split()[-1] for line in text.splitlines()[1:]] == ["yes", "NO"]
