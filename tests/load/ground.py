"""Where a load run takes place: a migrated PostgreSQL, Heard set up on it, and room for many sockets."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tests.servers import ROOT, PostgreSQL


@contextmanager
def ground() -> Iterator[tuple[Path, PostgreSQL | None]]:
    """A folder for the run, and the run's own PostgreSQL, or None when DATABASE_URL names one.

    The server that is started here is as safe as in production (fsync, synchronous_commit).
    Import Heard's modules inside, not before: Django is set up here.
    """
    # A run that is told to end must still clean up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    own = None if os.environ.get("DATABASE_URL") else PostgreSQL()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ |= {
                "HEARD_DATA": folder,
                "HEARD_URL": "http://127.0.0.1",
                "HEARD_LIMITS": "off",
            }
            if own:
                os.environ["DATABASE_URL"] = own.url
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
            sys.path[:0] = [str(ROOT), str(ROOT / "site")]
            (Path(folder) / "static").mkdir()
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, check=True
            )
            django.setup()
            yield Path(folder), own
    finally:
        if own:
            own.close()
