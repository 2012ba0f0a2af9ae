"""Daily work with cases beside Odoo's `project.task` and OCA's `helpdesk.ticket`.

Each has 50,000 records with 500,000 notes, filled by SQL in the same way: one record made by the ORM and
copied by the database. Notes are contact notes in ours, messages of the chatter in the others. Everybody
works as an ordinary user with all rules on: a team of 25, each in charge of as many records, 60 of them open.
Ours has grants beside that, as years of work leave them: two heads, colleagues, stand-ins that ran out.

Measured is what a browser asks for: the fields of each one's own views, read by the methods that the web
client calls, down to the flush that writes the access log of ours. A form is opened with the chatter beside
it. The three take turns. Statistics are renewed after filling, as a server that runs does by itself.
"""

import os
import time

from lxml import etree
from psycopg2 import sql

from odoo import Command

from odoo.addons.mail.tools.discuss import Store

from sozial_setup.bench import Row
from sozial_setup.bench_tools import install_addons, install_peer, side_by_side

PEER = ("odoo-addon-helpdesk-mgmt==19.0.1.3.2",)
RECORDS = int(os.environ.get("BENCH_CASES", 50_000))
NOTES = 10 * RECORDS
WORKERS, OPEN = 25, 60
TURNS, CREATED = 30, 100
NOT_SLOWER, FEWER = 1.0, 1.001
# The search by name is one query in each of them; ours writes the access log beside it, which no query less can do.
WITH_LOG = 0.5
PERSONS = 20_000


def multiply(env, template, number, overrides, only="TRUE"):
    """Copy a row of the ORM `number` times.

    :param overrides: name of a column -> SQL with `n`, from 0 on
    :param str only: SQL with `n`: which of them
    :return: name of the table
    """
    env.flush_all()
    table = template._table
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'", [table])
    columns = [name for [name] in env.cr.fetchall()]
    values = [sql.SQL(overrides[name]) if name in overrides else sql.SQL("t.{}").format(sql.Identifier(name)) for name in columns]
    statement = """
        INSERT INTO {table} ({columns})
        SELECT {values} FROM {table} t CROSS JOIN generate_series(0, {last}) n WHERE t.id = {template} AND {only} ORDER BY n
    """
    env.cr.execute(
        sql.SQL(statement).format(
            table=sql.Identifier(table), columns=sql.SQL(", ").join(map(sql.Identifier, columns)), values=sql.SQL(", ").join(values),
            last=sql.Literal(number - 1), template=sql.Literal(template.id), only=sql.SQL(only),
        )
    )  # fmt: skip
    return table


class Department:
    """The people: a team with all three kinds of rights, and their clients."""

    def __init__(self, env):
        company = env.company
        groups = [
            "sozial_management.group_sozial_worker", "project.group_project_user", "helpdesk_mgmt.group_helpdesk_user_own",
        ]  # fmt: skip
        group_ids = [Command.set([env.ref(group).id for group in groups])]
        values = {"company_id": company.id, "company_ids": [Command.set(company.ids)], "notification_type": "inbox"}
        self.workers = env["res.users"].with_context(no_reset_password=True).create(
            [
                {"name": f"Bench {number}", "login": f"bench.{number}", "tz": "Europe/Berlin", "group_ids": group_ids, **values}
                for number in range(WORKERS)
            ]
        )
        head = [Command.link(env.ref("sozial_management.group_sozial_lead").id)]
        self.heads = env["res.users"].with_context(no_reset_password=True).create(
            [{"name": f"Head {number}", "login": f"head.{number}", "group_ids": head, **values} for number in range(2)]
        )
        person = env["res.partner"].create({"name": "Person", "company_id": company.id})
        multiply(
            env, person, PERSONS,
            {"name": "'Person ' || n", "complete_name": "'Person ' || n", "commercial_partner_id": "currval('res_partner_id_seq')"},
        )  # fmt: skip
        env.cr.execute("SELECT array_agg(id ORDER BY id) FROM res_partner WHERE id > %s AND name LIKE 'Person %%'", [person.id])
        [self.persons] = env.cr.fetchone()
        self.worker_of = f"(ARRAY{self.workers.ids}::int[])[1 + n % {WORKERS}]"
        self.person_of = f"({self.persons[0]} + n % {PERSONS})"
        # the newest sixty of each worker are open
        self.is_open = f"n / {WORKERS} < {OPEN}"
        self.since = f"(now() AT TIME ZONE 'UTC' - (n / {WORKERS}) * interval '2 days')"


