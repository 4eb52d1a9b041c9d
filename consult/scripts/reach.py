"""What of a script can never happen: contradicting conditions, questions nobody asks, branches nobody opens.

Nothing here runs a script; it asks of each condition whether there is any answer or fact for which it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consult.scripts.linking import leaves_in
from consult.scripts.schema import Branch, Condition, Guard, Item, Script, Step

ONE_VALUE = frozenset({"age", "sex", "lab", "medication_count", "class_count", "medication_route", "medication_status"})
ORDERS = (">", "<", ">=", "<=")


def never(script: Script) -> Iterator[tuple[str, str]]:
    """Ids (of a step, branch, question or proposal) with the reason for which it can never happen."""
    asked, open_branches = _reachable(script)
    for leaf in leaves_in(script):
        if leaf.item.link_id not in asked and script.block_of[leaf.item.link_id].id in open_branches:
            clash = any(_clashes(guard, script.questions) for guard in leaf.guards)
            why = ": its conditions contradict each other" if clash else ""
            yield leaf.item.link_id, f"the question '{leaf.item.link_id}' can never be asked{why}"
    for block in script.blocks:
        if block.id not in open_branches:
            clash = isinstance(block, Branch) and _clashes(block.opened_by, script.questions)
            why = ": its conditions contradict each other" if clash else ""
            yield block.id, f"the branch '{block.id}' can never open{why}"
            continue
        required = [leaf.item.link_id for leaf in block.leaves if leaf.item.required]
        if required and asked.isdisjoint(required):
            yield block.id, f"'{block.id}' can never be reached: none of its required questions can be asked"
        if isinstance(block, Step) and not _possible(block.done_if, script.questions, asked):
            yield block.id, f"the step '{block.id}' can never be done: its conditions contradict each other"
        for rule in block.red_flags:
            if not _possible(rule.when, script.questions, asked):
                yield block.id, f"'{block.id}' can never raise the red flag '{rule.flag}'"
        for proposal in block.proposes:
            if not _possible(proposal.when, script.questions, asked):
                why = ": its conditions contradict each other" if _clashes(proposal.when, script.questions) else ""
                yield proposal.id, f"the proposal '{proposal.id}' can never be made{why}"


def _reachable(script: Script) -> tuple[set[str], set[str]]:
    """The questions that can be asked and the blocks that can be entered, by going on until nothing new is found."""
    asked: set[str] = set()
    entered = {step.id for step in script.steps}
    while True:
        before = len(asked) + len(entered)
        for branch in script.branches:
            if _possible(branch.opened_by, script.questions, asked):
                entered.add(branch.id)
        for block in script.blocks:
            if block.id in entered:
                asked.update(_askable(block, script.questions, asked))
                for rule in block.red_flags:
                    if _possible(rule.when, script.questions, asked):
                        entered.add(rule.flag)
        if len(asked) + len(entered) == before:
            return asked, entered


def _askable(block: Step | Branch, questions: Mapping[str, Item], asked: set[str]) -> Iterator[str]:
    for leaf in block.leaves:
        if all(_possible(guard, questions, asked) for guard in leaf.guards):
            yield leaf.item.link_id


def _possible(guard: Guard, questions: Mapping[str, Item], asked: set[str]) -> bool:
    possible = [one for one in guard.conditions if _can_hold(one, asked)]
    if guard.behavior == "any":
        return bool(possible) or not guard.conditions
    return len(possible) == len(guard.conditions) and not _clashes(guard, questions)


def _clashes(guard: Guard, questions: Mapping[str, Item]) -> bool:
    return guard.behavior == "all" and _contradicts(guard.conditions, questions)


def _can_hold(condition: Condition, asked: set[str]) -> bool:
    """A question that is never asked has no answer; some conditions hold just then."""
    if not condition.question or condition.question in asked:
        return True
    return condition.operator == "!=" or (condition.operator == "exists" and condition.answers == ("no",))


def _contradicts(conditions: Iterable[Condition], questions: Mapping[str, Item]) -> bool:
    about: dict[tuple[str, ...], list[Condition]] = {}
    for one in conditions:
        about.setdefault((one.question, one.fact, *one.names), []).append(one)
    return any(_clash(group, _one_value(group[0], questions)) for group in about.values())


def _one_value(condition: Condition, questions: Mapping[str, Item]) -> bool:
    item = questions.get(condition.question)
    return condition.fact in ONE_VALUE or (item is not None and not item.repeats)


def _clash(group: list[Condition], one_value: bool) -> bool:
    absent = any(one.operator == "exists" and one.answers == ("no",) for one in group)
    present = any(one.operator != "!=" and not (one.operator == "exists" and one.answers == ("no",)) for one in group)
    if absent and present:
        return True
    refused = {answer for one in group if one.operator == "!=" for answer in one.answers}
    wanted = [set(one.answers) - refused for one in group if one.operator == "="]
    if any(not answers for answers in wanted):
        return True
    if not one_value:
        return False
    return bool(wanted and not set.intersection(*wanted)) or _empty_range(group)


def _empty_range(group: list[Condition]) -> bool:
    """Whether the limits on one number leave none; several limits of one condition are alternatives."""
    low, high = float("-inf"), float("inf")
    low_open = high_open = False
    for one in group:
        if one.operator not in ORDERS:
            continue
        limits = [float(answer) for answer in one.answers]
        if one.operator in (">", ">=") and min(limits) >= low:
            low_open = one.operator == ">" or (low_open and min(limits) == low)
            low = min(limits)
        if one.operator in ("<", "<=") and max(limits) <= high:
            high_open = one.operator == "<" or (high_open and max(limits) == high)
            high = max(limits)
    return low > high or (low == high and (low_open or high_open))
