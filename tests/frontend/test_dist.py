"""What is built: it is what the sources say, it is light, and it asks nobody else for anything."""

import gzip
import json
import re
import shutil
import subprocess

import pytest

from tests.frontend.node import FRONTEND, node

DIST = FRONTEND / "dist"
MANIFEST = json.loads((DIST / "manifest.json").read_text())
SHARING_LIMIT = 90_000  # bytes: sheet, scripts and font; the page itself brings a few thousand more


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """The sources, copied to another place and built there."""
    modules = FRONTEND / "node_modules"
    assert modules.is_dir(), (
        "the build's packages are missing: npm ci --ignore-scripts in frontend/"
    )
    place = tmp_path_factory.mktemp("elsewhere") / "frontend"
    shutil.copytree(
        FRONTEND, place, ignore=shutil.ignore_patterns("node_modules", "dist", "templates")
    )
    (place / "node_modules").symlink_to(modules)
    build = [node(), "node_modules/vite/bin/vite.js", "build", "--logLevel", "error"]
    subprocess.run(build, cwd=place, check=True, timeout=120)
    return place / "dist"


def test_a_rebuild_gives_the_same_bytes(rebuilt):
    assert files_in(rebuilt) == files_in(DIST)


def test_the_scripts_keep_their_own_rules():
    tests = [
        *sorted(FRONTEND.glob("scripts/*.test.js")),
        *sorted(FRONTEND.glob("config/*.test.js")),
    ]
    ran = subprocess.run(
        [node(), "--test", *map(str, tests)],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout


def test_the_manifest_names_every_sheet_and_script_that_pages_ask_for():
    wanted = {"styles/heard.scss", "styles/desk.css", "scripts/heard.js", "scripts/desk.js"}
    assert wanted <= set(MANIFEST)
    for entry in MANIFEST.values():
        assert (DIST / entry["file"]).is_file()


def test_built_names_change_with_their_content():
    for entry in MANIFEST.values():
        assert re.fullmatch(r"assets/[\w-]+\.[0-9a-f]{12}\.\w+", entry["file"])


def test_a_first_load_of_the_sharing_pages_is_light():
    script = MANIFEST["scripts/heard.js"]
    names = [
        MANIFEST["styles/heard.scss"]["file"],
        script["file"],
        *[MANIFEST[name]["file"] for name in script.get("imports", [])],
    ]
    weight = sum(len(gzip.compress((DIST / name).read_bytes(), 6)) for name in names)
    # A font is compressed already, and is sent as it is.
    weight += (
        (DIST / MANIFEST["fonts/atkinson-hyperlegible-next-latin.woff2"]["file"]).stat().st_size
    )
    assert weight <= SHARING_LIMIT, weight


def test_built_files_ask_no_other_host_for_anything():
    for name, content in files_in(DIST).items():
        if name.endswith((".css", ".js")):
            text = content.decode()
            assert not re.search(r"@import|url\(\s*[\"']?(https?:)?//", text), name
            hosts = set(re.findall(r"https?://([\w.-]+)", text))
            assert hosts <= {"www.w3.org"}, (name, hosts)


def test_built_sheets_know_no_left_and_right():
    for name, content in files_in(DIST).items():
        if name.endswith(".css"):
            found = re.findall(
                rb"[;{](?:margin|padding|border)-(?:left|right)\b|text-align:(?:left|right)\b",
                content,
            )
            assert found == [], (name, found)


def test_the_lock_file_names_no_host_that_packages_came_from():
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())
    named = json.loads((FRONTEND / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in named.values())
