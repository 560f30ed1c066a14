"""A class that a template wears is one that a sheet knows."""

import re
from pathlib import Path

from tests.frontend.node import FRONTEND

ROOT = FRONTEND.parent
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")
WORN = re.compile(r"""class=["']([^"']*)["']""")
# Names that only scripts look for, and parts of GOV.UK's markup that carry no rule.
HOOKS = {
    "govuk-checkboxes",
    "govuk-radios",
    "govuk-js-exit-this-page-button",
    "govuk-js-exit-this-page-skiplink",
    "govuk-js-password-input-toggle",
    "govuk-table__head",
    "govuk-table__body",
    "govuk-table__row",
    "hd-ask__send",
}


def templates() -> list[Path]:
    """Every template of every room."""
    rooms = [ROOT / name for name in ("site", "engagement", "panels", "forums")]
    found = [path for room in rooms for path in room.rglob("templates/**/*.html")]
    return found + list((FRONTEND / "templates").rglob("*.html"))


def test_no_template_wears_a_class_that_no_sheet_knows():
    sheets = "".join(path.read_text() for path in FRONTEND.glob("dist/assets/*.css"))
    known = set(re.findall(r"\.((?:hd|is|govuk)-[\w-]+)", sheets)) | HOOKS
    unknown = set()
    for path in templates():
        for worn in WORN.findall(TAGS.sub("\x00", path.read_text())):
            names = [name for name in worn.split() if re.fullmatch(r"(hd|is|govuk)-[\w-]+", name)]
            unknown |= {
                (path.relative_to(ROOT).as_posix(), name) for name in names if name not in known
            }
    assert unknown == set()
