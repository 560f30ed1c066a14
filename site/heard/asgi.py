"""Sockets, and in the embedded default pages and background work too, for uvicorn."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")

from django.core.asgi import get_asgi_application  # noqa: E402

application = get_asgi_application()
