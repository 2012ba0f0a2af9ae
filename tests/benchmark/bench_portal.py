"""The partners' portal beside OCA's `/my/tickets`: whole pages, as a browser asks for them.

5,000 referrals to 300 organisations, each with an agreement and reports, and as many tickets of the same
organisations; one organisation has a fifth of both, and its user is the one who asks. Pages go
through Odoo's whole web stack in this very process (session, access, template), so that seconds and
queries are counted alike. Both lists show 20 rows. Pages take turns.

Each of our pages has a pinned number of queries, which is counted on top.
"""

import os
import re
import sys
import time

from werkzeug.test import Client

import odoo.http
import odoo.sql_db
from odoo import Command

from sozial_setup.bench import FOLDER, Row
from sozial_setup.bench_tools import install_peer, side_by_side

sys.path.append(str(FOLDER))

from bench_cases import PEER, multiply

REFERRALS = int(os.environ.get("BENCH_REFERRALS", 5_000))
ORGANISATIONS = int(os.environ.get("BENCH_ORGANISATIONS", 300))
MINE = REFERRALS // 5
TURNS, PAGE = int(os.environ.get("BENCH_TURNS", 30)), 20
PASSWORD = "bench.portal"
NOT_SLOWER = 1.0
HERE = {"REMOTE_ADDR": "127.0.0.1"}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# Queries of one page with warm caches; whoever lets one rise says why.
PINNED = {
    "list of referrals": 9, "referral": 9, "list of agreements": 10, "list of reports": 10, "report": 9, "evidence": 9,
    "agreement": 12,  # with its rooms and its consultation hours
}  # fmt: skip


