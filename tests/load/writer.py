"""Does deeds until it is killed: `python -m tests.load.writer LEDGER AUDIENCE AUDIENCE`.

The ledger gets a line for each deed that was accepted. Some tell both audiences,
some are slow to commit, some are undone.
"""

import os
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.writer_settings"

import django  # noqa: E402

django.setup()

from django.db import DatabaseError, InterfaceError, connection, transaction  # noqa: E402
from psycopg_pool import PoolTimeout  # noqa: E402

from heard.notifications.services import tell  # noqa: E402

PAUSE = 0.012  # seconds at most between deeds


class Undone(Exception):
    pass


def deed(key: str, audiences: list[str], chance: random.Random) -> None:
    with transaction.atomic():
        told = audiences if chance.random() < 0.3 else audiences[:1]
        tell(*told, kind="referral.created", object_id=key, url="/board/")
        if chance.random() < 0.05:
            time.sleep(chance.random() * 0.08)
        if chance.random() < 0.05:
            raise Undone


def write(ledger: Path, audiences: list[str]) -> None:
    chance = random.Random(os.getpid())
    n = 0
    with ledger.open("a", buffering=1) as accepted:
        while True:
            n += 1
            key = f"{os.getpid()}-{n}-{time.time_ns() % 10**9}"
            try:
                deed(key, audiences, chance)
            except Undone:
                pass
            except (DatabaseError, InterfaceError, PoolTimeout):
                connection.close()
                time.sleep(0.05)
            else:
                accepted.write(key + "\n")
            time.sleep(chance.random() * PAUSE)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2:])
