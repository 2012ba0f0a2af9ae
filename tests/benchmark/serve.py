"""Odoo's command as a file: with worker processes Odoo starts itself a second time by the file's name."""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
