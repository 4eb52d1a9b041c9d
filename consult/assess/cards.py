"""From findings to cards: few, merged where one mechanism joins them, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations

from consult.assess.finding import Finding
from consult.assess.regimen import Taken
from consult.assess.situation import EGFR_UNIT, LADDER
from consult.domain.alert import Alert, Factor
from consult.domain.plan import TodoWords
from consult.domain.shared_todo import AND
from consult.knowledge.rules import Rule

LONGEST_ID = 80
MOST_NAMED = 5  # drugs in a title, so that the risk behind them is read
KIND_ORDER = (
    "interaction", "allergy", "duplication", "condition", "renal", "dose", "age", "food_herb", "monitoring",
)  # fmt: skip
SEVERITY_ORDER = ("contraindicated", "major", "moderate", "minor")


@dataclass
class Card:
    """Findings that are told together; the first leads."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def level(self) -> int:
        return max(LADDER.index(f.indicator) for f in self.findings)


def make_cards(findings: list[Finding]) -> tuple[Alert, ...]:
    """The alerts, gravest first, then by kind and id."""
    cards = _same_words(_star_and_clique(findings))
    doubles = [(set(_words(card)), card.level) for card in cards if card.findings[0].kind == "duplication"]
    cards = [card for card in cards if not _told_by_duplication(card, doubles)]
    states = [card for card in cards if card.findings[0].rule.merge.endswith("&")]
    cards = [card for card in cards if not any(_told_by_state(card, state) for state in states)]
    alerts: dict[str, Alert] = {}
    for card in sorted(cards, key=lambda c: -c.level):
        alert = _alert(card)
        if alert.id in alerts:  # a shortened id, or the same words at another indicator
            alert = replace(alert, id=f"{alert.id[: LONGEST_ID - 9]}:{alert.indicator}")
        alerts.setdefault(alert.id, alert)
    rank = {kind: n for n, kind in enumerate(KIND_ORDER)}
    return tuple(
        sorted(
            alerts.values(),
            key=lambda a: (-LADDER.index(a.indicator), SEVERITY_ORDER.index(a.severity), rank[a.kind], a.id),
        )
    )


def _star_and_clique(findings: list[Finding]) -> list[Card]:
    """Joins findings with one merge key: drugs that each disturb each other, or share one drug.

    A key that ends in "*" names the drug of side a as the shared one, a key that begins with it that of side b; one
    that ends in "&" joins all drugs beside one measured state (low blood pressure, high potassium).

    Findings for information never join those that are shown, and drugs are joined only where every two of them are
    a finding, so that a card never suggests a pair that no rule names.
    """
    cards: list[Card] = []
    shown = _shown_pairs(findings)
    by_key: dict[tuple[str, str, bool], list[Finding]] = {}
    for finding in findings:
        key = finding.rule.merge
        if key:
            by_key.setdefault((finding.kind, key, finding.indicator == "info"), []).append(finding)
        else:
            by_key.setdefault((finding.kind, f"={finding.rule.topic}", finding.indicator == "info"), []).append(finding)
    for (_, key, _), group in by_key.items():
        if group[0].other:
            cards += _by_fact(group, shown) if not key.startswith("=") else _by_rows(group)
        elif "*" in key:
            cards += _by_hub(group, shown)
        elif key.startswith("="):
            cards += _by_rows(group)
        else:
            cards += _by_clique(group, shown)
    return cards


def _by_rows(group: list[Finding]) -> list[Card]:
    """One card for the same rows of the regimen (a combination product may match twice)."""
    cards: dict[tuple[object, ...], Card] = {}
    for finding in group:
        rows = (*sorted({t.medication.id for t in finding.taken}), finding.other)
        cards.setdefault(rows, Card()).findings.append(finding)
    return list(cards.values())


