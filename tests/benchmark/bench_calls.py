"""The last minute of a call: 200 submissions by 16 portal users at once, on two workers.

Everything goes over HTTP as from a browser: a session each, the form with six answers and a PDF
of 200 kB in one POST. Then the deadline passes while the last ones are still trying. The numbers
count only if the books are right: what a bidder was told has arrived is stored, complete and
intact; nothing is stored with a time after the deadline; who was refused is logged.
"""

import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests

from odoo.tools import config

from sozial_setup.bench import Row
from sozial_setup.places import TOP

sys.path.append(str(TOP / "tests" / "support"))

from sozial_support.calls import ANSWERS, PublishedCall

USERS, WORKERS = 16, 2
IN_TIME, AT_THE_END = 200, 24
PASSWORD = "bench.calls"
LIMIT = 2.0
PATIENCE = 120
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% " + b"x" * 200_000 + b"\ntrailer\n%%EOF\n"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Server:
    """Odoo as in production: two worker processes, no crons."""

    def __init__(self, database):
        ports = []
        for _each in range(2):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                ports.append(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{ports[0]}"
        options = [f"--http-port={ports[0]}", f"--gevent-port={ports[1]}", f"--workers={WORKERS}", "--max-cron-threads=0"]
        serve = str(Path(__file__).with_name("serve.py"))
        command = [sys.executable, serve, "-c", config["config"], "-d", database, "--log-level=critical", *options]
        self.command = [*command, "--http-interface=127.0.0.1", f"--db-filter=^{database}$"]

    def __enter__(self):
        self.process = subprocess.Popen(self.command)
        for _turn in range(PATIENCE):
            try:
                if requests.get(f"{self.address}/web/login", timeout=PATIENCE).ok:
                    return self
            except requests.ConnectionError:
                pass  # not listening yet
            time.sleep(1)
        self.__exit__()
        raise RuntimeError("the server does not answer")

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Bidder:
    """One portal user with a browser session and drafts to hand in."""

    def __init__(self, address, login, drafts):
        self.address, self.drafts, self.session = address, drafts, requests.Session()
        page = self.session.get(f"{address}/web/login", timeout=PATIENCE).text
        form = {"login": login, "password": PASSWORD, "csrf_token": TOKEN.search(page).group(1)}
        self.session.post(f"{address}/web/login", data=form, timeout=PATIENCE)
        page = self.session.get(f"{address}/my/submissions/{drafts[0]}", timeout=PATIENCE).text
        self.csrf = TOKEN.search(page).group(1)

    def hand_in(self, draft):
        """:return: (draft, seconds, what the bidder was told: ``taken``, ``late`` or ``failed``)"""
        form = {f"answer_{key}": f"Antwort {key}, letzte Fassung" for key in ANSWERS} | {"csrf_token": self.csrf}
        files = {"files": ("Konzept.pdf", PDF, "application/pdf")}
        address = f"{self.address}/my/submissions/{draft}/hand-in"
        started = time.perf_counter()
        answer = self.session.post(address, data=form, files=files, timeout=PATIENCE, allow_redirects=False)
        taken = time.perf_counter() - started
        if answer.status_code == 303 and answer.headers["Location"].endswith(draft):
            return draft, taken, "taken"
        return draft, taken, "late" if "o_submission_late" in answer.text else "failed"


def all_at_once(bidders, shares):
    """Every bidder hands in one after the other, all of them side by side."""
    told, lock, start = [], threading.Lock(), threading.Barrier(len(bidders))

    def work(bidder, drafts):
        start.wait(PATIENCE)
        for draft in drafts:
            outcome = bidder.hand_in(draft)
            with lock:
                told.append(outcome)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(bidders, shares, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def check_books(env, world, deadline, told):
    """Compare what bidders were told with what is stored.

    :raise RuntimeError: if anything was lost, taken late or not logged
    """
    env.cr.commit()  # a new snapshot
    env.invalidate_all()
    submissions = env["sozial.submission"].search([("call_id", "=", world.call_id)])
    stored = {one.token: one for one in submissions}
    wrong = []
    for draft, _seconds, outcome in told:
        one = stored[draft]
        if outcome == "failed":
            wrong.append("somebody got no answer")
        if (outcome == "taken") != (one.state == "submitted"):
            wrong.append(f"told “{outcome}”, stored as {one.state}")
        if one.state == "submitted" and datetime.fromisoformat(one.submitted_at_us) > deadline:
            wrong.append("taken after the deadline")
        if one.state == "submitted" and not one._is_intact():
            wrong.append("stored incompletely")
    refused = [outcome for _draft, _seconds, outcome in told].count("late")
    logged = env["sozial.submission.late"].search_count([("call_id", "=", world.call_id)])
    if logged != refused:
        wrong.append(f"{refused} refused, {logged} logged")
    if wrong:
        raise RuntimeError("; ".join(sorted(set(wrong))))
    return refused


def run(env):
    """The table of `setup/bench calls`."""
    lots = -(-(IN_TIME + AT_THE_END) // USERS)
    world = PublishedCall(env, "bench", lots=lots, organisations=USERS, password=PASSWORD)
    tokens = [[world.draft(env, bidder, lot).sudo().token for lot in world.lot_ids] for bidder in world.bidders]
    env.cr.commit()
    first, rest = [[] for _user in range(USERS)], [[] for _user in range(USERS)]
    for number in range(IN_TIME + AT_THE_END):
        (first if number < IN_TIME else rest)[number % USERS].append(tokens[number % USERS][number // USERS])
    with Server(env.cr.dbname) as server:
        bidders = [Bidder(server.address, login, mine) for login, mine in zip(world.logins, tokens, strict=True)]
        started = time.perf_counter()
        told = all_at_once(bidders, first)
        whole = time.perf_counter() - started
        if [outcome for _draft, _seconds, outcome in told].count("taken") != IN_TIME:
            raise RuntimeError("somebody was refused in time")
        end = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0) + timedelta(seconds=1)
        world.set_deadline(env, end)
        env.cr.commit()
        told_at_the_end = all_at_once(bidders, rest)
    refused = check_books(env, world, end.replace(tzinfo=timezone.utc), told + told_at_the_end)
    if not refused:
        raise RuntimeError("nobody came late: the end of the run proves nothing")
    seconds = sorted(taken for _draft, taken, _outcome in told)
    p95 = seconds[int(len(seconds) * 0.95) - 1]
    return [
        Row(f"{IN_TIME} submissions, {USERS} users, {WORKERS} workers: p95", p95, "the limit we set", LIMIT, 1.0),
        Row("the same: median", statistics.median(seconds), "the limit we set", LIMIT, 1.0),
        Row(f"all {IN_TIME}, in the last minute; {refused} late ones refused", whole, "one minute", 60.0, 1.0),
    ]
