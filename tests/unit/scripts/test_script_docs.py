from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from consult.app import scripts
from consult.cli.scripts import grader
from consult.domain.answer import Suggestion
from consult.scripts import View, guide, load_script
from consult.scripts.checking import complaints
from consult.scripts.conditions import FACTS
from tests.command import consult
from tests.unit.scripts.script_talk import classes_of, medication, with_answer

PAGE = Path(__file__).parents[3] / "docs" / "scripts.md"


def examples() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_first_script_of_the_page_has_twenty_lines_and_nothing_wrong(write: Callable[..., Path]) -> None:
    script, spanish = examples()[:2]
    write(spanish, "pressure.es.yaml")
    path = write(script, "pressure.yaml")

    assert len(script.splitlines()) == 20
    assert complaints(path, grader()) == ()
    assert load_script(path).languages == ("en", "es")


def test_the_first_script_can_be_walked_as_the_page_says(write: Callable[..., Path]) -> None:
    script, spanish = examples()[:2]
    write(spanish, "pressure.es.yaml")
    file = write(script, "pressure.yaml")

    result = consult("scripts", "try", file, "--language", "es", stdin="no\n")

    assert result.returncode == 0, result.stderr
    assert "“¿Cuáles fueron sus últimos números?”" in result.stdout
    assert "¿Se mide la presión en casa?" in result.stdout
    assert "1 of 1 steps done, 1 of 1 questions." in result.stdout
    assert "To do: Mídase la presión dos veces por semana." in result.stdout


def test_the_example_of_the_page_compiles_and_guides(write: Callable[..., Path]) -> None:
    _, _, example, part, item = examples()
    write(part, "branches/diuretic-example.yaml")

    script = load_script(write(example + item))
    view = View(medications=(medication("lisinopril"),), conditions=("chronic heart failure",), current="pressure")
    guidance = guide(script, with_answer(view, "pressure-checks", "no"), classes_of)

    assert guidance.done == ("pressure",)
    say = "Now let us look at Lisinopril. Most people miss a dose now and then. How is that for you?"
    text = "On how many of the last 7 days did you miss Lisinopril?"
    why = "Lisinopril: not asked yet"
    assert guidance.next == Suggestion("pills", "pills-missed", "med:lisinopril", why, say, text)
    assert [(b.branch_id, b.because) for b in guidance.branches] == [
        ("water-pill", "chronic heart failure is on record")
    ]


def test_the_page_names_every_fact() -> None:
    words = PAGE.read_text(encoding="utf-8")

    assert [fact for fact in FACTS if f"`{fact}`" not in words] == []


def test_the_page_names_every_script_that_comes_with_the_program() -> None:
    words = PAGE.read_text(encoding="utf-8")

    assert [script_id for script_id in scripts() if f"`{script_id}`" not in words] == []
