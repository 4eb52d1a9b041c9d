"""Makes the weights of the network of the second reading (consult/nlp/qualifier/net.py) with PyTorch.

One table of word vectors serves both kinds of decisions; they are learnt together from nothing but the lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from consult.nlp.qualifier.learnt import REACH, window
from consult.nlp.qualifier.net import parts_of

WIDTH = 64  # numbers a word, and a place between the layers
LOOKS, NAMED, INNER = 4, 32, 64  # looks over a window; numbers for what the cues gave; numbers before the classes
FAR = REACH // 2  # tokens: what stands farther away is as far
_EPOCHS, _BATCH, _SEED = 6, 64, 7
_RATES, _DECAY = (3e-3, 1e-3), 0.01  # of the words and of the rest
_LEFT_OUT, _NOISE, _HIDDEN = 0.1, 0.2, 0.3  # words told by their parts alone; numbers dropped before and behind
_LEAST_WORD, _LEAST_PART, _LEAST_NAME = 2, 5, 3  # times seen
_PAD, _UNKNOWN = 0, 1


@dataclass
class Seen:
    """What the network sees of one decision, what is right, and how much that counts."""

    tokens: Sequence[str]
    places: tuple[int, ...]  # of the drug, for a pair also of the symptom
    named: Sequence[str]  # what the cues gave
    right: int
    weight: float = 1.0

    @cached_property
    def window(self) -> tuple[list[str], list[int]]:
        """The words and the places among them; none where a pair stands too far apart."""
        start, stop = window(self.tokens, min(self.places), max(self.places))
        return list(self.tokens[start:stop]), [place - start for place in self.places]


class Words(nn.Module):
    """A vector a word and for what it begins and ends with."""

    def __init__(self, decisions: Sequence[Seen]) -> None:
        super().__init__()
        times = Counter(word for one in decisions for word in dict.fromkeys(one.tokens))
        parts = Counter[str]()
        for word, number in times.items():
            for part in parts_of(word):
                parts[part] += number
        self.names = [word for word, number in times.items() if number >= _LEAST_WORD]
        self.numbers = {word: i for i, word in enumerate(self.names, start=2)}
        self.part_names = [part for part, number in parts.items() if number >= _LEAST_PART]
        self.part_numbers = {part: i for i, part in enumerate(self.part_names, start=1)}
        self._told: dict[str, tuple[int, int, int]] = {}
        self.words = nn.Embedding(len(self.names) + 2, WIDTH, padding_idx=_PAD)
        self.parts = nn.Embedding(len(self.part_names) + 1, WIDTH, padding_idx=0)
        for table, size in ((self.words, 0.1), (self.parts, 0.05)):
            nn.init.normal_(table.weight, std=size)
            with torch.no_grad():
                table.weight[0] = 0

    def number(self, word: str) -> tuple[int, int, int]:
        """Of a word and of its parts; what is not known is told by the parts alone."""
        if word not in self._told:
            first, last = (self.part_numbers.get(part, 0) for part in parts_of(word))
            self._told[word] = self.numbers.get(word, _UNKNOWN), first, last
        return self._told[word]

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        return self.words(numbers[..., 0]) + self.parts(numbers[..., 1:]).sum(-2)


class Task(nn.Module):
    """The layers of one kind of decision."""

    def __init__(self, decisions: Sequence[Seen], classes: int, places: int) -> None:
        super().__init__()
        times = Counter(name for one in decisions for name in dict.fromkeys(one.named))
        self.names = [name for name, number in times.items() if number >= _LEAST_NAME]
        self.numbers = {name: i for i, name in enumerate(self.names)}
        self.places = nn.ParameterList(torch.randn(2 * FAR + 1, WIDTH) * 0.05 for _ in range(places))
        self.far_looks = nn.ParameterList(torch.zeros(2 * FAR + 1, LOOKS) for _ in range(places))
        self.first, self.second = (nn.Conv1d(WIDTH, WIDTH, 3, padding=1) for _ in range(2))
        self.look = nn.Linear(WIDTH, LOOKS)
        self.named = nn.EmbeddingBag(len(self.names) + 1, NAMED, mode="sum")
        nn.init.normal_(self.named.weight, std=0.05)
        self.inner = nn.Linear((LOOKS + places) * WIDTH + NAMED, INNER)
        self.outer = nn.Linear(INNER, classes)

    def forward(self, seen: torch.Tensor, batch: Batch) -> torch.Tensor:
        for table, far in zip(self.places, batch.far, strict=True):
            seen = seen + table[far]
        seen = functional.dropout(seen, _NOISE, self.training) * batch.there
        hidden = functional.relu(self.first(seen.transpose(1, 2))) * batch.there.transpose(1, 2)
        hidden = (hidden + functional.relu(self.second(hidden))).transpose(1, 2)
        weighed = self.look(hidden)
        for table, far in zip(self.far_looks, batch.far, strict=True):
            weighed = weighed + table[far]
        shares = weighed.masked_fill(batch.there == 0, -1e9).softmax(1)
        rows = torch.arange(len(hidden))
        whole = [torch.einsum("bth,btk->bkh", hidden, shares).flatten(1)]
        whole += [hidden[rows, place] for place in batch.places]
        whole.append(self.named(*batch.named))
        inner = functional.dropout(torch.cat(whole, 1), _HIDDEN, self.training)
        return self.outer(functional.dropout(functional.relu(self.inner(inner)), _HIDDEN, self.training))


@dataclass
class Batch:
    words: torch.Tensor
    there: torch.Tensor  # 1 for a word, 0 behind the end
    places: list[torch.Tensor]
    far: list[torch.Tensor]
    named: tuple[torch.Tensor, torch.Tensor]
    right: torch.Tensor
    weight: torch.Tensor


class Networks(nn.Module):
    """The network of each kind of decision, by its name, over the same words."""

    def __init__(self, decisions: Mapping[str, Sequence[Seen]], classes: Mapping[str, int]) -> None:
        torch.manual_seed(_SEED)
        super().__init__()
        self.words = Words([one for some in decisions.values() for one in some])
        self.tasks = nn.ModuleDict(
            {name: Task(some, classes[name], len(some[0].places)) for name, some in decisions.items()}
        )
        self._learn(decisions, _EPOCHS, 1.0)

    def again(self, decisions: Mapping[str, Sequence[Seen]]) -> None:
        """Learns a little more, for weights that were changed."""
        self._learn(decisions, 1, 0.2)

    def _learn(self, decisions: Mapping[str, Sequence[Seen]], epochs: int, pace: float) -> None:
        order = np.random.default_rng(_SEED)
        near = {name: [one for one in some if one.window[0]] for name, some in decisions.items()}
        rest = [p for task in self.tasks.values() for p in task.parameters()]
        groups = [
            {"params": list(self.words.parameters()), "weight_decay": 0.0},
            {"params": rest, "weight_decay": _DECAY},
        ]
        learner = torch.optim.AdamW(groups)
        steps = epochs * sum(-(-len(some) // _BATCH) for some in near.values())
        step = 0
        self.train()
        for epoch in range(epochs):
            lost = []
            for name, some in self._mixed(near, order):
                for group, rate in zip(learner.param_groups, _RATES, strict=True):
                    group["lr"] = pace * rate * min(1, step / 300) * (1 - step / steps)
                batch = self._batch(name, some)
                told = self.tasks[name](self.words(self._left_out(batch)), batch)
                loss = (functional.cross_entropy(told, batch.right, reduction="none") * batch.weight).mean()
                learner.zero_grad()
                loss.backward()
                learner.step()
                lost.append(loss.item())
                step += 1
            print(f"epoch {epoch + 1} of {epochs}: {np.mean(lost):.4f}", flush=True)
        self.eval()

    def _mixed(self, decisions: Mapping[str, Sequence[Seen]], order: Any) -> Iterator[tuple[str, list[Seen]]]:
        batches = []
        for name, some in decisions.items():
            mixed = order.permutation(len(some))
            batches += [(name, mixed[i : i + _BATCH]) for i in range(0, len(some), _BATCH)]
        for i in order.permutation(len(batches)):
            name, chosen = batches[i]
            yield name, [decisions[name][j] for j in chosen]

    def _left_out(self, batch: Batch) -> torch.Tensor:
        """Some words as if they were not known; of half of those not even the parts."""
        numbers, chance = batch.words.clone(), torch.rand(batch.words.shape[:2])
        left_out = (chance < _LEFT_OUT) & (batch.there[..., 0] > 0)
        for place in batch.places:
            left_out[torch.arange(len(place)), place] = False
        numbers[..., 0][left_out] = _UNKNOWN
        numbers[..., 1:][left_out & (chance < _LEFT_OUT / 2)] = 0
        return numbers

    def _batch(self, name: str, some: Sequence[Seen]) -> Batch:
        windows = [one.window for one in some]
        longest = max(len(words) for words, _ in windows)
        numbers = np.zeros((len(some), longest, 3), np.int64)
        for i, (words, _) in enumerate(windows):
            numbers[i, : len(words)] = [self.words.number(word) for word in words]
        kinds = [torch.tensor(kind) for kind in zip(*(places for _, places in windows), strict=True)]
        far = [(torch.arange(longest)[None] - place[:, None]).clamp(-FAR, FAR) + FAR for place in kinds]
        known = self.tasks[name].numbers
        named = [[known[one] for one in row.named if one in known] for row in some]
        return Batch(
            torch.from_numpy(numbers),
            torch.from_numpy((numbers[..., :1] > 0).astype(np.float32)),
            kinds,
            far,
            (
                torch.tensor([number for row in named for number in row], dtype=torch.long),
                torch.tensor(np.cumsum([0, *map(len, named[:-1])]), dtype=torch.long),
            ),
            torch.tensor([row.right for row in some]),
            torch.tensor([row.weight for row in some], dtype=torch.float32),
        )

    def arrays(self) -> dict[str, Any]:
        """All weights as `consult.nlp.qualifier.net` reads them."""
        with torch.no_grad():
            words, parts = self.words.words.weight.numpy(), self.words.parts.weight.numpy()
            ends = np.array([self.words.number(word)[1:] for word in self.words.names])
            vectors = words[2:] + parts[ends].sum(1)
            scales = np.abs(vectors).max(axis=1, keepdims=True) / 127
            out: dict[str, Any] = {
                "word names": _text(self.words.names),
                "words": np.round(vectors / scales).astype(np.int8),
                "word scales": scales.astype(np.float32),
                "part names": _text(self.words.part_names),
                "parts": parts[1:],
                "unknown": words[_UNKNOWN],
            }
            reach = np.arange(-REACH, REACH + 1).clip(-FAR, FAR) + FAR
            for name, task in self.tasks.items():
                for i, (place, look) in enumerate(zip(task.places, task.far_looks, strict=True)):
                    out[f"{name} place {i}"], out[f"{name} look {i}"] = place.numpy()[reach], look.numpy()[reach]
                for part in ("first", "second"):
                    layer = getattr(task, part)
                    out[f"{name} {part}"] = layer.weight.numpy().transpose(2, 1, 0).reshape(-1, WIDTH)
                    out[f"{name} {part} bias"] = layer.bias.numpy()
                for part in ("look", "inner", "outer"):
                    layer = getattr(task, part)
                    out[f"{name} {part}"], out[f"{name} {part} bias"] = layer.weight.numpy().T, layer.bias.numpy()
                out[f"{name} names"] = _text(task.names)
                out[f"{name} named"] = task.named.weight.numpy()[: len(task.names)]
        exact = ("words", "word scales")
        return {
            name: array if name in exact or array.dtype != np.float32 else array.astype(np.float16)
            for name, array in out.items()
        }


def _text(names: Sequence[str]) -> Any:
    return np.frombuffer("\n".join(names).encode(), np.uint8)
