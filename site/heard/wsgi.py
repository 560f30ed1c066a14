"""Pages, for a WSGI server such as granian."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
