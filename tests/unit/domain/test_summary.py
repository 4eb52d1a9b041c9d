"""The row of a consult in the lists."""

from consult.domain.consult import Consult, evolve
from consult.domain.summary import follow, summarise
from tests.golden import scenario


def test_the_row_made_from_the_one_before_is_the_row_made_anew_after_every_event() -> None:
    consult = Consult("golden")
    row = summarise(consult)

    for event in scenario.tell().events:
        consult = evolve(consult, event)
        row = follow(row, consult, (event,))

        assert row == summarise(consult, event.at), event.data.type
