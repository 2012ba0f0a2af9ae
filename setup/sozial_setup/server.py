"""``./setup/run``: from nothing to a login page with demo data."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import databases, prepare
from .messages import SetupError, say, step
from .odoo_command import problems_in, wait
from .places import RUNTIME, installed_by_default, require_space, short_key

DATABASE = "sozial_demo"
ROLES_QUERY = """
    SELECT u.login, p.name, COALESCE(string_agg(DISTINCT COALESCE(g.name->>'de_DE', g.name->>'en_US'), ', '), '')
      FROM ir_model_data d
      JOIN res_users u ON u.id = d.res_id AND u.active
      JOIN res_partner p ON p.id = u.partner_id
      LEFT JOIN res_groups_users_rel r ON r.uid = u.id
      LEFT JOIN res_groups g ON g.id = r.gid AND g.privilege_id IN
           (SELECT res_id FROM ir_model_data WHERE module = 'sozial_management' AND model = 'res.groups.privilege')
     WHERE d.module LIKE 'sozial_management%' AND d.model = 'res.users' AND d.name LIKE 'demo_user_%'
     GROUP BY u.id, u.login, p.name, d.id ORDER BY d.id
"""
GERMAN_SCRIPT = """
env['res.users'].search([('share', '=', False)]).write({'lang': 'de_DE', 'tz': 'Europe/Berlin'})
env['ir.default'].set('res.partner', 'lang', 'de_DE')
env.cr.commit()
"""


def main(arguments):
    """Prepare, create or update the database, serve until stopped."""
    options = parse(arguments)
    check_port(options.port)
    extra = {"http_port": options.port, "dbfilter": f"^{DATABASE}$", "db_name": DATABASE}
    with prepare.environment("demo", extra=extra) as odoo:
        prepare_database(odoo, options)
        return serve(odoo, options.port)


def parse(arguments):
    """The command's options."""
    parser = argparse.ArgumentParser(prog="setup/run", description="Start Odoo 19 with the social management addons.")
    parser.add_argument("--port", type=int, default=8069, help="port on 127.0.0.1 (default 8069)")
    parser.add_argument("--fresh", action="store_true", help=f"delete the database {DATABASE} and begin anew")
    parser.add_argument("--no-demo", action="store_true", help="create the database without demo data")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        raise SetupError(f"--port {options.port} is no port: choose one between 1024 and 65535.")
    return options


def check_port(port):
    """Refuse a busy port before any work, and name who holds it where the system tells."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise SetupError(f"port {port} is reserved for root. Choose another one: ./setup/run --port 8070") from None
        except OSError:
            holder = port_holder(port)
            by = f" by {holder}" if holder else ""
            hint = f"Stop that program or choose another port: ./setup/run --port {port + 1 if port < 65535 else 8070}"
            raise SetupError(f"port {port} is in use{by}. {hint}") from None


def port_holder(port, proc=Path("/proc")):
    """``name (process 123)`` of the program that listens on ``port``, None if not visible."""
    inodes = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for line in (proc / "net" / table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                    inodes.add(f"socket:[{fields[9]}]")
    for process in proc.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(os.readlink(link) in inodes for link in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
    return None


def prepare_database(odoo, options):
    """Create the database, or bring it up to the addons' present content."""
    connection = odoo.connection
    content = databases.addons_hash()
    stamp = RUNTIME / f"demo-{short_key(connection.host, connection.port, connection.user)}.stamp"
    exists = DATABASE in connection.databases(DATABASE)
    if exists and options.fresh:
        connection.drop(DATABASE)
        exists = False
    if not exists:
        create_database(odoo, not options.no_demo)
    elif databases.stale_stamp(stamp, content):
        names = ",".join(installed_by_default())
        try:
            odoo.install(DATABASE, "bringing the database up to date", "-u", names, "-i", names)
        except SetupError as error:
            raise SetupError(f"{error} To begin with a new demo database: ./setup/run --fresh") from None
    stamp.write_text(content)
    base_url = f"http://127.0.0.1:{options.port}"
    connection.rows(f"UPDATE ir_config_parameter SET value = '{base_url}' WHERE key = 'web.base.url'", DATABASE)


def create_database(odoo, demo):
    """Install everything aside; the name appears only when it is complete."""
    require_space(1, "the database")
    part = DATABASE + "_part"
    odoo.connection.drop(part)
    odoo.connection.create(part)
    arguments = ["-i", ",".join(installed_by_default()), f"--load-language={databases.LANGUAGE}"]
    odoo.install(part, "creating the database", *arguments, *(["--with-demo"] if demo else []))
    with step("choosing German for the users"):
        odoo.shell(part, GERMAN_SCRIPT)
    files = odoo.data_dir / "filestore"
    databases.move_files(files / part, files / DATABASE)
    odoo.connection.rename(part, DATABASE)


def serve(odoo, port):
    """Run the server until it is stopped; Ctrl-C is a normal end."""
    log = RUNTIME / "logs" / "server.log"
    process = subprocess.Popen(odoo.command("--logfile", log), env=odoo.environment(), stdin=subprocess.DEVNULL)
    try:
        with step("starting the server"):
            wait_until_up(process, port, log)
        announce(odoo, port, log)
        return wait(process)
    except KeyboardInterrupt:
        stop(process)
        say("\nstopped.")
        return 0
    except BaseException:
        stop(process)
        raise


def wait_until_up(process, port, log):
    """Return when the login page answers."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        if process.poll() is not None:
            problems = problems_in(log) if log.exists() else []
            raise SetupError(f"the server ended: {problems[-1][:300] if problems else 'no reason given'} (log: {log})")
        with contextlib.suppress(OSError, urllib.error.URLError):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{port}/web/login", timeout=60) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.3)
    raise SetupError(f"the server does not answer (log: {log})")


def announce(odoo, port, log):
    """Print the address and one login per role."""
    users = odoo.connection.rows(ROLES_QUERY, DATABASE)
    say(f"\n  http://127.0.0.1:{port}\n")
    say("  login                 password              who")
    for login, name, roles in [["admin", "", "Administrator"], *users]:
        say(f"  {login:<21} {login:<21} {', '.join(filter(None, (name, roles)))}")
    say(f"\n  log: {log}\n  Ctrl-C stops the server.\n")


def stop(process):
    """End the server and wait for it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
