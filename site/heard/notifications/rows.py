"""One notification as the hub carries it: who it is for, and the message built once for all."""

import json
from typing import Any, NamedTuple

COLUMNS = ("id", "audience", "kind", "object_id", "url")
HIGHEST = 2**63 - 1
SHORT, LONG = 126, 1 << 16  # from here on a frame says its length in two bytes, and in eight
WHOLE_TEXT = 0x81  # a text message in one frame, neither masked nor compressed


class Row(NamedTuple):
    """`shown` is what a client is told, by socket and by API: never anybody's words."""

    id: int
    audience: str
    kind: str
    shown: dict[str, Any]
    message: dict[str, Any]


def row(id: int, audience: str, kind: str, object_id: str, url: str) -> Row:
    """A row of the table, with the message that goes out for it."""
    shown = {"cursor": id, "kind": kind, "id": object_id, "url": url}
    text = json.dumps(shown)
    message = {"type": "websocket.send", "text": text, "frame": frame(text.encode())}
    return Row(id, audience, kind, shown, message)


def cursor_in(text: str) -> int:
    """The cursor that a client gave. Raises ValueError unless it is a number from 0 to 2^63-1."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= HIGHEST):
        raise ValueError("A cursor is a number from 0 to 2^63-1.")
    return int(text)


def frame(payload: bytes) -> bytes:
    """The payload as bytes on the wire (RFC 6455, 5.2), the same for every socket that takes it."""
    length = len(payload)
    if length < SHORT:
        return bytes((WHOLE_TEXT, length)) + payload
    if length < LONG:
        return bytes((WHOLE_TEXT, SHORT)) + length.to_bytes(2, "big") + payload
    return bytes((WHOLE_TEXT, SHORT + 1)) + length.to_bytes(8, "big") + payload
