"""Why an alert is shown: its rules as they stand in the tables, what matched them, and the facts that were weighed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from consult.assess.assess import assess
from consult.assess.cases import Names, read_cases
from consult.domain.alert import Alert
from consult.domain.facts import Facts
from consult.knowledge.rows import Row, terms
from consult.knowledge.site import LabelText
from consult.knowledge.tables import Knowledge, select

LABEL_SHOWN = 300  # characters


def explain_records(
    lines: Iterable[str],
    vocabulary: Names,
    knowledge: Knowledge,
    path: Path | str,
    rows_of: Callable[[Iterable[str]], dict[str, Row]],
    label_of: Callable[[str], LabelText | None] = lambda ingredient: None,
    today: str = "",
) -> Iterator[str]:
    """Lines of text for each case line, in order; `rows_of` finds rows by rule id, `label_of` the text of a label.

    Raises BadFile with the line.
    """
    for name, facts, unresolved in read_cases(lines, vocabulary, knowledge, path, today):
        result = assess(facts, knowledge)
        left = [f"{one.name} ({one.reason})" for one in (*unresolved, *result.not_checked)]
        yield f"{name}: {len(result.alerts)} alerts among {result.checked} medications, data of {result.data_date}"
        yield f"  not checked: {', '.join(left) or 'none'}"
        rows = rows_of(rule for alert in result.alerts for rule in alert.rule.split("+"))
        for alert in result.alerts:
            yield from explain(alert, facts, knowledge, rows)
            yield from _label_text(alert, knowledge, label_of)


def _label_text(alert: Alert, knowledge: Knowledge, label_of: Callable[[str], LabelText | None]) -> Iterator[str]:
    """The beginning of what the labels of its drugs say, where a site has loaded them: evidence, never a rule."""
    for word in alert.between:
        text = label_of(knowledge.canonical(word))
        for name, words in text.sections.items() if text is not None else ():
            shown = words if len(words) <= LABEL_SHOWN else f"{words[:LABEL_SHOWN]} …"
            yield f"    label of {word} ({text.date if text else ''}), {name.replace('_', ' ')}: {shown}"


def explain(alert: Alert, facts: Facts, knowledge: Knowledge, rows: dict[str, Row]) -> Iterator[str]:
    """The alert, each of its rules with file and line, what stands for its sides here, and the facts weighed."""
    yield f"  {alert.indicator} {alert.kind}: {' + '.join(alert.between)}"
    imported = {one.id: one for one in knowledge.rules["interaction"] if ":" in one.id}
    taken = [
        knowledge.canonical(word)
        for medication in facts.medications
        if medication.id in alert.medications
        for word in medication.ingredients
    ]
    for rule in alert.rule.split("+"):
        row = rows.get(rule)
        if row is None and (own := imported.get(rule)) is not None:
            yield f"    rule {rule}: imported by the site, {own.severity}"
            yield f"      source: {own.source}, {own.date}, {own.reviewer}"
            continue
        if row is None:
            yield f"    rule {rule}: no row of this name (a long list of rules is cut)"
            continue
        yield f"    rule {rule}: {row.path.name} line {row.line}, {row['severity']}, topic {row['topic'] or rule}"
        yield from _sides(row, taken, knowledge)
        yield f"      context: {row['context'] or 'none'}"
        yield f"      source: {row['source']}, {row['date']}, {row['reviewer']}"
    for factor in alert.factors:
        yield f"    fact: {factor.name} {factor.value} ({factor.effect})"


def _sides(row: Row, taken: list[str], knowledge: Knowledge) -> Iterator[str]:
    drugs = row.path.name in ("rules_interaction.csv", "rules_food_herb.csv")
    for side in ("a", "b") if drugs else ("a",):
        members = select(terms(row[side]), knowledge.groups, knowledge.known)
        for ingredient in dict.fromkeys(taken):
            if ingredient in members:
                named = [
                    term
                    for term in terms(row[side])
                    if not term.startswith("!") and ingredient in select((term,), knowledge.groups, knowledge.known)
                ]
                yield f"      {side}: {ingredient}, as {', '.join(named)}"
    if not drugs and row["b"]:
        yield f"      b: {row['b']}"
