"""What people see when something is missing or refuses: one clear line, status not 0, no traceback."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from sozial_setup import __main__ as entry
from sozial_setup import debian, places, postgres, server, steps, tools
from sozial_setup.messages import SetupError

TOP = Path(__file__).resolve().parents[2]


def command(name, *arguments, **environment):
    """Run a command of the project with little in its environment."""
    return subprocess.run(
        ["/bin/sh", str(TOP / "setup" / name), *arguments],
        env={"PATH": "/nonexistent", **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def one_line(text, *parts):
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("error: ")
    for part in parts:
        assert part in lines[0]


@pytest.fixture
def no_python(tmp_path):
    """A path with what a shell script needs, and a Python that is too old."""
    for name in ("dirname", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name))
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    return tmp_path


def test_no_fitting_python_is_one_line(no_python):
    launcher = (TOP / "setup/sozial_setup/launch").read_text()
    setup = no_python / "checkout" / "setup"
    (setup / "sozial_setup").mkdir(parents=True)
    # the same script, without the two places where this machine's own Python may lie
    bare = launcher.replace("/usr/local/bin/python3 /usr/bin/python3", "")
    assert bare != launcher
    (setup / "sozial_setup" / "launch").write_text(bare)
    done = subprocess.run(
        ["/bin/sh", str(setup / "sozial_setup" / "launch"), "run"],
        env={"PATH": str(no_python)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    one_line(done.stderr, "Python 3.10", "SOZIAL_PYTHON")


def fail_with(monkeypatch, capsys, error):
    """Status and error output of a command whose work ends with ``error``."""

    def broken(_arguments):
        raise error

    monkeypatch.setattr(server, "main", broken)
    with pytest.raises(SystemExit) as end:
        entry.main(["run"])
    return end.value.code, capsys.readouterr().err


def test_an_expected_failure_is_one_line(monkeypatch, capsys):
    status, text = fail_with(monkeypatch, capsys, SetupError("no network. Check it."))
    assert status == 1
    one_line(text, "no network")


def test_ctrl_c_leaves_no_traceback(monkeypatch, capsys):
    status, text = fail_with(monkeypatch, capsys, KeyboardInterrupt())
    assert status == 130
    assert "goes on where it stopped" in text
    assert "Traceback" not in text


def test_a_busy_port_names_its_holder_and_the_way_out():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(SetupError) as refusal:
            server.check_port(port)
    assert f"process {os.getpid()}" in str(refusal.value)
    assert "--port" in str(refusal.value)
    server.check_port(port)


def test_a_wrong_port_is_refused():
    with pytest.raises(SetupError, match="no port"):
        server.parse(["--port", "70000"])


def test_too_little_space_says_how_much_is_needed(monkeypatch):
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 2**29))
    with pytest.raises(SetupError, match=r"0\.5 GB free .* 4 GB needed"):
        places.require_space(4, "Odoo 19")


def test_a_failing_program_is_one_line_and_points_to_the_log(tmp_path):
    log = tmp_path / "log"
    with pytest.raises(SetupError, match="no network.*details: ") as refusal:
        steps.run_tool(["sh", "-c", "echo the reason; exit 3"], "no network.", log)
    assert "\n" not in str(refusal.value)
    assert "the reason" in log.read_text()


def test_a_missing_program_is_named(tmp_path):
    with pytest.raises(SetupError, match="program no-such-tool is missing"):
        steps.run_tool(["no-such-tool"], "Install it.", tmp_path / "log")


def test_an_unreachable_archive_is_one_line(tmp_path):
    if not debian.has_apt():
        pytest.fail("this test needs apt")
    apt = debian.PrivateApt(tmp_path, "Types: deb\nURIs: file:/nonexistent\nSuites: sid\nComponents: main\nTrusted: yes\n")
    with pytest.raises(SetupError, match="archive cannot be read. Check the network"):
        apt.update()


def test_a_refusing_postgresql_says_what_to_check(monkeypatch, tmp_path):
    monkeypatch.setenv("PGHOST", str(tmp_path))
    monkeypatch.setenv("PGUSER", "kim")
    with pytest.raises(SetupError, match=r"as kim refuses: .*unset them for the embedded server") as refusal:
        postgres.foreign()
    assert "\n" not in str(refusal.value)


def test_a_missing_browser_is_an_error_for_tests_not_a_skip(monkeypatch, tmp_path):
    monkeypatch.setattr(tools, "find", lambda _names: None)
    monkeypatch.setattr(tools, "BIN", tmp_path)
    monkeypatch.setattr(tools, "_tree", lambda name: tmp_path / name)
    monkeypatch.setattr(debian, "own_sources", lambda: None)
    with pytest.raises(SetupError, match="wkhtmltopdf is missing"):
        tools.ensure(with_browser=True)
    tools.ensure(with_browser=False)  # a running system only cannot print


def test_an_unwritable_checkout_is_one_line(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(places, "RUNTIME", tmp_path / "file" / "below")
    with pytest.raises(SetupError, match="cannot be written"):
        places.prepare_runtime()


@pytest.mark.parametrize("home", ["", "/nonexistent", None])
def test_without_a_usable_home_our_own_is_taken(home):
    environ = {} if home is None else {"HOME": home}
    assert places.usable_home(environ) == str(places.RUNTIME / "home")
