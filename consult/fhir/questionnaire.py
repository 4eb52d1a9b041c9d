"""A conversation script as a FHIR R4 Questionnaire: each step and branch a group, each question an item.

What FHIR has no element for goes along word for word in extensions of our own, so that nothing is lost on the way back:
`…:more` holds the other fields of a step, branch or question, `…:condition` the full condition of a question where
`enableWhen` cannot say it (facts of the consult, "contains") or says it with more entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from consult.fhir.codes import OWN, Json
from consult.fhir.make import whole
from consult.scripts.compiler import compile_script, part_paths
from consult.scripts.schema import Script
from consult.scripts.sources import Sources

MORE = f"{OWN}:script:more"
CONDITION = f"{OWN}:script:condition"
UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ABOUT = "about"  # the link id of the name of the medication or to-do item ends so, in what is asked of each
ABOUT_WORDS: Mapping[str, str] = {"medication": "Medication", "todo": "To-do item"}
NATIVE = ("link_id", "text", "type", "required", "repeats", "answer_option", "unit", "items")
CONDITIONS = ("enable_when", "enable_behavior")


def canonical(script: Script) -> str:
    """The address of a script as a Questionnaire: its id, language and version."""
    return f"{url_of(script.id, script.language)}|{script.version}"


def url_of(script_id: str, language: str) -> str:
    return f"{OWN}:script:{script_id}:{language}"


def option_system(script_id: str, link_id: str) -> str:
    """The code system of a question's own options."""
    return f"{OWN}:script:{script_id}:{link_id}"


def questionnaire(path: Path) -> Json:
    """The Questionnaire of a script file with everything it includes. Raises BadFile where the script is broken."""
    sources = Sources()
    script = compile_script(path, sources)
    root = _raw(sources.text(path))
    parts = [_raw(sources.text(place)) for place in part_paths(path, sources)]
    shared = {step["id"]: step for part in parts for step in part.get("steps", [])}
    steps: list[Json] = []
    sections = []
    for section in root["sections"]:
        own = [shared[step["use"]] if "use" in step else step for step in section["steps"]]
        sections.append({"id": section["id"], "title": section["title"], "steps": [step["id"] for step in own]})
        steps += own
    branches = [branch for part in parts for branch in part.get("branches", [])]
    rules = [rule for part in parts for rule in part.get("prevention", [])]
    reviewed = all(block.origin.reviewer != "unreviewed" for block in script.blocks)
    made: Json = whole(
        {
            "resourceType": "Questionnaire",
            "id": f"script-{script.id}-{script.language}".replace("_", "-")[:64],
            "language": script.language,
            "extension": [_extension(MORE, {"sections": sections, "prevention": rules})],
            "url": url_of(script.id, script.language),
            "version": script.version,
            "name": "".join(part.title() for part in script.id.replace("_", "-").split("-")),
            "title": script.title,
            "status": "active" if reviewed else "draft",
            "subjectType": ["Patient"],
            "date": max(block.origin.date for block in script.blocks),
            "description": script.about,
            "item": [
                *(_block("step", step, script) for step in steps),
                *(_block("branch", branch, script) for branch in branches),
            ],
        }
    )
    return made


_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the parser that the compiler uses


class _Plain(_Loader):  # type: ignore[misc]
    """Texts, lists, mappings, true and false: dates and numbers stay as they were written."""


_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_Plain.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value == "true")


def _raw(text: str) -> dict[str, Any]:
    """The file as values; that it is sound was checked by the compiler."""
    value: dict[str, Any] = yaml.load(text, Loader=_Plain)
    return value


def _block(kind: str, block: dict[str, Any], script: Script) -> Json:
    link = f"{kind}.{block['id']}"
    each, named = block.get("for_each", ""), _named(link, block)
    conditions = block.get("opened_by", []) if kind == "branch" else []
    native = _enable_when(conditions, block.get("opened_behavior", "all"), script)
    return {
        "linkId": link,
        "text": block["title"],
        "type": "group",
        "repeats": True if each else None,
        "extension": [_extension(MORE, {k: v for k, v in block.items() if k not in ("id", "title", "items")})],
        **native,
        "item": [*named, *(_item(one, script) for one in block["items"])],
    }