def _shown_pairs(findings: list[Finding]) -> set[frozenset[str]]:
    """The pairs of rows between which a finding lies that is more than information.

    A third drug that makes a finding graver belongs to it (a diuretic beside an NSAID with an ACE inhibitor).
    """
    rows: dict[str, set[str]] = {}
    for finding in findings:
        for taken in finding.taken:
            rows.setdefault(taken.word, set()).add(taken.medication.id)
    pairs: set[frozenset[str]] = set()
    for finding in (f for f in findings if f.indicator != "info"):
        own = {taken.medication.id for taken in finding.taken}
        pairs |= {frozenset(pair) for pair in combinations(own, 2)}
        thirds = [f.value for f in finding.factors if f.name == "also takes" and f.effect == "raises"]
        if not finding.other:
            pairs |= {frozenset((a, b)) for word in thirds for a in own for b in rows.get(word, ()) if a != b}
    return pairs


def _by_fact(group: list[Finding], shown: set[frozenset[str]]) -> list[Card]:
    """One card for the same test, or the same measured state, whatever the drugs and the indicator.

    For the same other condition and indicator, of drugs that are a finding together too.
    """
    whole = group[0].kind == "monitoring" or group[0].rule.merge.endswith("&")
    keyed = [(f.other if whole else f"{f.other} {f.indicator}", {t.medication.id for t in f.taken}, f) for f in group]
    return _in_company(keyed, None if whole else shown)


def _by_hub(group: list[Finding], shown: set[frozenset[str]]) -> list[Card]:
    """One card for each shared drug and each indicator, with those that meet it so gravely and each other too."""
    keyed = []
    for finding in group:
        hub, others = _hub(finding)
        keyed.append((f"{hub.medication.id} {finding.indicator}", {t.medication.id for t in others}, finding))
    return _in_company(keyed, None if group[0].indicator == "info" else shown)


def _hub(finding: Finding) -> tuple[Taken, tuple[Taken, ...]]:
    """The drug that the findings of one card share, and the others."""
    last = finding.rule.merge.startswith("*")
    return (finding.taken[-1], finding.taken[:-1]) if last else (finding.taken[0], finding.taken[1:])


def _in_company(keyed: list[tuple[str, set[str], Finding]], shown: set[frozenset[str]] | None) -> list[Card]:
    """Cards of one key each. With `shown`, every two rows of a card are such a pair: it suggests no harmless one."""
    cards: list[tuple[str, set[str], Card]] = []
    for key, rows, finding in keyed:
        for old, members, card in cards:
            pairs = [frozenset((a, b)) for a in rows for b in members if a != b]
            if old == key and (shown is None or all(pair in shown for pair in pairs)):
                members |= rows
                card.findings.append(finding)
                break
        else:
            cards.append((key, set(rows), Card([finding])))
    return [card for _, _, card in cards]


def _by_clique(group: list[Finding], shown: set[frozenset[str]]) -> list[Card]:
    """One card for rows of the regimen of which every two are a finding, of this key or (two of one class) another."""
    edges: dict[frozenset[str], list[Finding]] = {}
    for finding in group:
        edges.setdefault(frozenset(t.medication.id for t in finding.taken), []).append(finding)
    left = sorted(edges, key=lambda e: (-max(LADDER.index(f.indicator) for f in edges[e]), sorted(e)))
    nodes = sorted({node for edge in edges for node in edge})
    known = edges.keys() | ({} if group[0].indicator == "info" else shown)
    cards = []
    while left:
        clique = set(left[0])
        for node in nodes:
            if node not in clique and all(frozenset({node, other}) in known for other in clique):
                clique.add(node)
        inside = [edge for edge in left if edge <= clique]
        left = [edge for edge in left if not edge <= clique]
        cards.append(Card([finding for edge in inside for finding in edges[edge]]))
    return cards


def _same_words(cards: list[Card]) -> list[Card]:
    """Cards that say the same become one: between the same words, then of the same drugs by one merge key."""
    return _joined_by(_same_drugs, _joined_by(_same_between, cards))


def _joined_by(about: Callable[[Card], tuple[str, ...]], cards: list[Card]) -> list[Card]:
    merged: dict[tuple[str, ...], Card] = {}
    for card in cards:
        merged.setdefault(about(card), Card()).findings.extend(card.findings)
    return list(merged.values())


def _same_between(card: Card) -> tuple[str, ...]:
    """Pairs between the same words are told together, of whatever mechanism."""
    kind = card.findings[0].kind
    return ("pair" if kind in ("interaction", "food_herb") else kind, *_words(card))


