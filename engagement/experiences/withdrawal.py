"""What must happen in other rooms when somebody takes their words back: they register it here."""

from collections.abc import Callable

from engagement.experiences.models import Experience

Handler = Callable[[Experience, frozenset[str]], None]
_handlers: list[Handler] = []


def register(handler: Handler) -> Handler:
    """Call `handler(experience, purposes)` inside each withdrawing transaction."""
    if handler not in _handlers:
        _handlers.append(handler)
    return handler


def run(experience: Experience, purposes: frozenset[str]) -> None:
    """Every handler, in the order of registering. One that fails undoes the whole withdrawal."""
    for handler in _handlers:
        handler(experience, purposes)
