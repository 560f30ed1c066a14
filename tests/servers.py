"""Servers of a test's own, to be killed: PostgreSQL, Redis and Heard's processes, on free loopback ports."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(address: str, seconds: float = 60) -> None:
    """Returns when the address answers 200; raises TimeoutError when it does not in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(address)


def _as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses root: there it runs as the user that came with it."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


class PostgreSQL:
    """A server of our own with every safety on (fsync, synchronous_commit), which can be killed and come back."""

    def __init__(self) -> None:
        self.bin = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="heard-pg-"))
        if os.geteuid() == 0:
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, -1)
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self._run("initdb", "-D", self.data, "-U", "heard", "-A", "trust", "-E", "UTF8")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "heard", "heard")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def url(self) -> str:
        return f"postgres://heard@127.0.0.1:{self.port}/heard"

    def _run(self, program: str, *words: str) -> None:
        command = _as_server_user([str(self.bin / program), *words])
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self) -> None:
        settings = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} "
            "-c max_connections=100"
        )
        self._run(
            "pg_ctl", "-D", self.data, "-l", str(self.folder / "log"), "-w", "-o", settings, "start"
        )

    def kill(self) -> None:
        """kill -9 of the postmaster and all it started: nothing is flushed, nothing says goodbye."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in [postmaster, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def restart(self) -> None:
        """Starts again after a kill, as soon as the last of the killed lets go of the shared memory."""
        for _ in range(50):
            with contextlib.suppress(subprocess.CalledProcessError):
                return self.start()
            time.sleep(0.2)
        raise TimeoutError((self.folder / "log").read_text()[-2000:])

    def kill_one_backend(self) -> None:
        """kill -9 of one connection's process; PostgreSQL then restarts itself."""
        with (
            contextlib.suppress(psycopg.Error),
            psycopg.connect(self.url, connect_timeout=2) as found,
        ):
            row = found.execute(
                "select pid from pg_stat_activity where backend_type = 'client backend' "
                "and pid <> pg_backend_pid() limit 1"
            ).fetchone()
            if row:
                os.kill(row[0], signal.SIGKILL)

    def close(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class Program:
    """One process that can be killed with -9 and started again."""

    def __init__(
        self, name: str, command: list[str], environment: dict[str, str], log: Path
    ) -> None:
        self.name, self.command, self.environment, self.log = name, command, environment, log
        self.process: subprocess.Popen | None = None
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9 of the process and all it started."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_and_start(self) -> None:
        self.kill()
        self.start()


class ServedHeard:
    """Heard as it is served for real, in plain processes: pages, live, worker, Redis and PostgreSQL."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.database = PostgreSQL()
        self.pages_port, self.live_port, self.redis_port = free_port(), free_port(), free_port()
        self.pages_url = f"http://127.0.0.1:{self.pages_port}"
        self.live_url = f"http://127.0.0.1:{self.live_port}"
        self.environment = os.environ | {
            "DATABASE_URL": self.database.url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "HEARD_DATA": str(folder),
            "HEARD_URL": self.pages_url,
            "HEARD_DB_POOL": "8",
            **settings,
        }
        self.programs: dict[str, Program] = {}

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def start(self) -> None:
        python = [sys.executable, "-m"]
        pages = [*python, "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        pages += ["--port", str(self.pages_port), "--workers", "1", "--blocking-threads", "4"]
        pages += ["--log-level", "warning", "--working-dir", "site", "heard.wsgi:application"]
        live = [
            *python,
            "uvicorn",
            "heard.asgi:application",
            "--app-dir",
            "site",
            "--host",
            "127.0.0.1",
        ]
        live += ["--port", str(self.live_port), "--log-level", "error", "--no-access-log"]
        live += [
            "--ws",
            "heard.notifications.protocol:FrameProtocol",
            "--ws-per-message-deflate",
            "false",
        ]
        redis = [
            "redis-server",
            "--port",
            str(self.redis_port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
        ]
        self._add("redis", redis)
        self._add("pages", pages)
        self._add("live", live)
        self._add("worker", [sys.executable, "manage.py", "db_worker", "--interval", "0.5"])
        wait_for(f"{self.pages_url}/healthz")
        wait_for(f"{self.live_url}/healthz")

    def _add(self, name: str, command: list[str]) -> None:
        self.programs[name] = Program(name, command, self.environment, self.folder / f"{name}.log")

    def close(self) -> None:
        for program in self.programs.values():
            program.kill()
        self.database.close()
