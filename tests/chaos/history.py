"""What the actors did and saw, as they saw it: one record for each step, written to a JSONL file when asked."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """`phase` is invoke, ok, fail (refused for good) or info (no answer; it is sent again). Times are monotonic."""

    at: float
    actor: str
    consult: str
    id: str  # the command id
    phase: str
    seq: int = 0
    text: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A batch of events that arrived unasked: the span it covers and the (seq, command id, type) in it."""

    at: float
    actor: str
    consult: str
    connection: int
    first: int
    last: int
    events: tuple[tuple[int, str, str], ...]


@dataclass
class History:
    """All steps of a run. `down` holds the spans in which the database could not be reached; `poisoned` tells that some
    of what was sent may be refused for good."""

    steps: list[Step] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    intruder_frames: list[str] = field(default_factory=list)
    down: list[tuple[float, float]] = field(default_factory=list)
    poisoned: bool = False
    acknowledged: int = 0

    def step(self, actor: str, consult: str, id: str, phase: str, seq: int = 0, text: str = "", code: str = "") -> None:
        self.acknowledged += phase == "ok"
        self.steps.append(Step(time.monotonic(), actor, consult, id, phase, seq, text, code))

    def write(self, path: Path) -> None:
        rows = sorted((*self.steps, *self.seen), key=lambda row: row.at)
        path.write_text("".join(json.dumps(asdict(row)) + "\n" for row in rows))
