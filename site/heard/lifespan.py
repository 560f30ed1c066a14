"""What runs beside an ASGI server's requests: the hub, and embedded also the background work."""

from django.conf import settings

from heard.notifications.hub import hub_here
from heard.worker import EmbeddedWorker


async def lifespan(scope, receive, send) -> None:
    """Starts and stops with the server. Served for real, the worker is a process of its own."""
    await receive()
    hub = hub_here()
    worker = EmbeddedWorker() if settings.EMBEDDED and settings.HEARD_WORKER == "on" else None
    if worker:
        worker.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if worker:
        await worker.stop()
    await hub.stop()
    await send({"type": "lifespan.shutdown.complete"})
