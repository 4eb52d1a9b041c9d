"""What to ask next, which branches are open, what is done: pure, total and never a trap.

The order follows the talk: a red flag first, then what is still open in the step the pharmacist is in, then the
questions of branches that what was just found has opened, then back to where the talk was left for them, then the next
step; what else was left behind comes back at the end. Anything may be skipped with a reason, and any step may be the
current one at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from consult.domain.answer import Suggestion, answer_key
from consult.scripts.conditions import ClassesOf, Known, Reason, View
from consult.scripts.renewed import raised_by_notes
from consult.scripts.schema import Branch, Guard, Item, Leaf, Loop, Script, Step

State = Literal["open", "proposed", "closed"]


@dataclass(slots=True)  # not frozen: some hundreds are made at each look
class Ask:
    """A required question that applies now: of the consult, or of one row of a loop (its id and name)."""

    link_id: str
    state: State
    row_id: str = ""
    name: str = ""
    each: Loop = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the script is behind: steps done and skipped of `steps`, questions answered of those that apply."""

    steps: int
    done: tuple[str, ...]
    skipped: tuple[str, ...]
    branches_open: tuple[str, ...]
    branches_closed: tuple[str, ...]
    asked: int
    answered: int


def coverage(script: Script, view: View, classes_of: ClassesOf) -> Coverage:
    walk = Walk(script, Known(view, classes_of, script.questions, script.twins))
    asks = [ask for step in script.steps for ask in walk.asks[step.id]]
    asks += [ask for branch, _ in walk.opened for ask in walk.branch_asks[branch.id]]
    closed = tuple(branch.id for branch, _ in walk.opened if walk.is_closed(branch))
    return Coverage(
        steps=len(script.steps),
        done=walk.done,
        skipped=tuple(step.id for step in script.steps if step.id in walk.skipped),
        branches_open=tuple(branch.id for branch, _ in walk.opened if branch.id not in closed),
        branches_closed=closed,
        asked=len(asks),
        answered=sum(ask.state == "closed" for ask in asks),
    )


