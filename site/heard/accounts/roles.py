"""What else a role brings: rooms above register what to do when one is given or taken."""

from collections.abc import Callable

from heard.accounts.models import User

Handler = Callable[[User, frozenset[str]], None]
_handlers: list[Handler] = []


def register(handler: Handler) -> Handler:
    """`handler(person, roles)` runs in the transaction that changed them, with what is held now."""
    if handler not in _handlers:
        _handlers.append(handler)
    return handler


def changed(person: User) -> None:
    """Tells every room that this person's roles are no longer what they were."""
    person.__dict__.pop("roles", None)
    for handler in _handlers:
        handler(person, person.roles)
