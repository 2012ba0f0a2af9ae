"""Reading the machine's apt sources, Odoo folders and PostgreSQL variables."""

import pytest

from sozial_setup import debian, odoo_source, postgres
from sozial_setup.messages import SetupError

DEB822 = """\
# a comment
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""
ONE_LINE = """\
# deb http://off.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] http://mirror.example/debian bookworm main contrib # note
deb-src http://mirror.example/debian bookworm main
deb http://third.example/apt stable main
deb http://third.example/pg bookworm-pgdg main
"""


def write_sources(etc, one_line="", deb822=""):
    (etc / "sources.list.d").mkdir(parents=True)
    (etc / "sources.list").write_text(one_line)
    (etc / "sources.list.d" / "debian.sources").write_text(deb822)
    (etc / "sources.list.d" / "old.list.save").write_text("deb http://off.example/debian bookworm main\n")
    return debian.machine_sources(etc)


def test_deb822_sources_are_read_with_an_inline_key(tmp_path):
    entries = write_sources(tmp_path, deb822=DEB822)
    assert [entry["uris"] for entry in entries] == [["http://mirror.example/debian"], ["http://mirror.example/debian-security"]]
    mirror = debian.mirror_entry(entries, "bookworm")
    assert mirror["suites"] == ["bookworm", "bookworm-updates"]
    text = debian.stanza(mirror, ["sid"], "/keyring.gpg")
    assert "Suites: sid\nComponents: main\n" in text
    assert "BEGIN PGP" in text
    assert "/keyring.gpg" not in text


def test_one_line_sources_are_read_with_their_key(tmp_path):
    entries = write_sources(tmp_path, one_line=ONE_LINE)
    mirror = debian.mirror_entry(entries, "bookworm")
    assert mirror["uris"] == ["http://mirror.example/debian"]
    assert mirror["components"] == ["main", "contrib"]
    assert mirror["signed-by"] == "/usr/share/keyrings/a.gpg"
    assert len(debian.distribution_sources(entries, "bookworm")) == 1


def test_security_alone_is_no_mirror(tmp_path):
    entries = write_sources(tmp_path, one_line="deb http://mirror.example/debian-security bookworm-security main\n")
    assert debian.mirror_entry(entries, "bookworm") is None


def test_no_sources_at_all(tmp_path):
    assert debian.machine_sources(tmp_path / "nothing") == []


def odoo_folder(folder, version):
    (folder / "odoo" / "addons").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = ({version}, 0, FINAL, 0, '')\n")
    return folder


def test_odoo_home_may_be_a_checkout_or_installed_packages(tmp_path):
    checkout = odoo_folder(tmp_path / "checkout", "19, 0")
    assert odoo_source.find_package(checkout) == checkout / "odoo"
    unpacked = odoo_folder(tmp_path / "deb" / "usr/lib/python3/dist-packages", "19, 0")
    assert odoo_source.find_package(tmp_path / "deb") == unpacked / "odoo"
    assert odoo_source.series_of(unpacked / "odoo") == (19, 0)


@pytest.mark.parametrize("version", ["18, 0", "'saas~19', 2"])
def test_another_odoo_is_refused_with_its_version(tmp_path, version):
    home = odoo_folder(tmp_path, version)
    with pytest.raises(SetupError, match="needed is 19.0") as refusal:
        odoo_source.existing(home)
    assert "\n" not in str(refusal.value)


def test_a_folder_without_odoo_is_refused(tmp_path):
    with pytest.raises(SetupError, match="holds no Odoo"):
        odoo_source.existing(tmp_path)


def test_database_url_names_the_server():
    given = postgres.parse_given({"DATABASE_URL": "postgresql://kim:se%40cret@db.example:5433/x?sslmode=require"})
    assert given == {"host": "db.example", "port": "5433", "user": "kim", "password": "se@cret", "sslmode": "require"}


def test_postgres_variables_name_the_server():
    given = postgres.parse_given({"PGHOST": "/run/pg", "PGUSER": "kim"})
    assert (given["host"], given["port"], given["user"]) == ("/run/pg", "5432", "kim")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b:port/c", "nonsense"])
def test_a_wrong_database_url_is_refused(url):
    with pytest.raises(SetupError, match="DATABASE_URL"):
        postgres.parse_given({"DATABASE_URL": url})


def test_own_server_unless_the_caller_names_one():
    assert not postgres.given_by_caller({"PGUSER": "kim", "HOME": "/root"})
    assert postgres.given_by_caller({"PGPORT": "5433"})
