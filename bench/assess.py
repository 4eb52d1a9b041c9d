"""How fast a regimen is assessed, how that grows with its length, and how fast the knowledge is loaded.

python bench/assess.py: 15 medicines with 6 conditions (limit 3 ms p50), 8 to 60 medicines, the load (limit 0.5 s). One
core, in its own processor time. Exit code 1: over a limit, or growing faster than the square of the regimen.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from consult.assess import assess
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.domain.patient import Lab
from consult.knowledge.tables import Knowledge, load_knowledge

CONDITIONS = (
    "heart failure", "type 2 diabetes", "atrial fibrillation", "chronic kidney disease", "depression", "osteoarthritis",
)  # fmt: skip
MEDICINES = (
    "warfarin", "metoprolol", "lisinopril", "furosemide", "spironolactone", "digoxin", "metformin", "glipizide",
    "sertraline", "tramadol", "omeprazole", "atorvastatin", "amiodarone", "naproxen", "levothyroxine",
)  # fmt: skip
LABS = (Lab("egfr", 48.0), Lab("potassium", 5.1), Lab("inr", 2.6))
SIZES = (8, 15, 30, 60)


def facts(names: tuple[str, ...]) -> Facts:
    rows = tuple(Medication(f"med:{n}", name, (name,), review="confirmed") for n, name in enumerate(names))
    return Facts(age=72, conditions=CONDITIONS, labs=LABS, medications=rows, today="2026-11-01")


def seconds(work: Callable[[], object], rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return taken


def grows(knowledge: Knowledge) -> dict[int, float]:
    """The median milliseconds for random regimens of each size."""
    pool = sorted(knowledge.known)
    medians = {}
    for size in SIZES:
        chance = random.Random(size)
        drawn = [facts(tuple(chance.sample(pool, size))) for _ in range(40)]
        taken = [min(seconds(partial(assess, one, knowledge), 3)) for one in drawn]
        medians[size] = 1000 * statistics.median(taken)
    return medians


def main() -> None:
    load = min(seconds(load_knowledge, 3))
    knowledge = load_knowledge()
    patient = facts(MEDICINES)
    whole = [1000 * second for second in seconds(lambda: assess(patient, knowledge), 300)]
    middle, worst = statistics.median(whole), statistics.quantiles(whole, n=100)[94]
    alerts = len(assess(patient, knowledge).alerts)
    print(f"15 medicines, 6 conditions, {alerts} alerts: p50 {middle:.2f} ms (limit 3), p95 {worst:.2f} ms")
    medians = grows(knowledge)
    square = (medians[SIZES[-1]] / medians[SIZES[0]]) / (SIZES[-1] / SIZES[0]) ** 2
    print("random regimens: " + ", ".join(f"{size}: {ms:.2f} ms" for size, ms in medians.items()))
    print(f"growth from {SIZES[0]} to {SIZES[-1]} medicines, as a share of the square: {square:.2f} (limit 1)")
    print(f"knowledge loaded in {load:.2f} s (limit 0.5)")
    sys.exit(0 if middle <= 3 and square <= 1 and load <= 0.5 else 1)


if __name__ == "__main__":
    main()
