"""The product as it is started for real, and people with browsers.

Nothing here touches the database: a site of its own is prepared and served in other processes, and everything is seen
and done through Chromium.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "kind words travel far 7"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 375, "height": 760}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """A running Heard: its address, its data folder and its processes."""

    url: str
    data: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen] = field(default_factory=list)

    def start(self) -> None:
        port = str(urlsplit(self.url).port)
        serve = [
            *(sys.executable, "-m", "uvicorn", "heard.asgi:application", "--app-dir", "site"),
            *("--host", "127.0.0.1", "--port", port, "--log-level", "warning", "--no-access-log"),
            *("--ws", "heard.notifications.protocol:FrameProtocol"),
            *("--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "2"),
        ]
        self._spawn(serve)
        if "DATABASE_URL" in self.environment:
            self._spawn([sys.executable, "manage.py", "db_worker", "--interval", "0.2"])
        self.wait()

    def _spawn(self, command: list[str]) -> None:
        log = (self.data / "log").open("ab")
        self.processes.append(
            subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        )

    def wait(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the site did not start: {(self.data / 'log').read_text()[-2000:]}")

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        self.processes.clear()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _own_database(name: str) -> str | None:
    """A new empty PostgreSQL database beside the suite's, where the suite runs on PostgreSQL."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        return None
    import psycopg

    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
    return given.rsplit("/", 1)[0] + "/" + name


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Heard with its demo programme, served the way ./run serves it."""
    data = tmp_path_factory.mktemp("site")
    url = f"http://127.0.0.1:{_free_port()}"
    environment = os.environ | {
        "HEARD_DATA": str(data),
        "HEARD_URL": url,
        "HEARD_DEMO_PASSWORD": PASSWORD,
    }
    if address := _own_database("heard_browser"):
        environment["DATABASE_URL"] = address
    if prepared := os.environ.get(
        "HEARD_TEST_PREPARED"
    ):  # a data folder kept from before: quicker by a minute
        shutil.copytree(prepared, data, dirs_exist_ok=True)
    else:
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True)
    running = Site(url, data, environment)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium():
    """One real Chromium for the session; each person has their own context in it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


class People:
    """Opens browsers for people, signed in or not, and remembers sign-ins between tests."""

    def __init__(self, site: Site, browser: Browser, states: dict[str, dict]) -> None:
        self.site, self.browser, self.states = site, browser, states
        self.contexts: list[BrowserContext] = []

    def open(
        self, person: str | None = None, *, script: bool = True, viewport=None, **options
    ) -> Page:
        """A page in a fresh context; `person` is the first part of a demo address, such as "board"."""
        context = self.browser.new_context(
            base_url=self.site.url,
            java_script_enabled=script,
            viewport=viewport or DESKTOP,
            locale=options.pop("locale", "en-GB"),
            storage_state=self._signed_in(person) if person else None,
            **options,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        return context.new_page()

    def _signed_in(self, person: str) -> dict:
        if person not in self.states:
            context = self.browser.new_context(base_url=self.site.url, locale="en-GB")
            page = context.new_page()
            page.goto("/accounts/login/")
            page.get_by_label("E-mail", exact=False).first.fill(f"{person}@heard.test")
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("main form button[type=submit]").first.click()
            page.wait_for_url(lambda address: "/accounts/login" not in address)
            self.states[person] = context.storage_state()
            context.close()
        return self.states[person]

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="session")
def _sign_ins():
    return {}


@pytest.fixture
def people(site, chromium, _sign_ins):
    """Browsers for people: `people.open("board")`, `people.open(script=False)`."""
    opened = People(site, chromium, _sign_ins)
    yield opened
    opened.close()


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands: one line a rule, with where. Empty is right."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        AXE_TAGS,
    )
    return [
        f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'][:4])}"
        for rule in found["violations"]
    ]


def sideways(page: Page) -> int:
    """How many pixels the page scrolls sideways; 0 is right."""
    return page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def look_at(page: Page) -> None:
    """The page as it stands, narrow and wide: axe finds nothing, nothing scrolls sideways, one h1, a title."""
    before = page.viewport_size
    for viewport in (NARROW, DESKTOP):
        page.set_viewport_size(viewport)
        where = f"{page.url} at {viewport['width']} px"
        assert sideways(page) == 0, f"{where} scrolls sideways"
        assert faults(page) == [], where
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} h1"
    assert page.title().endswith("Heard")
    if before:
        page.set_viewport_size(before)
