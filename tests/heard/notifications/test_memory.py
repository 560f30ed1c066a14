"""The hub's memory: what is between its floor and its position is all there."""

from heard.notifications.memory import Memory
from heard.notifications.rows import Row, row

BOARD, OTHERS = "space:1", "space:2"


def a_row(id: int, audience: str = BOARD) -> Row:
    return row(id, audience, "k", "", "")


def ids(rows: list[Row]) -> list[int]:
    return [row.id for row in rows]


def test_those_who_come_back_find_what_they_missed_in_order():
    memory = Memory(start=10, most=5)
    for id, audience in ((11, BOARD), (12, OTHERS), (14, BOARD)):
        memory.add(a_row(id, audience))
    assert ids(memory.since(10, frozenset({BOARD}))) == [11, 14]
    assert ids(memory.since(11, frozenset({BOARD, OTHERS}))) == [12, 14]
    assert ids(memory.since(14, frozenset({BOARD}))) == []
    assert (memory.floor, memory.position) == (10, 14)


def test_the_floor_rises_when_the_memory_is_full():
    memory = Memory(start=0, most=3)
    for id in (1, 2, 5, 9):
        memory.add(a_row(id))
    assert memory.floor == 1
    assert ids(memory.since(1, frozenset({BOARD}))) == [2, 5, 9]


def test_ids_that_were_rolled_back_are_passed_and_never_gone_back_over():
    memory = Memory(start=0, most=3)
    memory.add(a_row(4))
    memory.reach(7)
    memory.reach(6)
    assert memory.position == 7