class Side:
    """One of the three: its records, and what is measured of them."""

    model = board = name = ""
    opened = []

    def __init__(self, env, department):
        self.department, self.company = department, env.company
        self.fill(env)
        worker = department.workers[0]
        self.env = env(user=worker.id, context={"lang": "de_DE", "tz": "Europe/Berlin", "allowed_company_ids": env.company.ids})
        self.records = self.env[self.model]
        views = self.records.get_views([(False, kind) for kind in ("list", "kanban", "form")])["views"]
        self.asked = {kind: self._asked(self.records, etree.fromstring(view["arch"])) for kind, view in views.items()}
        mine = self.records.search([], limit=WORKERS * OPEN)
        self.mine, self.turn = mine.ids, 0
        if len(mine) < 80:
            raise RuntimeError(f"{self.model}: the worker sees {len(mine)} records, too few for a page")

    def _asked(self, model, arch):
        """What the web client asks for, from the fields of a view."""
        asked = {}
        inner = set(arch.xpath(".//field//field"))  # of the lists in a form, which are asked for by their own view
        for node in arch.iter("field"):
            if node in inner:
                continue
            field = model._fields[node.get("name")]
            rows = node.find("list")
            if rows is not None:
                asked[field.name] = {"fields": self._asked(self.env[field.comodel_name], rows), "limit": 40}
            else:
                asked[field.name] = {"fields": {"display_name": {}}} if field.relational else {}
        return asked

    def fill_notes(self, env, table):
        """As many messages as we have notes, over all records in turn."""
        env.cr.execute(f"SELECT max(id) FROM {table}")
        [last] = env.cr.fetchone()
        record = env[self.model].browse(last)
        note = record.message_post(body="Notiz", message_type="comment", subtype_xmlid="mail.mt_note")
        multiply(
            env, note, NOTES,
            {
                "res_id": f"{last} - n % {RECORDS}", "body": "'Gesprochen über den Stand, Termin vereinbart. ' || n",
                "author_id": f"(ARRAY{self.department.workers.partner_id.ids}::int[])[1 + n % {WORKERS}]",
                "message_id": "'<' || n || '@bench>'",
            },
        )  # fmt: skip

    def next_id(self):
        self.turn += 1
        return self.mine[self.turn * 7 % len(self.mine)]

    def page(self):
        """The first page of the list."""
        return self.records.web_search_read([], self.asked["list"], limit=80, count_limit=10_001)["records"]

    def columns(self):
        """The board by state, with the cards of its columns."""
        return self.records.web_read_group(
            self.opened, [self.board], auto_unfold=True, unfold_read_specification=self.asked["kanban"], unfold_read_default_limit=40
        )["groups"]

    def names(self):
        """What a link to a record proposes for a part of its name."""
        self.turn += 1
        return self.records.web_name_search(f"{self.turn % 10}", {"display_name": {}}, limit=8)

    def form(self):
        """One record with its chatter."""
        record = self.records.browse(self.next_id())
        values = record.web_read(self.asked["form"])
        messages = self.env["mail.message"]._message_fetch(domain=None, thread=record)["messages"]
        Store().add(messages).get_result()
        return values

    def create_all(self):
        """A hundred records, one by one."""
        created = []
        for _turn in range(CREATED):
            self.turn += 1
            created.append(self.records.create(self.values(self.department.persons[self.turn % PERSONS])))
            self.env.cr.flush()
            self.env.invalidate_all()
        return created

    def values(self, person_id):
        """Values of a new record for a person."""
        raise NotImplementedError

    def measure(self, call):
        """Seconds and queries of a request that knows nothing before."""
        self.env.cr.flush()
        self.env.invalidate_all()
        queries, started = self.env.cr.sql_log_count, time.perf_counter()
        answer = call()
        self.env.cr.flush()
        taken = time.perf_counter() - started, self.env.cr.sql_log_count - queries
        if not answer:
            raise RuntimeError(f"{self.model}: nothing was found")
        self.env.cr.commit()
        return taken


