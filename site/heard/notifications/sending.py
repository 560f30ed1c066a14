"""Sending without waiting: what lets a hub serve a thousand sockets without a thousand tasks."""

import types
from collections.abc import Awaitable, Coroutine
from typing import Any


def start(sending: Coroutine[Any, Any, None]) -> Awaitable[None] | None:
    """Send here and now, as far as it goes. None: all is written. Else: what is left to be awaited.

    A send that finds room in the socket's buffer never yields, so stepping it once by hand finishes
    it without a task. One that yields has met a full buffer: the socket's own task must go on.
    """
    try:
        waiting_for = sending.send(None)
    except StopIteration:
        return None
    return _rest(sending, waiting_for)


async def _rest(sending: Coroutine[Any, Any, None], waiting_for: Any) -> None:
    await _go_on(sending, waiting_for)


@types.coroutine
def _go_on(sending: Coroutine[Any, Any, None], waiting_for: Any):
    """Drive a coroutine that someone else began, from the future that it yielded last."""
    while True:
        try:
            try:
                came = yield waiting_for
            except BaseException as error:
                waiting_for = sending.throw(error)
            else:
                waiting_for = sending.send(came)
        except StopIteration:
            return
