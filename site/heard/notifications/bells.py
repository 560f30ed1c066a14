"""What rings in this process when something was told: its hubs, which else look once a second."""

from collections.abc import Callable

Ring = Callable[[], None]
_rings: set[Ring] = set()


def hang(ring: Ring) -> None:
    """Ring this one too, from any thread, until it is taken down."""
    _rings.add(ring)


def take_down(ring: Ring) -> None:
    """Ring this one no more."""
    _rings.discard(ring)


def ring_all() -> None:
    """Ring every bell of this process. A bell that is lost costs a second, never a row."""
    for ring in tuple(_rings):
        ring()
