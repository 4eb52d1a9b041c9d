"""What only the whole script can tell: that conditions ask for questions, answers and red flags that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consult.scripts.entries import Entry
from consult.scripts.schema import Branch, Condition, Guard, Item, Leaf, Script, Step


def check_links(script: Script, root: Entry, places: Mapping[str, Entry], blocks: Mapping[str, Entry]) -> None:
    """Raises BadFile at the item, step or branch that refers to something missing."""
    leaves = {leaf.item.link_id: leaf for leaf in leaves_in(script)}
    for item in items_in(script):
        for condition in item.enable.conditions:
            _check(condition, leaves, places[item.link_id])
            if condition.question == item.link_id:
                raise places[item.link_id].bad(f"the question '{item.link_id}' waits for its own answer")
    alike: dict[str, Item] = {}
    for item in (leaf.item for leaf in leaves.values() if leaf.item.same):
        first = alike.setdefault(item.same, item)
        if leaves[item.link_id].each or (item.type, item.options) != (first.type, first.options):
            raise places[item.link_id].bad(f"'{first.link_id}' is another question: no 'same', or the same answers")
    urgent = {branch.id for branch in script.branches if branch.urgent}
    for block in script.blocks:
        for guard in _guards(block):
            for condition in guard.conditions:
                _check(condition, leaves, blocks[block.id])
        for rule in block.red_flags:
            if rule.flag not in urgent:
                raise blocks[block.id].bad(f"there is no red flag '{rule.flag}' (a branch with urgent: true)")
    for branch in script.branches:
        for link_id in (branch.place, branch.call_back):
            if link_id and link_id not in leaves:
                raise blocks[branch.id].bad(f"there is no question '{link_id}'")
    holders = [step for step in script.steps if step.branches == "hold"]
    if len(holders) > 1:
        raise blocks[holders[1].id].bad("only one step of a script may hold the branches")
    if script.branches and not holders:
        raise root.bad("the script has branches but no step with 'branches: hold'")


def items_in(script: Script) -> Iterator[Item]:
    return items_of(script.blocks)


def items_of(blocks: Iterable[Step | Branch]) -> Iterator[Item]:
    """Every item in file order, groups before what is in them."""

    def walk(items: tuple[Item, ...]) -> Iterator[Item]:
        for item in items:
            yield item
            yield from walk(item.items)

    for block in blocks:
        yield from walk(block.items)


def leaves_in(script: Script) -> Iterator[Leaf]:
    for block in script.blocks:
        yield from block.leaves


def names_in(script: Script, fact: str) -> frozenset[str]:
    """The words that the conditions of a script use for a fact, such as every drug class named."""
    guards = [item.enable for item in items_in(script)]
    for block in script.blocks:
        guards += _guards(block)
    found: set[str] = set()
    for condition in (condition for guard in guards for condition in guard.conditions):
        if condition.fact == fact:
            found.update(condition.names or condition.answers)
    if fact == "class":
        for rule in (rule for item in items_in(script) for rule in item.heard if rule.drug):
            found.update(rule.drug.classes if rule.drug else ())
        for care in script.prevention:
            found.update(care.classes)
    return frozenset(found)


def _guards(block: Step | Branch) -> list[Guard]:
    own = block.opened_by if isinstance(block, Branch) else block.done_if
    return [own, *(rule.when for rule in block.red_flags), *(proposal.when for proposal in block.proposes)]


def _check(condition: Condition, leaves: Mapping[str, Leaf], place: Entry) -> None:
    if not condition.question:
        return
    leaf = leaves.get(condition.question)
    if leaf is None:
        raise place.bad(f"a condition asks for the question '{condition.question}', which does not exist")
    item = leaf.item
    if condition.operator not in ("=", "!="):
        return
    codes = {"boolean": ("yes", "no"), "choice": tuple(option.code for option in item.options)}.get(item.type)
    for answer in condition.answers if codes else ():
        if answer not in (codes or ()):
            raise place.bad(f"'{answer}' is no answer to '{item.link_id}' (answers: {', '.join(codes or ())})")
