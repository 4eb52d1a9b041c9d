"""A FHIR R4 Questionnaire as the files of a script: our own come back whole, another system's as well as can be."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import yaml

from consult.errors import BadFile
from consult.fhir.codes import OWN, Json
from consult.fhir.questionnaire import ABOUT, CONDITION, MORE, UNIT
from consult.fhir.reading import LONGEST
from consult.fhir.taking import objects
from consult.scripts.schema import ITEM_TYPES

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NO_ID = re.compile(r"[^a-z0-9_-]+")


@dataclass
class ScriptFiles:
    """`main` and `part` are YAML; `part` is "" where there are no branches. `notes` say what was added or left out."""

    id: str
    main: str
    part: str
    notes: list[str] = field(default_factory=list)


def read_questionnaire(content: bytes, path: str) -> ScriptFiles:
    """The script of a Questionnaire. Raises BadFile."""
    if len(content) > LONGEST:
        raise BadFile(path, None, f"the file is too large: at most {LONGEST // 1024 // 1024} MB")
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as reason:
        raise BadFile(path, reason.lineno, f"not JSON: {reason.msg}") from None
    except (UnicodeDecodeError, RecursionError):
        raise BadFile(path, None, "not JSON that can be read") from None
    if not isinstance(value, dict) or value.get("resourceType") != "Questionnaire":
        raise BadFile(path, None, "this is no FHIR Questionnaire")
    if not objects(value.get("item")):
        raise BadFile(path, None, "the Questionnaire has no item")
    return _Reading(value, path).files()


class _Reading:
    def __init__(self, value: Json, path: str) -> None:
        self.value = value
        self.path = path
        self.notes: list[str] = []
        own = str(value.get("url") or "")
        self.ours = own.startswith(f"{OWN}:script:")
        name = own.removeprefix(f"{OWN}:script:").split(":")[0] if self.ours else str(value.get("name") or "imported")
        self.id = id_of(name)

    def files(self) -> ScriptFiles:
        more = self._extension(self.value, MORE)
        steps, branches, loose = [], [], []
        for item in objects(self.value["item"]):
            link = str(item.get("linkId") or "")
            if self.ours and link.startswith("branch."):
                branches.append(self._block(item, link.removeprefix("branch.")))
            elif item.get("type") == "group":
                steps.append(self._step(item, link.removeprefix("step.") if self.ours else id_of(link)))
            else:
                loose.append(item)
        if loose:
            steps.insert(0, self._step({"text": "Questions", "item": loose}, "questions"))
        by_id = {step["id"]: step for step in steps}
        sections = [
            {**section, "steps": [by_id[name] for name in section["steps"] if name in by_id]}
            for section in more.get("sections", [])
        ] or [{"id": "all", "title": self._title(), "steps": steps}]
        part = {name: rows for name, rows in (("branches", branches), ("prevention", more.get("prevention"))) if rows}
        main = {
            "script": self.id,
            "version": str(self.value.get("version") or "1"),
            "language": str(self.value.get("language") or "en").split("-")[0].lower(),
            "title": self._title(),
            "about": str(self.value.get("description") or self._title()),
            **({"include": [f"{self.id}_part.yaml"]} if part else {}),
            "sections": sections,
        }
        whole = {"part": f"{self.id}-part", **part} if part else {}
        return ScriptFiles(self.id, _dump(main), _dump(whole) if whole else "", self.notes)

    def _title(self) -> str:
        return str(self.value.get("title") or self.value.get("name") or "Imported script")

    def _block(self, item: Json, name: str) -> Json:
        fields = self._extension(item, MORE)
        title = str(item.get("text") or name)
        return {"id": name, "title": title, **fields, "items": [self._item(one) for one in self._asked(item)]}

    def _step(self, item: Json, name: str) -> Json:
        made = self._block(item, name)
        if self.ours:
            return made
        origin = self.value.get("url") or self.value.get("publisher") or "a FHIR Questionnaire"
        made = {
            "phase": "collect",
            "say": made["title"],
            "record": "Write down the answers.",
            "done_when": "Each question that must be asked has an answer.",
            "source": f"Imported from {origin}",
            "date": str(self.value.get("date") or datetime.now(UTC).date().isoformat())[:10],
            "reviewer": "unreviewed",
            **made,
        }
        self.notes.append(f"step {name}: phase, words to say and what to record are to be written")
        asked = [one for one in _leaves(made["items"]) if one["type"] != "display"]
        if asked and not any(one.get("required") is True for one in asked):
            asked[0]["required"] = True
            self.notes.append(f"step {name}: its first question is made required, as a step needs one")
        return made

    def _asked(self, item: Json) -> list[Json]:
        return [one for one in objects(item.get("item")) if not str(one.get("linkId", "")).endswith(f".{ABOUT}")]

    def _item(self, item: Json) -> Json:
        link, kind = str(item.get("linkId") or ""), str(item.get("type") or "")
        if not link:
            raise BadFile(self.path, None, "an item has no linkId")
        if kind not in ITEM_TYPES:
            raise BadFile(self.path, None, f"item {link[:60]}: a script has no questions of type {kind[:20]!r}")
        if item.get("answerValueSet"):
            raise BadFile(self.path, None, f"item {link[:60]}: its answers stand in a value set; write them out")
        unit = next((one for one in objects(item.get("extension")) if one.get("url") == UNIT), {})
        more = self._extension(item, MORE)
        each = bool(more.get("for_each"))
        made: Json = {
            "link_id": link if self.ours else id_of(link),
            "text": str(item.get("text") or link),
            "type": kind,
            **({"required": True} if item.get("required") is True and kind != "display" else {}),
            **({"repeats": True} if item.get("repeats") is True and not each and kind != "group" else {}),
            **({"unit": unit["valueCoding"]["display"]} if unit else {}),
            **more,
        }
        if options := self._options(item):
            made["answer_option"] = options
        made |= self._conditions(item)
        if kind == "group":
            made["items"] = [self._item(one) for one in self._asked(item)]
        elif self._asked(item):
            self.notes.append(f"item {link}: the questions below it are left out; a script nests only in groups")
        return made

    def _options(self, item: Json) -> dict[str, str]:
        options: dict[str, str] = {}
        for option in objects(item.get("answerOption")):
            coding = option.get("valueCoding")
            if isinstance(coding, dict) and coding.get("code"):
                code = str(coding["code"])
                options[code if self.ours else id_of(code)] = str(coding.get("display") or code)
            elif isinstance(option.get("valueString"), str):
                options[id_of(option["valueString"])] = option["valueString"]
        return options

    def _conditions(self, item: Json) -> Json:
        full = self._extension(item, CONDITION)
        rows = objects(item.get("enableWhen"))
        if full or not rows:
            return full
        made = []
        for row in rows:
            question = str(row.get("question") or "")
            one: Json = {"question": question if self.ours else id_of(question)}
            if row.get("operator", "=") != "=":
                one["operator"] = row["operator"]
            one["answer"] = _answer(row, self.ours)
            made.append(one)
        behavior = {"enable_behavior": "any"} if item.get("enableBehavior") == "any" else {}
        return {"enable_when": made, **behavior}

    def _extension(self, value: Json, url: str) -> Json:
        for one in objects(value.get("extension")):
            if one.get("url") == url:
                try:
                    found = json.loads(str(one.get("valueString")))
                except ValueError:
                    raise BadFile(self.path, None, f"the extension {url} holds no JSON") from None
                if not isinstance(found, dict):
                    raise BadFile(self.path, None, f"the extension {url} holds no object")
                return found
        return {}


def _answer(row: Json, ours: bool) -> str:
    coding = row.get("answerCoding")
    if isinstance(coding, dict):
        return str(coding.get("code")) if ours else id_of(str(coding.get("code")))
    if isinstance(row.get("answerBoolean"), bool):
        return "yes" if row["answerBoolean"] else "no"
    for name in ("answerInteger", "answerDecimal", "answerDate", "answerString"):
        if name in row:
            value = row[name]
            return f"{value:g}" if isinstance(value, float) else str(value)
    return "yes"


def _leaves(items: list[Json]) -> list[Json]:
    return [leaf for one in items for leaf in (_leaves(one["items"]) if "items" in one else [one])]


def id_of(words: str) -> str:
    made = _NO_ID.sub("-", words.strip().lower()).strip("-_")[:60].strip("-_")
    return made or "item"


def _dump(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))
