"""The public programme with 2,000 sessions, as a visitor's browser asks for it: through Odoo's whole web stack, in this process."""

import datetime as dt
import time

from werkzeug.test import Client

import odoo.http
import odoo.sql_db
from odoo import Command

SESSIONS, ACTIVITIES, WEEKS = 2_000, 40, 14
HERE = {"REMOTE_ADDR": "127.0.0.1"}
# server time of a page and its queries with warm caches; whoever lets them rise says why
LIMIT, PINNED = 0.150, 24


class Programme:
    """A company with published activities, a seventh of the sessions on the page of the next two weeks."""

    def __init__(self, env):
        company = env["res.company"].create({"name": "Bench Programme"})
        env.user.company_ids |= company
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        groups = env["sozial.target.group"].search([], limit=3)
        centres = env["sozial.centre"].create([{"name": f"Centre {number}", "company_id": company.id} for number in range(8)])
        activities = env["sozial.activity"].create(
            [
                {
                    "name": f"Activity {number}", "centre_id": centres[number % len(centres)].id, "published": True,
                    "summary": "For everybody who likes to come.", "cost": number % 3,
                    "target_group_ids": [Command.set(groups[number % 3 :].ids)],
                }
                for number in range(ACTIVITIES)
            ]
        )  # fmt: skip
        activities.action_run()
        today = dt.date.today()
        monday = dt.datetime.combine(today - dt.timedelta(days=today.weekday()), dt.time(7))
        step = dt.timedelta(weeks=WEEKS) / SESSIONS
        starts = [(monday + number * step).replace(microsecond=0) for number in range(SESSIONS)]
        env["sozial.activity.session"].create(
            [
                {
                    "activity_id": activities[number % ACTIVITIES].id, "place": "Foyer",
                    "start": start, "stop": start + dt.timedelta(hours=1),
                }
                for number, start in enumerate(starts)
            ]
        )  # fmt: skip
        env.cr.commit()
        env.cr.execute("ANALYZE sozial_activity_session")
        env.cr.commit()
        self.client = Client(odoo.http.root)
        slug = env["ir.http"]._slug((company.id, company.name))
        self.path = f"/sozial/{slug}/programm"
        self.queries = 0

    def page(self, query=""):
        """Seconds of a page; its queries are kept."""
        queries, started = odoo.sql_db.sql_counter, time.perf_counter()
        answer = self.client.get(self.path + query, environ_overrides=HERE)
        text = answer.get_data(as_text=True)
        taken, self.queries = time.perf_counter() - started, odoo.sql_db.sql_counter - queries
        if answer.status_code != 200 or text.count("Activity ") < SESSIONS / WEEKS / 2:
            raise RuntimeError(f"{self.path}{query}: answered {answer.status_code}, without its sessions")
        return taken
