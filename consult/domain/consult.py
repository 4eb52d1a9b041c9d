"""The consult: its state, `decide(consult, command) -> events` and `evolve(consult, event) -> Consult`.

This is the page to import from; the parts stand in `state`, `decide_*` and `evolve`.
"""

from __future__ import annotations

from consult.domain.decide import DECISIONS, decide
from consult.domain.evolve import evolve, fold
from consult.domain.state import Consult

__all__ = ["DECISIONS", "Consult", "decide", "evolve", "fold"]
