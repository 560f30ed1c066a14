"""The command that adds suggestions to a file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engagement.themes.models import Framework, Theme

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def files(tmp_path):
    return tmp_path / "in.jsonl", tmp_path / "out.jsonl"


def run(files, **options):
    call_command("suggest_themes", "--in", files[0], "--out", files[1], verbosity=0, **options)


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.django_db
def test_each_row_keeps_what_it_had_and_gets_its_suggestions(files):
    files[0].write_text('{"id": 7, "text": "The landlord left us with damp."}\n\n{"text": "…"}\n')
    run(files)
    first, second = read(files[1])

    assert first["id"] == 7
    assert first["suggested"][0] == "homes-housing"
    assert len(first["suggested"]) == 3
    assert second == {"text": "…", "suggested": []}


def test_it_works_from_an_empty_data_folder_with_no_database(files, tmp_path):
    files[0].write_text('{"text": "The bus never comes."}\n')
    empty = {**os.environ, "HEARD_DATA": str(tmp_path / "empty"), "DATABASE_URL": ""}
    command = [sys.executable, "manage.py", "suggest_themes", "--in", files[0], "--out", files[1]]
    subprocess.run(command, cwd=ROOT, env=empty, check=True, capture_output=True)

    assert read(files[1])[0]["suggested"][0] == "places-transport-climate"


@pytest.mark.django_db
def test_the_databases_own_framework_is_used_when_there_is_one(files):
    framework = Framework.objects.create(slug="bees", title="Bees")
    Theme.objects.create(
        framework=framework, number=1, slug="hives", title="Hives", short="Hives", summary="Bees."
    )
    files[0].write_text('{"text": "The bus never comes."}\n')
    run(files)

    assert read(files[1])[0]["suggested"] == ["hives"]


@pytest.mark.django_db
def test_the_output_may_replace_the_input(files):
    files[0].write_text('{"text": "The bus never comes."}\n')
    run((files[0], files[0]))

    assert read(files[0])[0]["suggested"][0] == "places-transport-climate"


@pytest.mark.django_db
def test_half_a_character_comes_through(files):
    files[0].write_text('{"text": "damp \\ud83d flat", "note": "سلام"}\n')
    run(files)

    assert read(files[1])[0]["text"] == "damp \ud83d flat"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"not json", "line 2: not JSON"),
        (b"\xff\xfe", "line 2: not JSON"),
        (b'["text"]', 'line 2: a row must be an object with a "text"'),
        (b'{"words": "no text"}', 'line 2: a row must be an object with a "text"'),
        (b'{"text": 5}', 'line 2: a row must be an object with a "text"'),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(files, line, says):
    files[0].write_bytes(b'{"text": "fine"}\n' + line + b"\n")
    files[1].write_text("what was there before\n")
    with pytest.raises(CommandError, match=says):
        run(files)

    assert files[1].read_text() == "what was there before\n"
    assert sorted(path.name for path in files[0].parent.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.django_db
def test_a_missing_file_is_said_plainly(files):
    with pytest.raises(CommandError, match=r"Cannot read .*in\.jsonl: No such file"):
        run(files)

    assert not files[1].exists()


@pytest.mark.django_db
def test_a_place_that_cannot_be_written_is_said_plainly(files, tmp_path):
    files[0].write_text('{"text": "fine"}\n')
    with pytest.raises(CommandError, match="Cannot write"):
        run((files[0], tmp_path / "nowhere" / "out.jsonl"))


@pytest.mark.django_db
def test_a_limit_below_one_is_refused(files):
    files[0].write_text('{"text": "fine"}\n')
    with pytest.raises(CommandError, match="--limit"):
        run(files, limit=0)
