"""Accepted means saved: a ledger of what was answered 201, kept while everything is killed with -9."""

import hashlib
import json
import os
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.servers import ServedHeard, wait_for

WHOLE = os.environ.get("HEARD_TEST_WHOLE") == "yes"
POSTS = 1000 if WHOLE else 200
CLIENTS = 8


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    heard = ServedHeard(tmp_path_factory.mktemp("served"), HEARD_LIMITS="off")
    heard.manage("migrate", "--verbosity", "0")
    heard.manage("load_programme")
    heard.start()
    yield heard
    heard.close()


def share(served: ServedHeard, key: str, text: str) -> dict:
    """Posts until it is accepted, as a patient client would: the same key each time."""
    body = json.dumps({"text": text, "consents": {"insight": True}}).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    until = time.monotonic() + 90
    while time.monotonic() < until:
        request = urllib.request.Request(f"{served.pages_url}/api/v1/experiences/", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                assert answer.status == 201
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code != 503:
                raise
        except (OSError, ValueError):
            pass
        time.sleep(0.1 + random.random() * 0.2)
    raise AssertionError("not accepted in 90 seconds")


class Killer(threading.Thread):
    """Kills one thing after another until told to stop, and starts it again."""

    def __init__(self, served: ServedHeard) -> None:
        super().__init__(daemon=True)
        self.served, self.over, self.kills = served, threading.Event(), []

    def run(self) -> None:
        order = ["pages", "worker", "backend", "live", "redis", "pages", "postmaster"]
        while not self.over.is_set():
            for target in order:
                if self.over.wait(1):
                    return
                self.kill(target)
                self.kills.append(target)
                # The next blow falls when the house stands again, or nothing would ever be accepted.
                wait_for(f"{self.served.pages_url}/healthz")

    def kill(self, target: str) -> None:
        if target == "backend":
            self.served.database.kill_one_backend()
        elif target == "postmaster":
            self.served.database.kill()
            self.served.database.restart()
        else:
            self.served.programs[target].kill_and_start()


def stored(served: ServedHeard) -> dict[str, str]:
    """{reference: hash of the text} as the database holds it."""
    with psycopg.connect(served.database.url) as connection:
        rows = connection.execute("select reference, text from experiences_experience").fetchall()
    return {reference: hashlib.sha256(text.encode()).hexdigest() for reference, text in rows}


def test_kill_9_of_any_process_loses_none_and_doubles_none(served):
    killer = Killer(served)
    texts = {
        str(uuid.uuid4()): f"Story {number}: the bus did not come. \U0001f68c"
        for number in range(POSTS)
    }
    killer.start()
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = dict(
            zip(texts, clients.map(lambda pair: share(served, *pair), texts.items()), strict=True)
        )
    killer.over.set()
    killer.join(60)
    rows = stored(served)
    assert set(killer.kills) >= {"pages", "worker", "backend"}
    assert len({answer["receipt"] for answer in answers.values()}) == POSTS
    assert len(rows) == POSTS, (
        f"{POSTS} accepted, {len(rows)} stored after {len(killer.kills)} kills"
    )
    for key, answer in answers.items():
        assert rows[answer["reference"]] == hashlib.sha256(texts[key].encode()).hexdigest()
    with psycopg.connect(served.database.url) as connection:
        waiting = connection.execute("select count(*) from moderation_queueitem").fetchone()[0]
        told = connection.execute(
            "select count(distinct object_id) from notifications_notification where kind = 'moderation.arrived'"
        ).fetchone()[0]
    assert (waiting, told) == (POSTS, POSTS)
    print(f"{POSTS} posts, {len(killer.kills)} kills: 0 lost, 0 doubled")