class World:
    """Organisations, agreements, referrals, reports; and as many tickets. All made by the ORM once and copied."""

    def __init__(self, env):
        self.env = env
        self.company = env.ref("base.main_company")
        demo = env.ref("sozial_management_partner.demo_referral_sent").sudo()
        self.agreement = env.ref("sozial_management_partner.demo_agreement_visits")
        self.agreement.action_make_duties()
        self.partners = self._organisations(demo.partner_id)
        # the first organisation has every fifth referral, the others share the rest
        self.partner_of = f"CASE WHEN n % 5 = 0 THEN {self.partners[0]} ELSE {self.partners[0]} + 1 + n % {ORGANISATIONS - 1} END"
        agreements = self._rows(
            multiply(
                env, self.agreement, ORGANISATIONS,
                {
                    "partner_id": f"{self.partners[0]} + n", "number": "'BENCH-' || n", "token": "'bench-agreement-' || n",
                    "award_id": "NULL",
                },
            ),
            "token LIKE 'bench-agreement-%%'",
        )  # fmt: skip
        self.first_agreement = agreements[0]
        self._referrals(demo)
        self._reports()
        self._evidence()
        self._tickets()
        self.user = env["res.users"].with_context(no_reset_password=True).create(
            {"name": "Bench", "login": "bench.portal", "password": PASSWORD, "company_id": self.company.id, "lang": "de_DE",
             "tz": "Europe/Berlin", "company_ids": [Command.set(self.company.ids)],
             "group_ids": [Command.set(env.ref("base.group_portal").ids)]}
        )  # fmt: skip
        self.user.partner_id.write({"parent_id": self.partners[0], "company_id": self.company.id})

    def _rows(self, table, where):
        self.env.cr.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY id")
        return [number for [number] in self.env.cr.fetchall()]

    def _organisations(self, template):
        named = {"name": "'Bench-Verein ' || n", "complete_name": "'Bench-Verein ' || n"}
        multiply(self.env, template, ORGANISATIONS, named)
        self.env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE name LIKE 'Bench-Verein %%'")
        self.env.invalidate_all()
        return self._rows("res_partner", "name LIKE 'Bench-Verein %%'")

    def _referrals(self, demo):
        env, share = self.env, demo.share_id
        number = {"number": "'BENCH-' || lpad(n::text, 6, '0')"}
        agreement_of = f"{self.first_agreement} + ({self.partner_of}) - {self.partners[0]}"
        own = {"partner_id": self.partner_of, "agreement_id": agreement_of}
        state = {"state": "(ARRAY['sent', 'asked', 'accepted', 'contact', 'help'])[1 + n / 7 % 5]"}
        table = multiply(env, share, REFERRALS, {**number, **own, **state, "token": "'bench-share-' || n"})
        shares = self._rows(table, "token LIKE 'bench-share-%%'")
        multiply(env, demo, REFERRALS, {**number, **own, **state, "share_id": f"{shares[0]} + n", "tenant_token": "NULL"})
        multiply(env, share.line_ids[:1], 4 * REFERRALS, {"share_id": f"{shares[0]} + n / 4"})
        message = env["sozial.referral.message"].create({"share_id": share.id, "author_name": "Bench", "body": "Wann passt es?"})
        multiply(env, message, 2 * REFERRALS, {"share_id": f"{shares[0]} + n / 2"})

    def _reports(self):
        template = self.env["sozial.agreement.report"].search([("agreement_id", "=", self.agreement.id)], limit=1)
        number = f"n % {ORGANISATIONS}"
        multiply(
            self.env, template, 8 * ORGANISATIONS,
            {
                "agreement_id": f"{self.first_agreement} + {number}", "partner_id": f"{self.partners[0]} + {number}",
                "agreement_number": f"'BENCH-' || {number}", "token": "'bench-report-' || n",
                "period_start": f"date '2020-01-01' + (n / {ORGANISATIONS}) * 90",
                "period_end": f"date '2020-03-30' + (n / {ORGANISATIONS}) * 90",
            },
        )  # fmt: skip

    def _evidence(self):
        evidence = self.env["sozial.evidence"].search([("partner_id", "=", self.agreement.partner_id.id)], limit=1)
        multiply(self.env, evidence, 4 * ORGANISATIONS, {"partner_id": f"{self.partners[0]} + n % {ORGANISATIONS}"})

    def _tickets(self):
        stages = self.env["helpdesk.ticket.stage"].search([("closed", "=", False)], limit=10)
        first = self.env["helpdesk.ticket"].create(
            {"name": "Begleitung gesucht", "description": "<p>Braucht Begleitung zu zwei Terminen.</p>", "partner_id": self.partners[0]}
        )
        multiply(
            self.env, first, REFERRALS,
            {
                "number": "'HT9' || lpad(n::text, 6, '0')", "name": "'Begleitung gesucht ' || n", "partner_id": self.partner_of,
                "commercial_partner_id": self.partner_of, "stage_id": f"(ARRAY{stages.ids}::int[])[1 + n / 7 % {len(stages)}]",
            },
        )  # fmt: skip
        tickets = self._rows("helpdesk_ticket", "number LIKE 'HT9%%'")
        note = self.env["helpdesk.ticket"].browse(tickets[0]).message_post(
            body="Wann passt es?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )  # fmt: skip
        multiply(self.env, note, 2 * REFERRALS, {"res_id": f"{tickets[0]} + n / 2", "message_id": "'<portal' || n || '@bench>'"})
        self.tickets = [number for place, number in enumerate(tickets) if place % 5 == 0]


class Browser:
    """A session of the portal user, in this process."""

    def __init__(self, login):
        self.client = Client(odoo.http.root)
        page = self.client.get("/web/login", environ_overrides=HERE).get_data(as_text=True)
        form = {"login": login, "password": PASSWORD, "csrf_token": TOKEN.search(page).group(1)}
        answer = self.client.post("/web/login", data=form, environ_overrides=HERE)
        if answer.status_code != 303:
            raise RuntimeError("the login failed")

    def get(self, address, must):
        """Seconds and queries of a page.

        :param must: a text that stands on it
        """
        queries, started = odoo.sql_db.sql_counter, time.perf_counter()
        answer = self.client.get(address, environ_overrides=HERE)
        text = answer.get_data(as_text=True)
        taken = time.perf_counter() - started, odoo.sql_db.sql_counter - queries
        if answer.status_code != 200 or must not in text:
            raise RuntimeError(f"{address}: answered {answer.status_code}, without {must}")
        return taken


def run(env):
    """The table of `setup/bench portal`."""
    env = install_peer(env, "helpdesk_mgmt", PEER)
    world = World(env)
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk

    CustomerPortalHelpdesk._items_per_page = PAGE
    env.registry.clear_all_caches()
    browser, turn = Browser("bench.portal"), iter(range(10**9))

    def ours(address, must, every=1, of=None):
        """Another row each time, so that nothing is remembered."""
        return lambda: browser.get(address.format(next(turn) % of * every if of else ""), must)

    def ticket():
        return browser.get(f"/my/ticket/{world.tickets[next(turn) % len(world.tickets)]}", "Begleitung gesucht")

    def tickets():
        return browser.get(f"/my/tickets/page/{1 + next(turn) % 3}", "Begleitung gesucht")

    pages = [
        ("list of referrals", ours("/my/referrals/page/{}", "BENCH-", of=3), tickets),
        ("referral", ours("/my/referrals/bench-share-{}", "BENCH-", every=5, of=MINE), ticket),
        ("list of agreements", ours("/my/agreements", "bench-agreement-"), tickets),
        ("agreement", ours("/my/agreements/bench-agreement-0", "BENCH-0"), ticket),
        ("list of reports", ours("/my/reports", "bench-report-"), tickets),
        ("report", ours("/my/reports/bench-report-{}", "BENCH-0", every=ORGANISATIONS, of=8), ticket),
        ("evidence", ours("/my/evidence", "/my/evidence/add"), tickets),
    ]
    rows = []
    for name, mine, theirs in pages:
        rows += compare(name, mine, theirs)
    return rows


def compare(name, mine, theirs):
    """Rows of one page: time and queries beside the peer's page, and the pinned number."""
    queries = [0, 0]

    def measured(position, page):
        taken, queries[position] = page()
        return taken

    seconds = side_by_side(lambda: measured(0, mine), lambda: measured(1, theirs), times=TURNS)
    peer = "/my/tickets" if theirs.__name__ == "tickets" else "/my/ticket/ID"
    return [
        Row(name, seconds[0], peer, seconds[1], NOT_SLOWER),
        Row(name, queries[0], peer, queries[1], NOT_SLOWER, "queries"),
        Row(name, queries[0], "pinned", PINNED[name], NOT_SLOWER, "queries"),
    ]
