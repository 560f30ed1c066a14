"""From a POST to the last of its listeners, three forms in turns, in one run.

The floor (aiohttp, psycopg and a broadcast that promises nothing), Heard as it is served for real
(pages by granian, sockets by uvicorn), and Heard in one uvicorn.
"""

import asyncio
import os
import statistics
import sys
import time
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.load.crowd import Crowd
from tests.load.stages import Post, Stage, clearings, on_the_floor, small_deeds
from tests.servers import Program, free_port, wait_for

ROUNDS, POSTS = 7, 30
FORMS = ("floor", "served", "one uvicorn")


@dataclass
class Form:
    """One way to serve: where it takes posts, where it sends from, and what was measured."""

    name: str
    stage: Stage
    pages: int = field(default_factory=free_port)
    live: int = 0
    notified: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.live = free_port() if self.name == "served" else self.pages

    @property
    def figures(self) -> dict:
        return {
            "post to last notified, p50 ms": round(statistics.median(self.notified), 1),
            "p95 ms": round(statistics.quantiles(self.notified, n=20)[-1], 1),
            "post to answer, p50 ms": round(statistics.median(self.answered), 1),
            "times the floor, median of rounds": round(statistics.median(self.ratios), 2),
            "rounds": [round(ratio, 2) for ratio in self.ratios],
        }


def run(deed: str, listeners: int, folder: Path) -> dict:
    """Figures of one run. `tell` is the smallest deed, `clear` a moderator's real one by the API."""
    how_many = (ROUNDS + 1) * POSTS
    if deed == "tell":
        served, alone = (small_deeds(listeners, how_many, role) for role in ("manager", "editor"))
    else:
        served, alone = (clearings(listeners, how_many, name) for name in ("served", "alone"))
    floor = on_the_floor(listeners, how_many, served.rows)
    forms = [Form(*pair) for pair in zip(FORMS, (floor, served, alone), strict=True)]
    with ExitStack() as stack:
        for form in forms:
            start(form, deed, folder, stack)
        for form in forms[1:]:
            wait_for(f"http://127.0.0.1:{form.pages}/readyz")
            wait_for(f"http://127.0.0.1:{form.live}/readyz")
        asyncio.run(measure(forms))
    figures = {form.name: form.figures for form in forms}
    return {"deed": deed, "rows a deed": served.rows, "listeners": listeners, **figures}


def start(form: Form, deed: str, folder: Path, stack: ExitStack) -> None:
    settings = "tests.load.settings" if deed == "tell" else "heard.settings"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings}
    for name, command in commands(form).items():
        program = Program(name, command, environment, folder / f"{form.name}-{name}.log")
        stack.callback(program.kill)


def commands(form: Form) -> dict[str, list[str]]:
    """The processes of a form."""
    python = [sys.executable, "-m"]
    if form.name == "floor":
        rows = str(form.stage.rows)
        return {"floor": [*python, "tests.load.floors", "post", str(form.pages), rows]}
    live = [*python, "uvicorn", "heard.asgi:application", "--app-dir", "site"]
    live += ["--ws", "heard.notifications.protocol:FrameProtocol"]
    live += ["--log-level", "error", "--no-access-log", "--port", str(form.live)]
    if form.name == "one uvicorn":
        return {"live": live}
    pages = [*python, "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    pages += ["--port", str(form.pages), "--workers", "1", "--blocking-threads", "4"]
    pages += ["--log-level", "warning", "--working-dir", "site", "heard.wsgi:application"]
    return {"live": live, "pages": pages}


async def measure(forms: list[Form]) -> None:
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(aiohttp.ClientSession())
        crowds = {}
        for form in forms:
            crowds[form.name] = await stack.enter_async_context(Crowd(form.live, form.stage.tokens))
        for turn in range(ROUNDS + 1):  # the first only warms up
            medians = []
            for form in forms:
                times = await one_round(client, form, crowds[form.name])
                medians.append(statistics.median(notified for _, notified in times))
                if turn:
                    form.answered += [answered for answered, _ in times]
                    form.notified += [notified for _, notified in times]
                    form.ratios.append(medians[-1] / medians[0])


async def one_round(client, form: Form, crowd: Crowd) -> list[tuple[float, float]]:
    times = []
    for _ in range(POSTS):
        times.append(await one_post(client, form, crowd, next(form.stage.posts)))
        await asyncio.sleep(0.01)
    return times


async def one_post(client, form: Form, crowd: Crowd, post: Post) -> tuple[float, float]:
    """Milliseconds until the poster was answered, and until the last listener had heard."""
    heard = crowd.next()
    address = f"http://127.0.0.1:{form.pages}{post.path}"
    began = time.perf_counter()
    async with client.post(address, json=post.body, headers=post.headers) as answer:
        said = await answer.text()
        answered = time.perf_counter()
    if answer.status not in (200, 201):
        raise RuntimeError(f"{form.name} answered {answer.status}: {said[:300]}")
    last = await asyncio.wait_for(heard, 30)
    return 1000 * (answered - began), 1000 * (last - began)
