"""Ids that the program makes."""

from __future__ import annotations

import time
import uuid

from consult.app import new_id


def test_an_id_made_later_sorts_behind_and_no_two_are_the_same() -> None:
    ids = []
    for _ in range(5):
        ids.append(new_id())
        time.sleep(0.002)
    many = {new_id() for _ in range(10_000)}

    assert ids == sorted(ids)
    assert len(many) == 10_000
    assert {(uuid.UUID(one).version, uuid.UUID(one).variant) for one in many} == {(7, uuid.RFC_4122)}
