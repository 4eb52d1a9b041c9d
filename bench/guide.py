"""The next question with its reasons: 15 medications that open many branches, and 30 that open nearly all.

Prints the median and the 95th percentile in milliseconds; fails where the median with 15 medications is above 1 ms.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from consult.app import knowledge, scripts
from consult.domain.answer import Answer
from consult.domain.medication import Medication
from consult.scripts import View, guide

FIFTEEN = (
    "warfarin apixaban oxycodone lorazepam metformin glipizide semaglutide empagliflozin ibuprofen albuterol "
    "lisinopril furosemide metoprolol atorvastatin levothyroxine"
)
MORE = (
    "omeprazole diphenhydramine zolpidem sertraline lithium phenytoin digoxin theophylline tacrolimus methotrexate "
    "prednisone ciprofloxacin alendronate bictegravir ginkgo"
)
LIMIT = 1.0  # ms


def measure(names: list[str], rounds: int = 400) -> float:
    view = View(
        medications=tuple(Medication(f"med:{name}", name, (name,), review="confirmed") for name in names),
        conditions=("type 2 diabetes", "heart failure", "hypertension", "ckd"),
        effects=("dizziness", "edema"),
        answers={"goals-literacy": Answer("goals-literacy", ("not-sure",))},
        age=74,
        sex="f",
    )
    script, classes_of = scripts()["cmr"], knowledge().classes_of
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        guidance = guide(script, view, classes_of)
        taken.append((time.perf_counter() - begin) * 1000)
    taken.sort()
    median = taken[rounds // 2]
    print(
        f"guide: {len(names)} medications, {len(guidance.branches)} branches open: "
        f"p50 {median:.2f} ms, p95 {taken[int(rounds * 0.95)]:.2f} ms"
    )
    return median


median = measure(FIFTEEN.split())
measure((FIFTEEN + " " + MORE).split())
sys.exit(0 if median <= LIMIT else f"guide: the median is above {LIMIT} ms")
