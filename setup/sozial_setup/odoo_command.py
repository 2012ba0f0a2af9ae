"""Odoo's own command line on the prepared environment."""

import contextlib
import os
import re
import signal
import subprocess
import time

from .messages import SetupError, say, step
from .places import RUNTIME, TOP
from .postgres import without_postgres_variables

MANY_SECONDS = "3600"


class OdooCommand:
    """Runs Odoo with one configuration file, database server and set of addons."""

    def __init__(self, name, odoo, python, connection, extra=None):
        """:param extra: further options of the configuration file"""
        self.odoo, self.python, self.connection = odoo, python, connection
        self.data_dir = RUNTIME / "data" / name
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.config = RUNTIME / f"odoo-{name}.conf"
        self.options = {
            "addons_path": ",".join(map(str, [*odoo.addons_paths, TOP])),
            "data_dir": self.data_dir,
            "db_host": connection.host,
            "db_port": connection.port,
            "db_user": connection.user,
            **({"db_password": connection.password} if connection.password else {}),
            "db_sslmode": connection.sslmode or "prefer",
            "http_interface": "127.0.0.1",
            "list_db": False,
            "limit_time_cpu": MANY_SECONDS,
            "limit_time_real": MANY_SECONDS,
            **(extra or {}),
        }
        lines = "".join(f"{key} = {value}\n" for key, value in self.options.items())
        temporary = self.config.with_suffix(f".{os.getpid()}.part")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # may hold a password
        with open(descriptor, "w") as config:
            config.write("[options]\n" + lines)
        temporary.rename(self.config)

    def environment(self):
        """For Odoo and everything it starts: own home, own tools first on the path."""
        environment = without_postgres_variables(os.environ)
        for name in ("PYTHONHOME", "ODOO_RC", "OPENERP_SERVER"):
            environment.pop(name, None)
        for name in [name for name in environment if name.startswith("XDG_")]:
            del environment[name]
        path = [RUNTIME / "bin", self.python.parent, self.connection.client, environment.get("PATH") or "/usr/bin:/bin"]
        environment.update(
            self.connection.environment(),
            HOME=str(RUNTIME / "home"),
            PATH=os.pathsep.join(map(str, path)),
            PYTHONPATH=f"{self.odoo.path}{os.pathsep}{TOP / 'setup'}",
            PYTHONUNBUFFERED="1",
        )
        return environment

    def command(self, *arguments):
        """The full command for ``odoo ARGUMENTS``; a subcommand comes first, its config after it."""
        arguments = list(map(str, arguments))
        head = [arguments.pop(0)] if arguments and not arguments[0].startswith("-") else []
        if head and head[0] in ("help", "scaffold", "upgrade_code", "deploy"):
            return [str(self.python), "-m", "odoo", *head, *arguments]
        if head and head[0] in ("i18n", "module", "db") and arguments and not arguments[0].startswith("-"):
            head.append(arguments.pop(0))  # these have commands of their own, which take the options
        return [str(self.python), "-m", "odoo", *head, "-c", str(self.config), *arguments]

    def call(self, *arguments, **options):
        """Run in the foreground and return the exit status."""
        return wait(subprocess.Popen(self.command(*arguments), env=self.environment(), **options))

    def install(self, database, what, *arguments):
        """Install or update with ``arguments`` and show how far it is; raise on failure."""
        log = RUNTIME / "logs" / f"install-{database}.log"
        with open(log, "wb") as output:
            process = subprocess.Popen(
                self.command("-d", database, "--stop-after-init", "--no-http", "--max-cron-threads=0", *arguments),
                env=self.environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip
        with step(what, lambda: progress_of(log)):
            status = wait(process)
        problems = problems_in(log)
        if status or problems:
            reason = problems[-1].split(": ", 1)[-1] if problems else f"exit status {status}"
            raise SetupError(f"{what} failed: {' '.join(reason[:200].split())} (log: {log})")

    def shell(self, database, script):
        """Run ``script`` in an Odoo shell and return what it printed."""
        done = subprocess.run(
            self.command("shell", "-d", database, "--no-http", "--log-level=error"),
            env=self.environment(), input=script, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode or "Traceback" in done.stderr:
            raise SetupError(f"a script in Odoo's shell failed: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
        return done.stdout


def problems_in(log):
    """The lines of Odoo's log that tell of errors."""
    return re.findall(r"^\S+ \S+ \d+ (?:ERROR|CRITICAL) .*$", log.read_text(errors="replace"), re.MULTILINE)


def progress_of(log):
    """``module 12 of 40: mail`` from Odoo's log."""
    with open(log, "rb") as file:
        file.seek(max(0, os.path.getsize(log) - 20000))
        found = re.findall(r"Loading module (\S+) \((\d+)/(\d+)\)", file.read().decode(errors="replace"))
    return "module {1} of {2}: {0}".format(*found[-1]) if found else "starting"


def wait(process):
    """Wait for a child; when we are told to stop, the child is stopped first."""
    try:
        return process.wait()
    except BaseException:
        # a Ctrl-C at the terminal reached the child too: let it finish in peace
        for number, seconds in ((signal.SIGINT, 10), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                if number is not signal.SIGINT or not _ends_by_itself(process):
                    process.send_signal(number)
                process.wait(seconds)
                break
        raise


def _ends_by_itself(process):
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return True
        time.sleep(0.1)
    say("-> stopping")
    return False
