"""Sockets, and in the embedded default pages and background work too, for uvicorn."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")

from django.core.asgi import get_asgi_application  # noqa: E402

pages = get_asgi_application()  # first: what follows needs Django set up

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from heard.lifespan import lifespan  # noqa: E402
from heard.notifications.consumer import LiveConsumer  # noqa: E402
from heard.notifications.doors import Doors  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": Doors(URLRouter([path("ws/live/", LiveConsumer.as_asgi())])),
        "lifespan": lifespan,
    }
)