def _same_drugs(card: Card) -> tuple[str, ...]:
    """So are the ingredients that the same products double, and the facts of one merge key beside the same drugs
    (weak kidneys by name and by eGFR)."""
    lead = card.findings[0]
    rows = sorted({taken.medication.id for finding in card.findings for taken in finding.taken})
    if lead.kind == "duplication":
        return (lead.kind, *rows)
    if lead.kind in ("condition", "renal", "age") and lead.rule.merge:
        return ("fact", lead.rule.merge, *rows)
    return _same_between(card)


def _words(card: Card) -> tuple[str, ...]:
    """What the card lies between, sorted; a word stands twice only for one ingredient in two rows."""
    if len(card.findings) == 1:
        return tuple(sorted(card.findings[0].words))
    twice = [f.words for f in card.findings if len(set(f.words)) < len(f.words)]
    words = {word for finding in card.findings for word in finding.words}
    extra = {word for each in twice for word in each if each.count(word) > 1}
    return tuple(sorted([*words, *extra]))


def _told_by_duplication(card: Card, doubles: list[tuple[set[str], int]]) -> bool:
    """Whether a card of at least this level already says that the two are one too many."""
    if card.findings[0].kind not in ("interaction", "food_herb"):
        return False
    words = set(_words(card)) if doubles else set()
    return any(words <= told and level >= card.level for told, level in doubles)


def _told_by_state(card: Card, state: Card) -> bool:
    """Whether a card of a measured state already names these drugs, at least as gravely, for the same fact."""
    lead = state.findings[0]
    if (
        card.findings[0].kind != "interaction"
        or card.level > state.level
        or not set(_words(card)) <= set(_words(state))
    ):
        return False
    facts = {(f.name, f.value) for finding in card.findings for f in finding.factors}
    behind = {(f.name, f.value) for f in lead.factors if f.name != "also takes"} | {("condition", lead.other)}
    return bool(facts & behind)


def _alert(card: Card) -> Alert:
    ordered = sorted(card.findings, key=lambda f: (-LADDER.index(f.indicator), SEVERITY_ORDER.index(f.rule.severity)))
    lead = ordered[0]
    by_rule: dict[Rule, list[Finding]] = {}
    for finding in ordered:
        by_rule.setdefault(finding.rule, []).append(finding)
    fills = {rule: _fills(found) for rule, found in by_rule.items()}
    words = _words(card)
    drugs = {taken.medication.id: taken.name for finding in ordered for taken in finding.taken}
    rule, own = lead.rule, fills[lead.rule]
    names = list(dict.fromkeys(drugs.values()))
    if len(names) > MOST_NAMED:
        names[MOST_NAMED - 1 :] = [f"{len(names) - MOST_NAMED + 1} more"]
    title = " + ".join([*names, *_beside(lead)])
    return Alert(
        id=_id(lead, words),
        kind=lead.kind,
        between=words,
        severity=rule.severity,
        indicator=lead.indicator,
        title=_cut(f"{title}: {_filled(rule.risk, own)}", 200),
        why=_told((rule.why, own) for rule, own in fills.items()),
        action=_told((rule.action, own) for rule, own in fills.items() if _acts(rule, by_rule[rule], lead)),
        source="; ".join(dict.fromkeys(f"{rule.source} ({rule.date})" for rule in fills)),
        mechanism=_told((rule.mechanism, own) for rule, own in fills.items()),
        factors=_factors(ordered, words),
        medications=tuple(drugs),
        rule=_cut("+".join(rule.id for rule in fills), 200),
        todo_topic=_cut(_filled(rule.todo.topic, own), 200),
        todo_action=_filled(rule.todo.action, own),
        todo_why=_filled(rule.todo.why, own),
        todo_said=_said(lead, [f for f in ordered if f.rule is rule]),
    )


