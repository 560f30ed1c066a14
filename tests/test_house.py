"""The house stays in order: imports point one way, and no room hides things where nobody looks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Lower rooms first. Rooms on one line may know each other only as far as the lines say.
FLOORS = [
    {"heard"},  # the shell's plain modules: settings, limits, forms, paging...
    {"heard.notifications"},
    {"heard.accounts"},
    {"heard.spaces"},
    {"heard.moderation"},
    {"engagement.themes"},
    {"engagement.experiences"},
    {"engagement.routing"},
    {"engagement.board"},
    {"engagement.responses"},
    {"panels", "forums"},
    {"heard.cms"},
    {"heard.demo"},
]
# The shell's own modules that know every room: they put the house together.
ROOF = {
    "heard.settings",
    "heard.urls",
    "heard.asgi",
    "heard.wsgi",
    "heard.api",
    "heard.health",
    "heard.lifespan",
    "heard.management",
}


def room_of(module: str) -> str:
    """The room a module belongs to: "engagement.routing.rules" is in "engagement.routing"."""
    rooms = {room for floor in FLOORS for room in floor}
    parts = module.split(".")
    for size in (2, 1):
        name = ".".join(parts[:size])
        if name in rooms:
            return name
    return ""


def floor_of(room: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if room in floor)


def modules():
    for top, base in (
        (ROOT / "site", ROOT / "site"),
        (ROOT / "engagement", ROOT),
        (ROOT / "panels", ROOT),
        (ROOT / "forums", ROOT),
    ):
        for path in top.rglob("*.py"):
            if "migrations" not in path.parts:
                yield ".".join(path.relative_to(base).with_suffix("").parts), path


def imports_of(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def upward_imports() -> list[str]:
    found = []
    for module, path in modules():
        if any(module == roof or module.startswith(roof + ".") for roof in ROOF):
            continue
        here = room_of(module)
        for imported, line in imports_of(path):
            there = room_of(imported)
            if there and here and there != here and floor_of(there) >= floor_of(here):
                found.append(f"{path.relative_to(ROOT)}:{line} imports {imported}")
    return sorted(set(found))


def test_imports_point_down_the_house_only():
    assert upward_imports() == []


def test_site_is_a_plain_folder():
    """With an __init__.py it would hide Python's own module of that name."""
    assert not (ROOT / "site" / "__init__.py").exists()


@pytest.mark.parametrize("name", ["utils", "helpers", "common"])
def test_no_module_is_named_for_nothing(name):
    assert [path for module, path in modules() if module.split(".")[-1] == name] == []


def test_serializers_list_their_fields():
    """`__all__` would publish whatever field somebody adds later."""
    said = [path for _module, path in modules() if '"__all__"' in path.read_text()]
    assert said == []


def test_templates_hold_no_inline_script_or_style():
    guilty = []
    for folder in ("frontend/templates", "site/heard", "engagement", "panels", "forums"):
        for path in (ROOT / folder).rglob("*.html"):
            text = path.read_text()
            if "email" in path.parts:
                continue  # mail programs read no style sheet
            if " style=" in text or "<style" in text or " onclick=" in text or "<script>" in text:
                guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []
