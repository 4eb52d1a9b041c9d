"""A small network over the words around a drug, or around a drug and a symptom: what they make likely.

Its weights are made by tools/training (`learnt_net.npz`). Each word is a vector, to which its place is added: how far
it stands from the drug and, for a pair, from the symptom. Two convolutions of three words follow, then what four looks
over the window weigh most, what stands at the drug and at the symptom, and what the cues gave; two layers make classes
of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consult.nlp.kept import Kept
from consult.nlp.qualifier.learnt import REACH

Numbers = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]

BEGINNING, ENDING = 4, 3  # letters of a word that tell of it where it is not known itself
_NAME = "learnt_net.npz"


def stored() -> dict[str, NDArray[Any]]:
    """The weights as they were made."""
    with files("consult.nlp.qualifier").joinpath("data", _NAME).open("rb") as file, np.load(file) as arrays:
        return dict(arrays)


def listed(array: NDArray[Any]) -> list[str]:
    """The names that are stored as the bytes of a text, one a line."""
    text = array.tobytes().decode()
    return text.split("\n") if text else []


class Vectors:
    """The vector of each word: its own, or what its beginning and its ending tell."""

    def __init__(self, arrays: Arrays) -> None:
        self._rows = arrays["words"]
        self._scales = arrays["word scales"]
        self._known = {word: i for i, word in enumerate(listed(arrays["word names"]))}
        self._part_rows = arrays["parts"]
        self._parts = {part: i for i, part in enumerate(listed(arrays["part names"]))}
        self._unknown = arrays["unknown"].astype(np.float32)
        self._kept: Kept[Numbers] = Kept(self._of, most=4096)

    def _of(self, word: str) -> Numbers:
        row = self._known.get(word)
        if row is not None:
            own: Numbers = self._rows[row] * self._scales[row]
            return own
        vector: Numbers = self._unknown
        for part in parts_of(word):
            row = self._parts.get(part)
            if row is not None:
                vector = vector + self._part_rows[row]
        return vector

    def of(self, words: Iterable[str]) -> Numbers:
        """A row a word."""
        return np.array([self._kept[word] for word in words])


def parts_of(word: str) -> tuple[str, str]:
    """What a word begins and ends with."""
    return f"^{word[:BEGINNING]}", f"{word[-ENDING:]}$"


class Net:
    """Weighs one kind of decision: `task` is "status" or "blame"."""

    def __init__(self, arrays: Arrays, task: str, vectors: Vectors) -> None:
        def part(name: str) -> Numbers:
            return np.ascontiguousarray(arrays[f"{task} {name}"], np.float32)

        places = sum(name.startswith(f"{task} place") for name in arrays)
        self._vectors = vectors
        self._places = [(part(f"place {i}"), part(f"look {i}")) for i in range(places)]
        self._first, self._second = (_side_by_side(part(name)) for name in ("first", "second"))
        self._first_bias, self._second_bias = part("first bias"), part("second bias")
        self._look, self._look_bias = part("look"), part("look bias")
        self._named, self._names = part("named"), {n: i for i, n in enumerate(listed(arrays[f"{task} names"]))}
        self._inner, self._inner_bias = part("inner"), part("inner bias")
        self._outer, self._outer_bias = part("outer"), part("outer bias")

    def likely(self, words: Sequence[str], places: Sequence[int], named: Iterable[str]) -> list[float]:
        """How likely each class is, one in all, of words and where among them the drug (and the symptom) stands."""
        seen = self._vectors.of(words)
        weighed = self._look_bias
        for place, (here, look) in zip(places, self._places, strict=True):
            stands = slice(REACH - place, REACH - place + len(words))
            seen += here[stands]
            weighed = weighed + look[stands]
        hidden = _layer(seen, self._first, self._first_bias)
        hidden += _layer(hidden, self._second, self._second_bias)
        weighed = weighed + hidden @ self._look
        shares = np.exp(weighed - np.maximum.reduce(weighed))
        shares /= np.add.reduce(shares)
        told = np.zeros(self._named.shape[1], np.float32)
        for name in named:
            row = self._names.get(name)
            if row is not None:
                told += self._named[row]
        whole = np.concatenate([(shares.T @ hidden).ravel(), *[hidden[place] for place in places], told])
        inner = np.maximum(whole @ self._inner + self._inner_bias, 0)
        return as_shares((inner @ self._outer + self._outer_bias).tolist())


def as_shares(scores: Sequence[float], scale: float = 1) -> list[float]:
    """How likely each class is beside all of them; `scale` is what a score of e times as likely is."""
    most = max(scores)
    raised = [exp((score - most) / scale) for score in scores]
    whole = sum(raised)
    return [one / whole for one in raised]


def _side_by_side(weights: Numbers) -> Numbers:
    """The weights of the word before, of the word itself and of the word behind, beside one another."""
    return np.concatenate(np.split(weights, 3), axis=1)


def _layer(rows: Numbers, weights: Numbers, bias: Numbers) -> Numbers:
    """A convolution of three rows, and what of it is above nought."""
    spread = rows @ weights
    wide = len(bias)
    out: Numbers = spread[:, wide : 2 * wide] + bias
    out[1:] += spread[:-1, :wide]
    out[:-1] += spread[1:, 2 * wide :]
    return np.maximum(out, 0, out=out)