def _acts(rule: Rule, findings: list[Finding], lead: Finding) -> bool:
    """Whether the card gives this rule's advice: of one mechanism, or one pair, only what is as urgent as the card."""
    if any(finding.indicator == lead.indicator for finding in findings):
        return True
    told = {taken.medication.id for taken in lead.taken}
    same = all({taken.medication.id for taken in finding.taken} == told for finding in findings)
    return (not rule.merge or rule.merge != lead.rule.merge) and not (same and lead.kind == "interaction")


def _factors(findings: list[Finding], words: tuple[str, ...]) -> tuple[Factor, ...]:
    """The facts weighed, each once; that a drug of the card is taken is none."""
    facts = dict.fromkeys(f for finding in findings for f in finding.factors)
    facts = dict.fromkeys(f for f in facts if not (f.name == "also takes" and f.value in words))
    longer = {(f.name, f.effect, f.value.replace(EGFR_UNIT, "")) for f in facts if EGFR_UNIT in f.value}
    return tuple(f for f in facts if (f.name, f.effect, f.value) not in longer)


def _said(lead: Finding, findings: list[Finding]) -> tuple[TodoWords, ...]:
    """The words for the to-do list in the languages that have them."""
    made = []
    for said in lead.rule.todo.said:
        fills = _fills(findings, AND[said.language])
        topic, action, why = (_filled(text, fills) for text in (said.topic, said.action, said.why))
        made.append(TodoWords(said.language, _cut(topic, 200), action, why))
    return tuple(made)


def _beside(lead: Finding) -> list[str]:
    """The word of the title for what is not a drug."""
    if not lead.other or lead.kind in ("dose", "monitoring"):
        return []
    if lead.kind == "age":
        return [f"age {factor.value}" for factor in lead.factors if factor.name == "age"][:1]
    return [{"renal": "kidneys"}.get(lead.other, lead.other)]


def _id(lead: Finding, words: tuple[str, ...]) -> str:
    """What the card says it lies between; a card of a measured state stays the same card whatever drugs are in it."""
    if lead.rule.merge.endswith("&"):
        return _cut(f"{lead.kind}:{lead.rule.merge[:-1]}+{lead.other}", LONGEST_ID)
    full = f"{lead.kind}:{'+'.join(dict.fromkeys(word for word in words if lead.kind != 'dose' or word != 'dose'))}"
    if len(full) <= LONGEST_ID:
        return full
    return _cut(f"{lead.kind}:{lead.rule.merge.strip('*') or lead.rule.id}:{'+'.join(words)}", LONGEST_ID)


def _fills(findings: list[Finding], both: str = AND["en"]) -> dict[str, str]:
    """The names for {a} and {b} of one rule: what shares the card with the same drug is named together.

    So is each further drug of the first side that meets just the same ones.
    """
    lead = findings[0]
    if lead.other:
        return {"{a}": _joined((t.name for f in findings for t in f.taken), both), "{b}": lead.other}
    first, _ = _hub(lead)
    met: dict[str, tuple[str, dict[str, None]]] = {}
    for hub, beside in map(_hub, findings):
        met.setdefault(hub.medication.id, (hub.name, {}))[1].update(dict.fromkeys(t.name for t in beside))
    own = met[first.medication.id][1]
    hubs = _joined((name for name, beside in met.values() if beside.keys() == own.keys() and name not in own), both)
    others = _joined(own, both) or first.name
    if lead.rule.merge.startswith("*"):
        return {"{a}": others, "{b}": hubs or first.name}
    return {"{a}": hubs or first.name, "{b}": others}


def _joined(names: Iterable[str], both: str = AND["en"]) -> str:
    """ "A", "A and B", "A, B and C", each name once."""
    distinct = list(dict.fromkeys(names))
    return both.join([", ".join(distinct[:-1]), distinct[-1]] if len(distinct) > 1 else distinct)


def _told(texts: Iterable[tuple[str, dict[str, str]]]) -> str:
    """The words of each rule of the card about its own drugs, each sentence once."""
    return " ".join(dict.fromkeys(_filled(text, fills) for text, fills in texts if text))


def _filled(text: str, fills: dict[str, str]) -> str:
    if "{" not in text:
        return text
    for mark, name in fills.items():
        text = text.replace(mark, name)
    return text


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "\N{HORIZONTAL ELLIPSIS}"
