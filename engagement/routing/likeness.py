"""Which of some texts are most like one, by the words they share. Pure, and only ever an offer."""

import math
import re
from collections import Counter
from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]{4,}")
LEAST = 0.18  # below this two texts share little more than how people write


def closest(text: str, others: Mapping[str, str], *, most: int = 3) -> list[str]:
    """The names of the texts most like this one, best first; none when nothing is really like it.

    Rare words count for more: a word that stands in every text says nothing.
    """
    words = {name: _words(other) for name, other in others.items()}
    ours = _words(text)
    seen = Counter(word for some in [*words.values(), ours] for word in some)
    weight = {word: math.log(1 + (len(words) + 1) / count) for word, count in seen.items()}
    scores = {name: _shared(ours, some, weight) for name, some in words.items()}
    best = sorted(scores, key=lambda name: (-scores[name], name))
    return [name for name in best[:most] if scores[name] >= LEAST]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _shared(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    if not one or not other:
        return 0.0
    both = sum(weight[word] for word in one & other)
    return both / sum(weight[word] for word in one | other)
