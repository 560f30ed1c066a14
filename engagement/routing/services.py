"""The deeds of clearing and routing, in one place for those who call them. Start reading here.

`clearing` is what a moderator does with what waits, `linking` counts people who say the same,
`retagging` moves a matter, `referring` writes who is sent it by the rules in `rules`.
"""

from engagement.routing.clearing import (
    CannotClear,
    NeedsThemes,
    NoInsightConsent,
    NothingLeft,
    answer_experience,
    clear_experience,
    close_withdrawn,
    hold_experience,
    open_original,
    release_experience,
    reopen_experience,
    return_experience,
)
from engagement.routing.linking import NotLikeIt, link_duplicate
from engagement.routing.retagging import retag_matter
from heard.moderation.services import AlreadyClaimed, AlreadySettled, Changed, Refused

__all__ = [
    "AlreadyClaimed",
    "AlreadySettled",
    "CannotClear",
    "Changed",
    "NeedsThemes",
    "NoInsightConsent",
    "NotLikeIt",
    "NothingLeft",
    "Refused",
    "answer_experience",
    "clear_experience",
    "close_withdrawn",
    "hold_experience",
    "link_duplicate",
    "open_original",
    "release_experience",
    "reopen_experience",
    "retag_matter",
    "return_experience",
]