class Cases(Side):
    name, model, board = "ours", "sozial.case", "state"
    opened = [("is_active", "=", True)]

    def values(self, person_id):
        return {
            "type_id": self.type_id, "concern": "Miete im Rückstand",
            "participant_ids": [Command.create({"partner_id": person_id, "role": "client"})],
        }  # fmt: skip

    def fill(self, env):
        team = self.department
        self.type_id = env.ref("sozial_management.case_type_single").id
        mine = env["sozial.case"].with_user(team.workers[0])
        first = mine.create({"type_id": self.type_id, "concern": "Miete im Rückstand"}).sudo()
        env.flush_all()
        phases = "(ARRAY['intake', 'assessment', 'planning', 'support', 'review'])"
        phase = f"CASE WHEN {team.is_open} THEN {phases}[1 + n / {WORKERS} % 5] ELSE 'closed' END"
        multiply(
            env, first, RECORDS,
            {
                "name": "'SM-' || 2016 + n % 9 || '-' || lpad(n::text, 6, '0')", "state": phase, "worker_id": team.worker_of,
                "client_id": team.person_of, "opened_on": team.since, "contact_count": "10", "last_contact_at": team.since,
                "closed_on": f"CASE WHEN {team.is_open} THEN NULL ELSE now() END", "close_reason": "'solved'",
                "create_date": team.since, "opened_counted": "TRUE", "ended_counted": "TRUE",
            },
        )  # fmt: skip
        env.cr.execute("SELECT max(id) FROM sozial_case")
        [last] = env.cr.fetchone()
        case_of = f"{last - RECORDS + 1} + n"
        grant = first.access_ids.filtered(lambda one: one.kind == "lead")
        multiply(env, grant, RECORDS, {"case_id": case_of, "user_id": team.worker_of})
        for head in team.heads:
            self._grants(env, grant, 10, 9, {"case_id": case_of, "user_id": str(head.id), "kind": "'head'"})
        colleague = f"(ARRAY{team.workers.ids}::int[])[1 + (n * 7 + 3) % {WORKERS}]"
        self._grants(env, grant, 10, 1, {"case_id": case_of, "user_id": colleague, "kind": "'co'"})
        over = {"valid_until": "now() - interval '20 days'", "kind": "'standin'"}
        self._grants(env, grant, 10, 2, {"case_id": case_of, "user_id": colleague, **over})
        participant = env["sozial.case.participant"].with_user(team.workers[0]).create(
            {"case_id": first.id, "partner_id": team.persons[0], "role": "client"}
        )
        multiply(env, participant, RECORDS, {"case_id": case_of, "partner_id": team.person_of})
        note = env["sozial.contact"].with_user(team.workers[0]).create({"case_id": first.id, "text": "Notiz"})
        env.flush_all()
        multiply(
            env, note, NOTES,
            {
                "case_id": f"{last} - n % {RECORDS}", "text": "'Gesprochen über den Stand, Termin vereinbart. ' || n", "minutes": "20",
                "user_id": team.worker_of, "date": "now() AT TIME ZONE 'UTC' - n % 1000 * interval '1 day'", "counted": "TRUE",
            },
        )  # fmt: skip

    def _grants(self, env, grant, of, first, overrides):
        """Grants on `first` of every `of` cases."""
        multiply(env, grant, RECORDS, overrides, f"n % {of} < {first}")


