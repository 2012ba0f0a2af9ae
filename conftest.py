"""Rules for every test of this project, pure or on a database."""

import os

import pytest
from hypothesis import settings

# The same examples in every run, so that a red run can be repeated, and no stop-watch on a
# busy machine. HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_collect_directory(path, parent):
    """Take every folder as a plain one.

    As a package, an addon's ``tests/__init__.py`` would be imported for the pure tests below
    it too, and that one needs Odoo.
    """
    return pytest.Dir.from_parent(parent, path=path)


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
