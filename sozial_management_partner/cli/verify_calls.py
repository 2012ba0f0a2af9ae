import argparse
import sys

from odoo.api import SUPERUSER_ID, Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class VerifyCalls(Command):
    """Compute the files of all calls anew and name every entry that is not as it was written."""

    name = "verify_calls"
    description = """
        Compute the hash chains of the files of calls anew.
        Ends with status 1 and names the entries if one does not hold.
        With --anchor, hashes that were printed in a protocol are compared as well.
    """

    def run(self, args):
        """Entry point of ``odoo verify_calls -d DATABASE [--call NUMBER --anchor POSITION:HASH …]``."""
        self.parser.add_argument("--call", help="file number of one call, for example IBV-2026-0001")
        self.parser.add_argument("--company", help="its company, where several companies have a call of this number")
        self.parser.add_argument("--anchor", action="append", default=[], type=_anchor, help="POSITION:HASH from a printed protocol")
        ours, rest = self.parser.parse_known_args(args)
        if ours.anchor and not ours.call:
            self.parser.error("--anchor belongs to one call: add --call NUMBER")
        config.parse_config(rest, setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            self.parser.error("name one database: -d DATABASE")
        with Registry(names[0]).cursor() as cr:
            sys.exit(verify(Environment(cr, SUPERUSER_ID, {}), ours.call, dict(ours.anchor), ours.company))


def verify(env, number=None, anchors=None, company=None, out=sys.stdout):
    """Check one call or all; 1 if something does not hold, 2 if it is not clear which call is meant.

    :param number: of one call; each company counts for itself
    :param anchors: {position: hash} as printed earlier; they are of one call
    :param company: name of the company, where several have this number
    """
    calls = env["sozial.call"].with_context(active_test=False)
    named = [("number", "=", number)] if number else []
    named += [("company_id.name", "=", company)] if company else []
    if anchors and calls.search_count(named, limit=2) > 1:
        out.write(f"{number or 'all calls'}: a printed hash is of one call, and several are meant; name it with --call and --company\n")
        return 2
    last, broken, checked = 0, 0, 0
    while True:
        domain = [("id", ">", last), *named]
        page = calls.search(domain, order="id", limit=100)
        for call in page:
            problems = call._record_problems(anchors)
            position, head = call._record_head()
            found = f"{len(problems)} problems" if problems else f"{position} entries, {head or 'empty'}"
            out.write(f"{call.number}: {found}\n")
            out.writelines(f"  {problem}\n" for problem in problems)
            broken += bool(problems)
        checked += len(page)
        if len(page) < 100:
            break
        last = page[-1].id
    if number and not checked:
        out.write(f"{number}: no such call\n")
        return 2
    return 1 if broken else 0


def _anchor(text):
    position, _colon, value = text.partition(":")
    if not position.isdigit() or len(value) != 64:
        raise argparse.ArgumentTypeError(f"{text!r}: POSITION:HASH with a hash of 64 characters")
    return int(position), value
