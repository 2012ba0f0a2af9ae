"""``./setup/odoo ARGS``: Odoo's own command line on the demo environment."""

from . import prepare


def main(arguments):
    """Run Odoo in the foreground with the caller's input, output and arguments."""
    with prepare.environment("demo") as odoo:
        return odoo.call(*arguments)
