"""What is fetched through npm: exactly the expected file, or nothing of it."""

import base64
import hashlib
import io
import shutil
import tarfile

import pytest

from sozial_setup import npm, steps, tools
from sozial_setup.messages import SetupError


@pytest.fixture
def fetched(monkeypatch, tmp_path):
    """Have npm fetch a small archive; return its SHA-512 as npm writes it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        entry = tarfile.TarInfo("package/script.js")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"good"))
    monkeypatch.setattr(npm, "RUNTIME", tmp_path)
    monkeypatch.setattr(
        steps, "run_tool", lambda _command, _problem, _log, cwd, env: (cwd / "script-1.0.0.tgz").write_bytes(packed.getvalue())
    )
    return base64.b64encode(hashlib.sha512(packed.getvalue()).digest()).decode()


def test_the_expected_file_is_returned(fetched, tmp_path):
    assert npm.file_of("script@1.0.0", fetched, "script.js", "a script", tmp_path / "log") == b"good"


@pytest.mark.usefixtures("fetched")
def test_nothing_is_used_of_a_package_with_another_checksum(tmp_path):
    with pytest.raises(SetupError, match=r"checksum differs\)\. Nothing was used of it"):
        npm.file_of("script@1.0.0", "another", "script.js", "a script", tmp_path / "log")


def test_without_npm_only_the_test_of_accessible_pages_misses_something(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(tools, "RUNTIME", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda *_args, **_options: None)
    tools._ensure_axe()
    assert "npm is not here" in "".join(capsys.readouterr())
    assert not tools.axe_script().exists()
