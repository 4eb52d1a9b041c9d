"""The network of the second reading, beside a plain computation of the same."""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.nlp.qualifier.learnt import REACH, window
from consult.nlp.qualifier.net import Net, Vectors, as_shares, listed, parts_of, stored

_WIDE, _LOOKS, _NAMED, _INNER, _CLASSES = 4, 2, 3, 5, 3


def _text(*names: str) -> Any:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _made(places: int) -> dict[str, Any]:
    chance = np.random.default_rng(places)

    def some(*shape: int) -> Any:
        return chance.normal(size=shape).astype(np.float16)

    out: dict[str, Any] = {
        "word names": _text("stopped", "lasix", "+D"),
        "words": chance.integers(-127, 127, (3, _WIDE)).astype(np.int8),
        "word scales": np.full((3, 1), 0.02, np.float32),
        "part names": _text("^quit", "ing$"),
        "parts": some(2, _WIDE),
        "unknown": some(_WIDE),
        "task names": _text("read stopped", "read active"),
        "task named": some(2, _NAMED),
    }
    for i in range(places):
        out[f"task place {i}"], out[f"task look {i}"] = some(2 * REACH + 1, _WIDE), some(2 * REACH + 1, _LOOKS)
    shapes = {
        "first": (3 * _WIDE, _WIDE),
        "second": (3 * _WIDE, _WIDE),
        "look": (_WIDE, _LOOKS),
        "inner": ((_LOOKS + places) * _WIDE + _NAMED, _INNER),
        "outer": (_INNER, _CLASSES),
    }
    for name, shape in shapes.items():
        out[f"task {name}"], out[f"task {name} bias"] = some(*shape), some(shape[1])
    return out


def _plainly(arrays: dict[str, Any], rows: Any, places: list[int], told: list[int]) -> list[float]:
    """The same, number by number."""

    def part(name: str) -> list[Any]:
        return arrays[f"task {name}"].astype(float).tolist()

    def through(row: list[float], name: str) -> list[float]:
        weights, bias = part(name), part(f"{name} bias")
        return [sum(one * weights[i][j] for i, one in enumerate(row)) + bias[j] for j in range(len(bias))]

    def above(row: list[float]) -> list[float]:
        return [max(0.0, one) for one in row]

    def layer(all_rows: list[list[float]], name: str) -> list[list[float]]:
        wide = [[0.0] * _WIDE, *all_rows, [0.0] * _WIDE]
        return [above(through([*wide[i], *wide[i + 1], *wide[i + 2]], name)) for i in range(len(all_rows))]

    seen, looks = rows.tolist(), [[0.0] * _LOOKS for _ in rows]
    for k, place in enumerate(places):
        for i in range(len(seen)):
            seen[i] = [a + b for a, b in zip(seen[i], part(f"place {k}")[REACH + i - place], strict=True)]
            looks[i] = [a + b for a, b in zip(looks[i], part(f"look {k}")[REACH + i - place], strict=True)]
    first = layer(seen, "first")
    hidden = [[a + b for a, b in zip(*two, strict=True)] for two in zip(first, layer(first, "second"), strict=True)]
    weighed = [
        [a + b for a, b in zip(through(row, "look"), look, strict=True)]
        for row, look in zip(hidden, looks, strict=True)
    ]
    whole: list[float] = []
    for look in range(_LOOKS):
        raised = [exp(row[look]) for row in weighed]
        for j in range(_WIDE):
            whole.append(sum(up * row[j] for up, row in zip(raised, hidden, strict=True)) / sum(raised))
    for place in places:
        whole += hidden[place]
    whole += [sum(part("named")[i][j] for i in told) for j in range(_NAMED)]
    scores = through(above(through(whole, "inner")), "outer")
    return [exp(one) / sum(map(exp, scores)) for one in scores]


@pytest.mark.parametrize(("places", "told"), [([1], [0]), ([3], []), ([0, 4], [0, 1]), ([4, 2], [1])])
def test_the_network_gives_what_a_plain_computation_gives(places: list[int], told: list[int]) -> None:
    arrays = _made(len(places))
    vectors = Vectors(arrays)
    words = ["she", "stopped", "quitting", "lasix", "+D"]
    names = [["read stopped", "read active"][i] for i in told] + ["never seen"]

    likely = Net(arrays, "task", vectors).likely(words, places, names)

    assert likely == pytest.approx(_plainly(arrays, vectors.of(words), places, told), abs=1e-4)
    assert sum(likely) == pytest.approx(1)


def test_a_word_is_its_own_vector_or_what_its_beginning_and_ending_tell() -> None:
    arrays = _made(1)
    own, parts, neither = Vectors(arrays).of(["lasix", "quitting", "zzz"])

    assert own == pytest.approx(arrays["words"][1] * np.float32(0.02))
    assert parts == pytest.approx(arrays["unknown"].astype(np.float32) + arrays["parts"].astype(np.float32).sum(0))
    assert neither == pytest.approx(arrays["unknown"].astype(np.float32))


def test_the_vectors_of_a_line_are_not_those_that_are_kept() -> None:
    vectors = Vectors(_made(1))
    before = vectors.of(["lasix"]).copy()
    vectors.of(["lasix"])[:] = 0

    assert vectors.of(["lasix"]) == pytest.approx(before)


@given(st.integers(1, 200), st.data())
def test_a_window_holds_what_is_asked_about(length: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, length - 1))
    last = data.draw(st.integers(first, length - 1))

    start, stop = window(["word"] * length, first, last)

    if last - first > REACH:
        assert (start, stop) == (0, 0)
    else:
        assert 0 <= start <= first <= last < stop <= length
        assert stop - start <= REACH + 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_shares_are_one_in_all_and_in_the_order_of_the_scores(scores: list[float]) -> None:
    shares = as_shares(scores, 100)

    assert sum(shares) == pytest.approx(1)
    assert shares[scores.index(max(scores))] == max(shares)


def test_what_is_stored_fits() -> None:
    arrays = stored()

    assert len(listed(arrays["word names"])) == len(arrays["words"]) == len(arrays["word scales"]) > 5000
    assert len(listed(arrays["part names"])) == len(arrays["parts"])
    assert parts_of("stopped") == ("^stop", "ped$")
    for task, classes in (("status", 8), ("blame", 2)):
        assert len(listed(arrays[f"{task} names"])) == len(arrays[f"{task} named"])
        assert arrays[f"{task} outer"].shape[1] == classes
