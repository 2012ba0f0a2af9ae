"""Rules for every test of this project, pure or on a database."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from sozial_setup.databases import copy_files
from sozial_setup.places import common_addons, own_addons

# The same examples in every run, so that a red run can be repeated, and no stop-watch on a
# busy machine. HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_ignore_collect(collection_path):
    """Glue to heavy addons of Odoo is tested where these are installed: see ``tests/lifecycle/test_glue.py``."""
    if collection_path.name == "tests" and (collection_path.parent / "__manifest__.py").exists():
        return True if collection_path.parent.name in set(own_addons()) - set(common_addons()) else None
    return None


def pytest_collect_directory(path, parent):
    """Take every folder as a plain one.

    As a package, an addon's ``tests/__init__.py`` would be imported for the pure tests below
    it too, and that one needs Odoo.
    """
    return pytest.Dir.from_parent(parent, path=path)


@pytest.fixture(scope="session", autouse=True)
def own_filestore(request):
    """Give each worker the filestore of its own database.

    The plugin for Odoo makes all workers share one, and then the collection of unused files in
    one worker deletes what a test in another has just written.
    """
    if not request.config.pluginmanager.hasplugin("odoo") or "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    request.getfixturevalue("load_registry")
    from odoo.tests.common import get_db_name  # not there in a run without Odoo
    from odoo.tools import config

    shared = Path(config.filestore(get_db_name()))
    del config.filestore  # what the plugin put before the method
    own = Path(config.filestore(get_db_name()))
    copy_files(shared, own)
    yield
    shutil.rmtree(own, ignore_errors=True)
    config.filestore = lambda name: str(shared)  # the plugin takes it away itself


@pytest.fixture(scope="session", autouse=True)
def patient_browser(own_filestore, request):
    """Wait a minute for a browser to start: when each worker starts one, Odoo's ten seconds are too short at times."""
    if request.config.pluginmanager.hasplugin("odoo") and "PYTEST_XDIST_WORKER" in os.environ:
        from odoo.tests import common  # not there in a run without Odoo

        common.CHECK_BROWSER_ITERATIONS = 600  # each a tenth of a second


def _fail(report, where):
    """A skipped test proves nothing: a missing browser or PDF tool must not look green."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{where}: {reason}\nA skip counts as a failure here."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    _fail(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    _fail(report, collector.nodeid)
    return report