class Tasks(Side):
    name, model, board = "project.task", "project.task", "stage_id"
    opened = [("state", "not in", ("1_done", "1_canceled"))]

    def values(self, person_id):
        return {
            "name": "Miete im Rückstand", "project_id": self.projects[0].id, "partner_id": person_id,
            "user_ids": [Command.set(self.env.user.ids)],
        }  # fmt: skip

    def fill(self, env):
        team = self.department
        names = ("Klärung", "Einschätzung", "Hilfeplanung", "Umsetzung", "Überprüfung")
        self.projects = env["project.project"].create(
            [
                {"name": f"Bench {number}", "privacy_visibility": "followers", "user_id": worker.id}
                for number, worker in enumerate(team.workers)
            ]
        )
        stages = env["project.task.type"].create([{"name": name, "project_ids": [Command.set(self.projects.ids)]} for name in names])
        for project, worker in zip(self.projects, team.workers, strict=True):
            project.message_subscribe(worker.partner_id.ids)
        first = env["project.task"].create({"name": "Miete im Rückstand", "project_id": self.projects[0].id})
        table = multiply(
            env, first, RECORDS,
            {
                "name": "'Miete im Rückstand ' || n", "project_id": f"(ARRAY{self.projects.ids}::int[])[1 + n % {WORKERS}]",
                "stage_id": f"(ARRAY{stages.ids}::int[])[1 + n / {WORKERS} % 5]", "partner_id": team.person_of,
                "state": f"CASE WHEN {team.is_open} THEN '01_in_progress' ELSE '1_done' END", "create_date": team.since,
            },
        )  # fmt: skip
        env.cr.execute(
            f"INSERT INTO project_task_user_rel (task_id, user_id) SELECT last - {RECORDS} + 1 + n, {team.worker_of} "
            f"FROM generate_series(0, {RECORDS - 1}) n, (SELECT max(id) AS last FROM {table}) t"
        )
        self.fill_notes(env, table)


class Tickets(Side):
    name, model, board = "helpdesk_mgmt", "helpdesk.ticket", "stage_id"
    opened = [("closed", "=", False)]

    def values(self, person_id):
        return {
            "name": "Miete im Rückstand", "description": "Miete im Rückstand", "team_id": self.team_id, "user_id": self.env.uid,
            "partner_id": person_id,
        }  # fmt: skip

    def fill(self, env):
        team = self.department
        group = env["helpdesk.ticket.team"].create({"name": "Bench", "user_ids": [Command.set(team.workers.ids)]})
        self.team_id = group.id
        running = env["helpdesk.ticket.stage"].search([("closed", "=", False)], limit=10)
        done = env["helpdesk.ticket.stage"].search([("closed", "=", True)], limit=1)
        first = env["helpdesk.ticket"].create(
            {"name": "Miete im Rückstand", "description": "Miete", "team_id": group.id, "user_id": team.workers[0].id}
        )
        stage = f"(ARRAY{running.ids}::int[])[1 + n / {WORKERS} % {len(running)}]"
        table = multiply(
            env, first, RECORDS,
            {
                "name": "'Miete im Rückstand ' || n", "number": "'HT9' || lpad(n::text, 6, '0')", "user_id": team.worker_of,
                "stage_id": f"CASE WHEN {team.is_open} THEN {stage} ELSE {done.id} END", "partner_id": team.person_of,
                "commercial_partner_id": team.person_of, "create_date": team.since,
            },
        )  # fmt: skip
        self.fill_notes(env, table)


def compare(sides, name, work, times, fewer=FEWER):
    """Rows of one operation: beside each peer in time and in queries."""
    queries = [None] * len(sides)

    def measured(position, side):
        taken, queries[position] = side.measure(getattr(side, work))
        return taken

    takers = [lambda pair=pair: measured(*pair) for pair in enumerate(sides)]
    seconds = side_by_side(*takers, times=times, warm=3 if times > 3 else 1)
    ours, *peers = zip(sides, seconds, queries, strict=True)
    rows = [Row(name, ours[1], peer.name, taken, NOT_SLOWER) for peer, taken, _count in peers]
    return rows + [Row(name, ours[2], peer.name, count, fewer, "queries") for peer, _taken, count in peers]


def run(env):
    """The table of `setup/bench cases`."""
    env = install_peer(install_addons(env, "project"), "helpdesk_mgmt", PEER)
    department = Department(env)
    env.cr.commit()
    sides = []
    for kind in (Cases, Tasks, Tickets):
        sides.append(kind(env, department))
        env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    env.registry.clear_all_caches()
    rows = []
    for name, work, times in (
        (f"list of 80 of {RECORDS:,}", "page", TURNS), ("board by state", "columns", TURNS), ("search by name", "names", TURNS),
        ("form with chatter", "form", TURNS), (f"{CREATED} created one by one", "create_all", 3),
    ):  # fmt: skip
        rows += compare(sides, name, work, times, WITH_LOG if work == "names" else FEWER)
    return rows