class Walk:
    """One look at a script and a view; every list is in the order of the script."""

    def __init__(self, script: Script, known: Known) -> None:
        self.script = script
        self.known = known
        self.raised = raised_by_notes(script, known)
        self.asks_again = frozenset().union(*(raised.asks_again for raised in self.raised.values()))
        self.skipped = {key: why for key, why in known.view.skipped.items() if key not in self.asks_again}
        self.steps = script.steps
        self.asks = {step.id: tuple(self._asks(step.id)) for step in self.steps}
        self.opened = self._opened()
        self.branch_asks = {branch.id: tuple(self._asks(branch.id)) for branch, _ in self.opened}
        self.by_news = self._by_news()
        self.done = self._done()

    def suggestion(self) -> Suggestion | None:
        current = self._current()
        for branch, reason in self.opened:
            if branch.urgent:
                found = self._from_branch(branch, f"Red flag: {branch.title} ({reason.words}). Act on this first.")
                if found:
                    return found
        here = self.steps[current]
        found = self._in_step(here, f"Still open here: {here.title}")
        if found is None and here.branches == "ask":
            found = self._newest_branch()
        if found is not None:
            return found
        since = self._left_at(current) if here.branches == "hold" else current
        back = [(step, f"Left open earlier: {step.title}") for step in self.steps[:current]]
        onwards = [(step, f"Next: {step.title}") for step in self.steps[current + 1 :]]
        for step, why in (*back[since:], *onwards, *back[:since]):
            found = self._in_step(step, why)
            if found:
                return found
        return None

    def _left_at(self, current: int) -> int:
        """Where the talk was before it came to the branches: the last step before theirs that was begun."""
        begun = (
            place for place in range(current) if any(ask.state == "closed" for ask in self.asks[self.steps[place].id])
        )
        return max(begun, default=current)

    def is_closed(self, branch: Branch) -> bool:
        return branch.id in self.skipped or all(ask.state == "closed" for ask in self.branch_asks[branch.id])

    def _current(self) -> int:
        """The place of the current step; the first that is not done where the view names none (or a branch)."""
        for place, step in enumerate(self.steps):
            if step.id == self.known.view.current:
                return place
        for place, step in enumerate(self.steps):
            if step.id not in self.done and step.id not in self.skipped:
                return place
        return 0

    def _asks(self, block_id: str) -> Iterator[Ask]:
        for run in self.script.required[block_id]:
            if run[0].each:
                yield from self._for_each(run, run[0].each)
                continue
            for leaf in run:
                if not leaf.guards or all(self.known.holds(guard) for guard in leaf.guards):
                    yield Ask(leaf.item.link_id, self._state(leaf.item))

    def _for_each(self, run: tuple[Leaf, ...], each: Loop) -> Iterator[Ask]:
        leaves = [leaf for leaf in run if all(self.known.touched(guard) for guard in leaf.guards)]
        for row_id, name in self.known.rounds[each] if leaves else ():
            for leaf in leaves:
                if not leaf.guards or all(self.known.holds(guard, row_id) for guard in leaf.guards):
                    yield Ask(leaf.item.link_id, self._state(leaf.item, row_id), row_id, name, each)

    def _state(self, item: Item, row_id: str = "") -> State:
        link_id = item.link_id
        key = answer_key(link_id, row_id)
        twins = self.script.twins.get(link_id, ())
        if key not in self.known.view.answers and not self.skipped and not twins:
            return "open"
        if self.skipped and (key in self.skipped or link_id in self.skipped):
            return "closed"
        if any(twin in self.known.confirmed or twin in self.skipped for twin in twins):
            return "closed"  # it was asked there, and is not asked twice
        answer = self.known.view.answers.get(key)
        if key in self.asks_again or answer is None or answer.review == "rejected" or not any(answer.values):
            return "open"
        return "proposed" if answer.review == "proposed" else "closed"

    def _opened(self) -> tuple[tuple[Branch, Reason], ...]:
        opened: dict[str, Reason] = {}
        for branch in self.script.branches:
            reason = self.known.why(branch.opened_by)
            raised = self.raised.get(branch.id)
            if reason is None and raised is not None and raised.put_aside:
                reason = Reason("the notes say it again")
            if reason is not None:
                opened[branch.id] = self._urgent_reason(branch, reason) if branch.urgent else reason
        blocks: list[Step | Branch] = [*self.steps, *(b for b in self.script.branches if b.id in opened)]
        for block in blocks:
            for rule in block.red_flags:
                reason = self._flag_reason(block, rule.flag) if rule.flag not in opened else None
                if reason is not None:
                    opened[rule.flag] = reason
        return tuple((branch, opened[branch.id]) for branch in self.script.branches if branch.id in opened)

    def _urgent_reason(self, branch: Branch, reason: Reason) -> Reason:
        """Why a red flag is up, in few words: its own first question is told by what was answered, not repeated."""
        own = branch.items[0].link_id
        if "yes" not in self.known.answers(own):
            return reason
        others = tuple(one for one in branch.opened_by.conditions if one.question != own)
        before = self.known.why(Guard(others)) if others else None
        heard = self.known.only_heard(own, "yes")
        now = "a note sounds like it: ask now" if heard else "confirmed: it is happening"
        words = [before.words] if before is not None and before.words else []
        return replace(reason, words="; ".join([*words, now])[:200])

    def _flag_reason(self, block: Step | Branch, flag: str) -> Reason | None:
        if not any(rule.flag == flag and self.known.touched(rule.when) for rule in block.red_flags):
            return None
        each = block.for_each if isinstance(block, Step) else ""
        for rule in block.red_flags:
            for row in (row_id for row_id, _ in self.known.rounds[each]) if each else ("",):
                reason = self.known.why(rule.when, row) if rule.flag == flag else None
                if reason is not None:
                    return Reason(reason.words, (row,) if each == "medication" else reason.medications)
        return None

    def _done(self) -> tuple[str, ...]:
        done: list[str] = []
        behind = True  # every step so far is done or skipped
        for step in self.steps:
            asks = self.asks[step.id]
            complete = all(ask.state == "closed" for ask in asks) and self.known.holds(step.done_if)
            if step.branches == "hold":
                complete = complete and all(self.is_closed(branch) for branch, _ in self.opened)
            if not asks:  # nothing to ask (yet): done once the talk has come this far
                complete = complete and behind
            if complete:
                done.append(step.id)
            behind = behind and (complete or step.id in self.skipped)
        return tuple(done)

    def _in_step(self, step: Step, why: str) -> Suggestion | None:
        if step.id in self.skipped:
            return None
        for row_id, asks in groupby(self.asks[step.id], key=lambda ask: ask.row_id):
            found = _first(step.id, asks, why)
            if found is None and step.for_each == "medication" and step.branches == "ask":
                found = self._newest_branch(row_id)  # what a medication opens is asked before the next medication
            if found:
                return found
        return self._newest_branch() if step.branches == "hold" else None

    def _newest_branch(self, row_id: str = "") -> Suggestion | None:
        """The branch to go on with: one that was begun, then the one opened by the newest row of the regimen."""
        for branch, reason in self.by_news:
            if row_id and row_id not in reason.medications:
                continue
            found = self._from_branch(branch, f"{branch.title}: {reason.words}")
            if found:
                return found
        return None

    def _by_news(self) -> tuple[tuple[Branch, Reason], ...]:
        place = {row.id: number for number, row in enumerate(self.known.rows)}

        def order(pair: tuple[Branch, Reason]) -> tuple[bool, int]:
            begun = any(ask.state != "open" for ask in self.branch_asks[pair[0].id])
            return not begun, -max((place.get(i, -1) for i in pair[1].medications), default=-1)

        return tuple(sorted((pair for pair in self.opened if not self.is_closed(pair[0])), key=order))

    def _from_branch(self, branch: Branch, why: str) -> Suggestion | None:
        if branch.id in self.skipped:
            return None
        holder = next((step.id for step in self.steps if step.branches == "hold"), self.steps[0].id)
        return _first(holder, self.branch_asks[branch.id], why, in_order=branch.urgent)


def _first(step_id: str, asks: Iterable[Ask], why: str, *, in_order: bool = False) -> Suggestion | None:
    """The first unanswered question, else the first answer that was read from a note and waits for a yes.

    `in_order`: whichever of the two comes first; a red flag begins with whether it is happening now.
    """
    asks = tuple(asks)
    for states in (("open", "proposed"),) if in_order else (("open",), ("proposed",)):
        for ask in asks:
            if (state := ask.state) in states:
                words = why if not ask.name else f"{ask.name}: not asked yet"
                if state == "proposed" and not in_order:
                    words = f"{ask.name}: noted, please confirm" if ask.name else "Noted, please confirm"
                medication, todo = (ask.row_id if ask.each == loop else "" for loop in ("medication", "todo"))
                return Suggestion(step_id, ask.link_id, medication, words[:200], todo_id=todo)
    return None