def _item(item: dict[str, Any], script: Script) -> Json:
    link, each = item["link_id"], item.get("for_each", "")
    conditions, behavior = item.get("enable_when", []), item.get("enable_behavior", "all")
    native = _enable_when(conditions, behavior, script)
    extensions = []
    if conditions and not (native and all(_one_to_one(one) for one in conditions)):
        extensions.append(_extension(CONDITION, {name: item[name] for name in CONDITIONS if name in item}))
    if more := {name: value for name, value in item.items() if name not in (*NATIVE, *CONDITIONS)}:
        extensions.append(_extension(MORE, more))
    if "unit" in item:
        extensions.append({"url": UNIT, "valueCoding": {"display": item["unit"]}})
    return {
        "linkId": link,
        "text": item["text"],
        "_text": _translated(script, link, item["text"]),
        "type": item["type"],
        "extension": extensions,
        "required": True if item.get("required") is True else None,
        "repeats": True if each or item.get("repeats") is True else None,
        "answerOption": [
            {"valueCoding": {"system": option_system(script.id, link), "code": code, "display": words}}
            for code, words in item.get("answer_option", {}).items()
        ],
        **native,
        "item": [*_named(link, item), *(_item(one, script) for one in item.get("items", []))],
    }


def _named(link: str, looped: dict[str, Any]) -> list[Json]:
    """The item that says which medication or to-do item this round of a loop is about."""
    words = ABOUT_WORDS.get(looped.get("for_each", ""))
    return [{"linkId": f"{link}.{ABOUT}", "text": words, "type": "string", "readOnly": True}] if words else []


def _translated(script: Script, link: str, text: str) -> Json:
    others = [
        {
            "url": TRANSLATION,
            "extension": [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": said}],
        }
        for language in script.languages[1:]
        if (said := script.words(f"text:{link}", text, language)) != text
    ]
    return {"extension": others} if others else {}


def _extension(url: str, value: Any) -> Json:
    return {"url": url, "valueString": json.dumps(value, ensure_ascii=False, separators=(",", ":"))}


def answers_of(condition: dict[str, Any]) -> list[str]:
    given = condition.get("answer", "yes")
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]


def _one_to_one(condition: dict[str, Any]) -> bool:
    return len(answers_of(condition)) == 1


def _enable_when(conditions: Iterable[dict[str, Any]], behavior: str, script: Script) -> Json:
    """`enableWhen` where it means the same; empty where FHIR cannot say it. "!=" of several answers is all of them."""
    rows = list(conditions)
    if not rows:
        return {}
    made: list[Json] = []
    joins: set[str] = set()
    for one in rows:
        if "question" not in one or one.get("operator") == "contains" or one["question"] not in script.questions:
            return {}
        operator, given = one.get("operator", "="), answers_of(one)
        if len(given) > 1:
            joins.add("all" if operator == "!=" else "any")
        made += [_condition(one["question"], operator, answer, script) for answer in given]
    if len(rows) > 1:
        joins.add(behavior)
    if len(joins) > 1:
        return {}
    return {"enableWhen": made, "enableBehavior": (joins.pop() if joins else behavior) if len(made) > 1 else None}


def _condition(link: str, operator: str, answer: str, script: Script) -> Json:
    made: Json = {"question": link, "operator": operator}
    item = script.questions[link]
    if operator == "exists":
        return {**made, "answerBoolean": answer == "yes"}
    if item.options and any(option.code == answer for option in item.options):
        return {**made, "answerCoding": {"system": option_system(script.id, link), "code": answer}}
    if item.type == "boolean":
        return {**made, "answerBoolean": answer == "yes"}
    if item.type == "integer" and float(answer) == int(float(answer)):
        return {**made, "answerInteger": int(float(answer))}
    if item.type in ("integer", "decimal"):
        return {**made, "answerDecimal": float(answer)}
    if item.type == "date":
        return {**made, "answerDate": answer}
    return {**made, "answerString": answer}


def items_of(value: Json) -> Iterator[Json]:
    """Every item below, depth first."""
    for item in value.get("item", []):
        yield item
        yield from items_of(item)
