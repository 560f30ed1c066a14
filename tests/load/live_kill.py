"""The kill run: `python -m tests.load.live_kill [SECONDS]` prints its figures as JSON.

With DATABASE_URL it runs on that (migrated) PostgreSQL and leaves the server alone; without, it starts a
PostgreSQL of its own, safe as in production, and kills that too.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from contextlib import closing, nullcontext
from pathlib import Path

from tests.servers import ROOT, PostgreSQL


def main(seconds: float) -> dict:
    """Figures of one run of so many seconds."""
    own = None if os.environ.get("DATABASE_URL") else PostgreSQL()
    with closing(own) if own else nullcontext(), tempfile.TemporaryDirectory() as folder:
        if own:
            os.environ["DATABASE_URL"] = own.url
        os.environ |= {"HEARD_DATA": folder, "HEARD_URL": "http://127.0.0.1", "HEARD_DB_POOL": "4"}
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
        import django  # the database above has to be there first

        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, check=True)
        django.setup()
        from django.db import connection

        from tests.load.killing import kill_run

        def kill_and_start() -> None:
            own.kill()
            own.start()

        database = kill_and_start if own else None
        try:
            return asyncio.run(
                kill_run(dict(os.environ), Path(folder), seconds=seconds, database=database)
            )
        finally:
            connection.close_pool()


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]) if len(sys.argv) > 1 else 40), indent=1))
