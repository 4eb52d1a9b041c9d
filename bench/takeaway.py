"""How long a takeaway takes: composing, and the tagged PDF from the warm render process, for 3, 12 and 30 medicines.

Prints the best of several rounds in milliseconds (other work on the machine only adds), and its ratio to a bare
write_pdf of the same page without tags in the same run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from consult.takeaway.compose import compose
from consult.takeaway.conformance import check
from consult.takeaway.page import render_html
from consult.takeaway.pdf import Renderer
from consult.takeaway.tagged import make_bare_pdf
from tests.unit.takeaway.cases import source

ROUNDS = 9


def best_ms(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    renderer = Renderer()
    start = time.perf_counter()
    renderer.warm()
    print(f"start of the render process {(time.perf_counter() - start) * 1000:6.0f} ms")
    for count in (3, 12, 30):
        case = source(count)
        page = render_html(compose(case))
        written = best_ms(lambda case=case: render_html(compose(case)))
        checked = best_ms(lambda case=case: check(case))
        tagged = best_ms(lambda page=page: renderer.render(page))
        bare = best_ms(lambda page=page: make_bare_pdf(page))
        print(
            f"{count:3} medicines: page {written:5.1f} ms, check {checked:5.1f} ms, PDF {tagged:6.0f} ms,"
            f" bare {bare:6.0f} ms, ratio {tagged / bare:4.2f}"
        )
    renderer.close()


if __name__ == "__main__":
    main()
