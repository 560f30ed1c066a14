"""Reading JSON that anyone may send: never more than we need, and never deeper than we can go."""

import io
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST = 200_000  # bytes: two long texts in any script, written as escapes


class BoundedJSONParser(JSONParser):
    """JSON of at most 200,000 bytes. What is larger or nested too deeply is refused with 400."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = stream.read(MOST + 1)
        if len(body) > MOST:
            raise ParseError(f"The body is too large: the most we read is {MOST:,} bytes.")
        try:
            return super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise ParseError("The JSON is nested too deeply.") from None
