"""`consult scripts try`: a script walked in the terminal, against the same consult, analysis and script engine as live.

One line answers the question that stands there; a line that begins with ":" does something else. Piped input works the
same way and ends with the input.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from consult.app import HereAndNow, build_analysis, open_core, vocabulary
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.answer import Answer, Guidance, Suggestion
from consult.domain.consult import Consult
from consult.domain.medication import Medication
from consult.domain.patient import Condition, Patient
from consult.domain.people import Actor
from consult.domain.plan import TodoItem
from consult.errors import ConsultError
from consult.rehearse import CONSULT, Player, Stepping
from consult.scripts import Script
from consult.scripts.schema import Item

HELP = """\
  an answer: a code or its number, yes or no, a number, a date, or words; several codes with commas
  :skip REASON   leave this question        :step ID      go to a step
  :note WORDS    type a note line           :drug NAME    put a medication on the list
  :condition X   put a condition on record  :language es  go on in Spanish
  :todo WORDS    put an item on the to-do list
  :where         what is done and open      :plan         problems and to-do items so far
  :quit          stop"""
YES_NO = (("yes", "Yes"), ("no", "No"))


async def walk(script: Script, patient: Patient, lines: Iterable[str], say: Callable[[str], None]) -> None:
    """Ask until nothing is left or the lines end; then tell what is covered."""
    with tempfile.TemporaryDirectory(prefix="consult-try-") as folder:
        settings = Settings(database=f"sqlite:///{folder}/try.db")
        library = {script.id: script}
        here, clock = HereAndNow(build_analysis(library)), Stepping(datetime.now(UTC))
        async with open_core(settings, clock=clock, workforce=here, create=True, library=library) as core:
            me = Actor("try-pharmacist", "pharmacist", "Try")
            trial = Trial(script, Player(core, CONSULT, me), say)
            at = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
            await trial.player.do(co.ScheduleConsult(patient, me.id, at, script_id=script.id))
            await trial.player.do(co.OpenConsult())
            say(f"{script.title} (version {script.version}). :help shows what can be typed.")
            await trial.run(lines)


class Trial:
    """One walk; `say` prints a line."""

    def __init__(self, script: Script, player: Player, say: Callable[[str], None]) -> None:
        self.script = script
        self.player = player
        self.say = say
        self._shown = ""

    async def run(self, lines: Iterable[str]) -> None:
        await self._ask()
        for line in lines:
            if line.strip() == ":quit":
                break
            try:
                await self._take(line.strip())
            except ConsultError as error:
                self.say(f"! {error.message}")
            await self._ask()
        await self._where()

    async def _ask(self) -> None:
        state = await self.player.state()
        found = state.guidance.next
        if found is None:
            self.say("Nothing is left to ask.")
            return
        block = self.script.block_of[found.link_id]
        if block.id != self._shown:
            self._shown = block.id
            self.say(f"\n== {block.title} [{block.id}]")
            if found.say:
                self.say(f"   “{found.say}”")
            for line in getattr(block, "do", ()):
                self.say(f"   ! {line}")
        self.say(f"\n{found.text}  ({found.why})")
        for number, (code, text) in enumerate(self._options(found, state.guidance), 1):
            self.say(f"   {number} {code}: {text}")
        noted = state.answers.get(found.key)
        if noted is not None and noted.review == "proposed":
            self.say(f"   read from the notes: {', '.join(noted.values)} (an empty line confirms it)")

    def _options(self, found: Suggestion, guidance: Guidance) -> tuple[tuple[str, str], ...]:
        item = self.script.questions[found.link_id]
        if item.type == "boolean":
            return YES_NO
        key = f"option:{item.link_id}:"
        return tuple((one.code, self.script.words(key + one.code, one.text, guidance.language)) for one in item.options)

    async def _take(self, line: str) -> None:
        state = await self.player.state()
        if line.startswith(":"):
            word, _, rest = line[1:].partition(" ")
            await self._do(word, rest.strip(), state)
            return
        found = state.guidance.next
        if found is None:
            return
        noted = state.answers.get(found.key)
        values = self._values(line, found, state.guidance)
        if not line and noted is not None:
            values = noted.values
        if values:
            await self.player.do(co.EnterStep(found.step_id))
            await self.player.do(
                co.AnswerQuestion(Answer(found.link_id, values, found.medication_id, todo_id=found.todo_id))
            )

    def _values(self, line: str, found: Suggestion, guidance: Guidance) -> tuple[str, ...]:
        """The answer of a line, refused in words where the question takes none such."""
        item = self.script.questions[found.link_id]
        codes = [code for code, _ in self._options(found, guidance)]
        parts = [part.strip() for part in line.split(",")] if item.repeats else [line]
        values = tuple(codes[int(one) - 1] if _counts(one, codes) else one for one in parts if one)
        wrong = [one for one in values if not _fits(one, item, codes)]
        if wrong:
            self.say(f"! '{wrong[0]}' is no answer here ({', '.join(codes) or WANTED.get(item.type, item.type)})")
            return ()
        return values

    async def _do(self, word: str, rest: str, state: Consult) -> None:
        found = state.guidance.next
        if word == "skip" and found is not None:
            await self.player.do(co.SkipStep(found.key, rest or "skipped"))
        elif word == "step":
            if rest not in {step.id for step in self.script.steps}:
                self.say(f"! there is no step '{rest}' ({', '.join(step.id for step in self.script.steps)})")
                return
            await self.player.do(co.EnterStep(rest))
        elif word == "note" and rest:
            await self.player.type(rest)
        elif word == "drug" and rest:
            await self._drug(rest)
        elif word == "condition" and rest:
            await self.player.do(co.RecordCondition(Condition(f"condition:{rest.lower()}"[:80], rest.lower())))
        elif word == "language" and rest in ("en", "es"):
            await self.player.do(co.ChooseLanguage("es" if rest == "es" else "en"))
        elif word == "todo" and rest:
            await self.player.do(co.AddTodo(TodoItem(f"todo:{rest.lower()}"[:80], rest[:200], rest)))
        elif word == "where":
            await self._where()
        elif word == "plan":
            await self._plan()
        else:
            self.say(HELP)

    async def _drug(self, name: str) -> None:
        known = vocabulary().resolve(name)
        if known is None or not known.ingredients:
            self.say(f"! the drug '{name}' is not known")
            return
        row_id = f"med:{'+'.join(sorted(known.ingredients))}"[:80]
        await self.player.do(co.AddMedication(Medication(row_id, name, known.ingredients, source="hand")))

    async def _where(self) -> None:
        guidance = (await self.player.state()).guidance
        counts = guidance.counts
        self.say(f"\n{len(guidance.done)} of {counts.steps} steps done, {counts.answered} of {counts.asked} questions.")
        left = [step.id for step in self.script.steps if step.id not in guidance.done]
        if left:
            self.say(f"Open: {', '.join(left)}")
        for branch in guidance.branches:
            self.say(f"Branch {branch.branch_id}: {branch.because}")
        await self._plan()

    async def _plan(self) -> None:
        guidance = (await self.player.state()).guidance
        for draft in guidance.drafts:
            said = {one.language: one.action for one in draft.todo_said}.get(guidance.language, draft.todo_action)
            self.say(f"Problem: {draft.title}. To do: {said} ({draft.because})")


def _counts(word: str, codes: list[str]) -> bool:
    return word.isdecimal() and word not in codes and 1 <= int(word) <= len(codes)


WANTED = {"date": "a day, as 2026-11-23", "integer": "a whole number", "decimal": "a number"}


def _fits(value: str, item: Item, codes: list[str]) -> bool:
    if item.type in ("boolean", "choice"):
        return value in codes
    try:
        if item.type == "integer":
            int(value)
        elif item.type == "decimal":
            float(value)
        elif item.type == "date":
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
