"""The `heard:` rules of a question, compiled and refused where they could never answer it."""

from __future__ import annotations

from collections.abc import Sequence

from consult.scripts.entries import Entry
from consult.scripts.phrases import Phrase, parse_phrase
from consult.scripts.schema import DrugTest, HeardRule, Option

STATUSES = ("active", "stopped", "not-taken", "on-hold", "intended", "completed", "unknown", "allergy")
MOST_PHRASES = 60  # of one rule
_KEYS = (
    "answer", "denied", "says", "also", "unless", "drug", "effect", "times", "least", "most", "past", "anyone",
)  # fmt: skip
_SLOTS = ("{number}", "{phone}", "{rest}", "{sentence}")


def compile_heard(entry: Entry, kind: str, options: Sequence[Option]) -> tuple[HeardRule, ...]:
    """The rules of one question of type `kind` with its options."""
    return tuple(_rule(each, kind, options) for each in entry.each())


def _rule(entry: Entry, kind: str, options: Sequence[Option]) -> HeardRule:
    fields = entry.fields((), _KEYS)
    if not {"says", "drug", "effect"} & fields.keys():
        raise entry.bad("a rule names words ('says'), a 'drug' or an 'effect'")
    if not {"answer", "denied"} & fields.keys():
        raise entry.bad("'answer' is missing")
    says = _phrases(fields.get("says"))
    numbered = "answer" in fields and "{number}" in fields["answer"].words()
    numbered = numbered or "least" in fields or "most" in fields
    if numbered and not all(any(element.kind == "number" for element in phrase) for phrase in says):
        raise entry.bad("the rule needs a {number} in every phrase")
    if "answer" in fields and "{phone}" in fields["answer"].words() and any(one[0].kind != "phone" for one in says):
        raise entry.bad("a {phone} as the answer begins every phrase")
    return HeardRule(
        answer=_answers(fields.get("answer"), kind, options),
        denied=_answers(fields.get("denied"), kind, options),
        says=says,
        also=_phrases(fields.get("also")),
        unless=_phrases(fields.get("unless")),
        drug=_drug(fields["drug"]) if "drug" in fields else None,
        effects=tuple(word.lower() for word in fields["effect"].words()) if "effect" in fields else (),
        times=_number(fields.get("times")) or 1.0,
        least=_number(fields.get("least")),
        most=_number(fields.get("most")),
        past="past" in fields and fields["past"].flag(),
        anyone="anyone" in fields and fields["anyone"].flag(),
    )


def _phrases(entry: Entry | None) -> tuple[Phrase, ...]:
    if entry is None:
        return ()
    texts = entry.words()
    if len(texts) > MOST_PHRASES:
        raise entry.bad(f"more than {MOST_PHRASES} phrases")
    try:
        return tuple(parse_phrase(text.lower()) for text in texts)
    except ValueError as error:
        raise entry.bad(str(error)) from None


def _answers(entry: Entry | None, kind: str, options: Sequence[Option]) -> tuple[str, ...]:
    if entry is None:
        return ()
    answers = entry.words()
    codes = {"boolean": ("yes", "no"), "choice": tuple(option.code for option in options)}.get(kind)
    for answer in answers:
        if codes is not None and answer not in codes:
            raise entry.bad(f"'{answer}' is no answer here (answers: {', '.join(codes)})")
        if answer.startswith("{") and answer not in _SLOTS:
            raise entry.bad(f"'{answer}' is not one of {', '.join(_SLOTS)}")
        if kind in ("integer", "decimal") and answer != "{number}":
            try:
                float(answer)
            except ValueError:
                raise entry.bad(f"'{answer}' is no number") from None
    return answers


def _drug(entry: Entry) -> DrugTest:
    fields = entry.fields((), ("status", "class", "ingredient", "named", "as_needed", "indication", "absent"))
    status = fields["status"].words() if "status" in fields else ()
    for word in status:
        if word not in STATUSES:
            raise fields["status"].bad(f"'{word}' is not one of {', '.join(STATUSES)}")
    return DrugTest(
        status=status,
        classes=tuple(word.lower() for word in fields["class"].words()) if "class" in fields else (),
        ingredients=tuple(word.lower() for word in fields["ingredient"].words()) if "ingredient" in fields else (),
        named=tuple(word.lower() for word in fields["named"].words()) if "named" in fields else (),
        as_needed="as_needed" in fields and fields["as_needed"].flag(),
        indication="indication" in fields and fields["indication"].flag(),
        absent="absent" in fields and fields["absent"].flag(),
    )


def _number(entry: Entry | None) -> float | None:
    if entry is None:
        return None
    try:
        return float(entry.word())
    except ValueError:
        raise entry.bad(f"'{entry.word()}' is no number") from None
