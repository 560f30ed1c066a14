"""One event to many sockets, Heard beside a bare `websockets` broadcast, in turns.

Both are woken by the same NOTIFY from the same writer; the clock runs from before the writer's first
statement to the last socket.
"""

import asyncio
import os
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tests.load.crowd import Crowd, people, processor_time
from tests.load.floors import NOTIFICATION as BARE_ROW
from tests.load.floors import TABLES
from tests.servers import Program, free_port, wait_for

ROUNDS, EVENTS = 7, 20
FORMS = ("bare", "heard")
HEARD_ROW = BARE_ROW.replace("floor_notification", "notifications_notification")
CHANNEL = {"bare": "floor", "heard": "heard"}
ROW = {"bare": BARE_ROW, "heard": HEARD_ROW}


def commands(ports: dict[str, int], protocol: str) -> dict[str, list[str]]:
    uvicorn = [sys.executable, "-m", "uvicorn", "heard.asgi:application", "--app-dir", "site"]
    uvicorn += ["--log-level", "error", "--no-access-log", "--ws-per-message-deflate", "false"]
    bare = [sys.executable, "-m", "tests.load.floors", "broadcast", str(ports["bare"])]
    return {"bare": bare, "heard": [*uvicorn, "--ws", protocol, "--port", str(ports["heard"])]}


async def one_round(writer, crowd: Crowd, form: str, name: str) -> list[float]:
    """Milliseconds from telling to the last socket, for each event: a row, its commit, a wake-up."""
    took = []
    for n in range(EVENTS):
        key = f"{name}-{n}"
        heard = crowd.next()
        began = time.perf_counter()
        await writer.execute(ROW[form], [key])
        await writer.execute("select pg_notify(%s, %s)", [CHANNEL[form], key])
        took.append(1000 * (await asyncio.wait_for(heard, 30) - began))
        await asyncio.sleep(0.03)
    return took


async def measure(tokens: list[str], ports: dict[str, int], running: dict[str, Program]) -> dict:
    took: dict[str, list[float]] = {form: [] for form in FORMS}
    processor = dict.fromkeys(FORMS, 0.0)
    ratios = []
    writer = await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True)
    async with writer, Crowd(ports["bare"], tokens) as bare, Crowd(ports["heard"], tokens) as heard:
        crowds = {"bare": bare, "heard": heard}
        for form in FORMS:
            await one_round(writer, crowds[form], form, f"warm {form}")
        for turn in range(ROUNDS):
            medians = {}
            for form in FORMS:
                before = processor_time(running[form].process.pid)
                times = await one_round(writer, crowds[form], form, f"{turn} {form}")
                processor[form] += processor_time(running[form].process.pid) - before
                took[form] += times
                medians[form] = statistics.median(times)
            ratios.append(medians["heard"] / medians["bare"])
    return {
        "heard beside bare, median of rounds": round(statistics.median(ratios), 2),
        "rounds": [round(ratio, 2) for ratio in ratios],
        **{
            form: {
                "last socket p50, ms": round(statistics.median(took[form]), 1),
                "processor, ms an event": round(1000 * processor[form] / ROUNDS / EVENTS, 1),
                "sockets connected a second": round(len(tokens) / crowds[form].connecting),
            }
            for form in FORMS
        },
    }


def run(sockets: int, protocol: str, folder: Path) -> dict:
    """Figures of one run."""
    ports = {form: free_port() for form in FORMS}
    tokens = people(sockets, roles=["manager"])
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(TABLES)
    with ExitStack() as stack:
        running = start(folder, commands(ports, protocol), stack)
        wait_for(f"http://127.0.0.1:{ports['heard']}/readyz")
        return {"sockets": sockets, **asyncio.run(measure(tokens, ports, running))}


def start(folder: Path, all_commands: dict, stack: ExitStack) -> dict[str, Program]:
    running = {}
    for name, command in all_commands.items():
        running[name] = Program(name, command, dict(os.environ), folder / f"{name}.log")
        stack.callback(running[name].kill)
    return running
