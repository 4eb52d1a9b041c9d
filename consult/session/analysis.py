"""What the analysis does with a line and with the state: extraction, checks, script. Runs in a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from consult.assess import assess
from consult.domain.alert import Assessment
from consult.domain.answer import Guidance
from consult.domain.consult import Consult
from consult.domain.facts import Facts
from consult.domain.mention import Findings
from consult.domain.noted import noted
from consult.errors import BadFile
from consult.knowledge.tables import Knowledge
from consult.scripts.conditions import View
from consult.scripts.guidance import guide
from consult.scripts.heard import Listener
from consult.scripts.library import restore_script
from consult.scripts.schema import Script

if TYPE_CHECKING:  # the server does not load the language machinery; its analysis processes do
    from consult.nlp.annotate import Annotator


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the checks and the script look at: small, picklable, equal when nothing of it changed.

    `script_version` is that which the consult began with ("" for the present one); `script_source` its files, given
    only where the program has another version now.
    """

    script_id: str
    facts: Facts
    view: View
    language: str = "en"
    script_version: str = ""
    script_source: bytes = b""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The checks' and the script's result for one situation."""

    assessment: Assessment
    guidance: Guidance
    failed: str = ""


class Analysis:
    """The parts put together. Built once a process; every method is a pure function of its arguments."""

    def __init__(
        self, annotator: Annotator, knowledge: Knowledge, scripts: Mapping[str, Script], data_days: int = 365
    ) -> None:
        """`data_days` is how old the drug data may be before the checks say that they cannot be relied on."""
        self._data_days = data_days
        self._annotator = annotator
        self._knowledge = knowledge
        self._scripts = scripts
        self._former: dict[str, Script] = {}
        self._listener = Listener(scripts.values(), knowledge.classes_of)

    def annotate(self, text: str) -> Findings:
        """What a line names, and which script questions it answers."""
        findings = self._annotator.annotate(text)
        return replace(findings, heard=self._listener.hear(text, findings))

    def judge(self, situation: Situation) -> Judgement:
        assessment = assess(situation.facts, self._knowledge)
        script = self._script(situation)
        # The alerts that open branches are those of this very check, so that one look is enough.
        view = replace(situation.view, alerts=assessment.alerts)
        guidance = guide(script, view, self._knowledge.classes_of, situation.language) if script else Guidance()
        expired = days_between(assessment.data_date, situation.facts.today) > self._data_days
        return Judgement(assessment, guidance, "data-expired" if expired else "")

    def _script(self, situation: Situation) -> Script | None:
        """The script that the consult began with; the present one where that cannot be had any more."""
        now = self._scripts.get(situation.script_id)
        version = situation.script_version
        if not version or (now is not None and now.kept_as == version):
            return now
        if version not in self._former and situation.script_source:
            try:
                self._former[version] = restore_script(situation.script_source)
            except BadFile:
                return now
        return self._former.get(version, now)

    def run(self, job: str, argument: object) -> object:
        """Dispatch of the worker: "annotate" (text) or "judge" (Situation)."""
        if job == "annotate" and isinstance(argument, str):
            return self.annotate(argument)
        if job == "judge" and isinstance(argument, Situation):
            return self.judge(argument)
        raise ValueError(f"no such job: {job}")


def days_between(first: str, second: str) -> int:
    """Days from one ISO date to another; 0 where one is not known."""
    try:
        return (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days
    except ValueError:
        return 0


def situation(consult: Consult, today: str) -> Situation:
    """What the analysis needs to know of a consult, as of an ISO date."""
    facts = consult.facts(today)
    view = View(
        medications=facts.medications,
        conditions=facts.conditions,
        effects=tuple(
            row.concept for row in consult.effects.values() if row.review != "rejected" and not row.historical
        ),
        alerts=(),  # filled by the check itself
        labs=consult.labs,
        answers=consult.answers,
        skipped=consult.skipped,
        heeded=consult.heeded,
        noted=tuple(noted(consult)),
        current=consult.step_id,
        age=facts.age,
        sex=facts.sex,
        today=facts.today,
        fills=consult.fills,
        stays=consult.stays,
        todos=tuple(consult.todos.values()),
    )
    return Situation(consult.script_id, facts, view, consult.talk_language(), consult.script_version)
