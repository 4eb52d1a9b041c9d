"""A script as plain JSON values for the browser. The keys are documented in docs/scripts.md and do not change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consult.scripts.schema import Branch, CareRule, Condition, Guard, Item, Origin, Proposal, Script, Step

Json = dict[str, Any]
Say = Callable[[str, str], str]  # the words for a key, or the text itself


def describe(script: Script, language: str = "", page: str = "") -> Json:
    """Everything the browser shows of a script; the server alone evaluates facts, answers may be tested in the page.

    The patient's words are in `language` ("" is the script's own) where the script has them in it, those for the
    staff in `page`.
    """
    language, page = script.spoken_in(language), script.spoken_in(page)

    def say(key: str, text: str) -> str:
        return script.words(key, text, language)

    def tell(key: str, text: str) -> str:
        return script.words(key, text, page)

    return {
        "id": script.id,
        "version": script.version,
        "language": language,
        "languages": list(script.languages),
        "kept_as": script.kept_as,
        "title": script.title,
        "about": script.about,
        "sections": [
            {
                "id": section.id,
                "title": tell(f"title:{section.id}", section.title),
                "steps": [
                    _step(step, say, language, tell) if step.patient_topic else _step(step, tell, page, tell)
                    for step in section.steps
                ],
            }
            for section in script.sections
        ],
        "branches": [_branch(branch, say, tell) for branch in script.branches],
        "prevention": [_care(rule, script, tell) for rule in script.prevention],
    }


def _step(step: Step, say: Say, language: str, tell: Say) -> Json:
    """A step without a topic is for the pharmacist alone: all of it is in the language of the page."""
    return {
        "id": step.id,
        "title": tell(f"title:{step.id}", step.title),
        "phase": step.phase,
        "language": language,
        "say": say(f"say:{step.id}", step.say),
        "patient_topic": say(f"patient_topic:{step.id}", step.patient_topic),
        "record": tell(f"record:{step.id}", step.record),
        "done_when": step.done_when,
        "done_if": _guard(step.done_if),
        "for_each": step.for_each,
        "branches": step.branches,
        "items": [_item(item, say, tell) for item in step.items],
        "proposes": [_proposal(proposal, say) for proposal in step.proposes],
        "origin": _origin(step.origin),
    }


def _branch(branch: Branch, say: Say, tell: Say) -> Json:
    return {
        "id": branch.id,
        "title": tell(f"title:{branch.id}", branch.title),
        "opened_by": _guard(branch.opened_by),
        "urgent": branch.urgent,
        "say": say(f"say:{branch.id}", branch.say),
        "do": [tell(f"do:{branch.id}:{place}", text) for place, text in enumerate(branch.do)],
        "call": list(branch.call),
        "place": branch.place,
        "call_back": branch.call_back,
        "items": [_item(item, say, tell) for item in branch.items],
        "proposes": [_proposal(proposal, say) for proposal in branch.proposes],
        "origin": _origin(branch.origin),
    }


def _care(rule: CareRule, script: Script, tell: Say) -> Json:
    said = next((one for one in script.prevention if one.care == rule.care and one.todo_topic), None)
    return {
        "rule": rule.id,
        "care": rule.care,
        "title": tell(f"title:{rule.id}", rule.title),
        "authority": rule.authority,
        "effective": rule.effective,
        "interval": tell(f"interval:{rule.id}", rule.interval),
        "action": tell(f"action:{rule.id}", rule.action),
        "origin": _origin(rule.origin),
        "todo": _todo_of(said, script) if said is not None else None,
    }


def _todo_of(rule: CareRule, script: Script) -> Json:
    """The patient's to-do item as the plan keeps it: in the script's language, the other ones beside it."""

    def words(language: str) -> Json:
        return dict(zip(("topic", "action", "why"), script.todo_words(rule, language), strict=True))

    others = [{"language": language, **words(language)} for language in script.translations]
    return {**words(script.language), "said": others}


def _item(item: Item, say: Say, tell: Say) -> Json:
    return {
        "link_id": item.link_id,
        "text": say(f"text:{item.link_id}", item.text),
        "type": item.type,
        "required": item.required,
        "repeats": item.repeats,
        "help": tell(f"help:{item.link_id}", item.help),
        "unit": tell(f"unit:{item.link_id}", item.unit),
        "lab": item.lab,
        "consent": item.consent,
        "answer_option": [
            {"code": option.code, "text": say(f"option:{item.link_id}:{option.code}", option.text)}
            for option in item.options
        ],
        "enable_when": _guard(item.enable)["conditions"],
        "enable_behavior": item.enable.behavior,
        "for_each": item.for_each,
        "items": [_item(child, say, tell) for child in item.items],
    }


def _guard(guard: Guard) -> Json:
    return {"conditions": [_condition(each) for each in guard.conditions], "behavior": guard.behavior}


def _condition(condition: Condition) -> Json:
    subject = {"question": condition.question} if condition.question else {"fact": condition.fact}
    name = {"name": list(condition.names)} if condition.names else {}
    return {**subject, **name, "operator": condition.operator, "answer": list(condition.answers)}


def _proposal(proposal: Proposal, say: Say) -> Json:
    return {
        "id": proposal.id,
        "need": proposal.need,
        "title": proposal.title,
        "todo_topic": say(f"todo_topic:{proposal.id}", proposal.todo_topic),
        "todo_action": say(f"todo_action:{proposal.id}", proposal.todo_action),
        "todo_why": say(f"todo_why:{proposal.id}", proposal.todo_why),
        "when": _guard(proposal.when),
    }


def _origin(origin: Origin) -> Json:
    return {"source": origin.source, "date": origin.date, "reviewer": origin.reviewer}
