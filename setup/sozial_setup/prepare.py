"""What every command needs before it starts."""

import contextlib

from . import odoo_source, places, postgres, python_env, tools
from .odoo_command import OdooCommand


@contextlib.contextmanager
def environment(name, with_tests=False, extra=None):
    """Yield an ``OdooCommand`` on the server ``name`` with everything in place.

    :param with_tests: also the test tools and a browser, missing ones are an error
    """
    places.prepare_runtime()
    with places.exclusive():
        python = python_env.ensure(with_tests)
        odoo = odoo_source.ensure()
        tools.ensure(with_browser=with_tests)
    with postgres.server(name) as connection:
        yield OdooCommand(name, odoo, python, connection, extra)
