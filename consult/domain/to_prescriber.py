"""What an alert asks the pharmacist to consider, said to the prescriber: the first words of a recommendation.

An alert speaks to the pharmacist ("consider asking the prescriber whether both are meant"). In a letter the same is a
request, and what the pharmacist asks or tells the patient does not belong there. The pharmacist reads and changes it.
"""

from __future__ import annotations

import re
from typing import Final

REVIEW: Final = "Please review this and tell us how you would like to go on."
SOON: Final = "as soon as you can"

_CLAUSES = re.compile(r"; |(?<=prescriber): |: (?=ask |call )|\. (?=Consider )")
_OPENING = re.compile(r"^consider\s+", re.I)
_ASKS = r"(?:asking|calling|telling|ask|call|tell)\b"
_PARTS = re.compile(rf"(,? and|,? or|,) (?={_ASKS})", re.I)
_PRESCRIBER = re.compile(r"^(?:asking|calling|ask|call) (?:the |both )?prescribers?\b(?: today\b)?[, ]*", re.I)
_MENTIONED = re.compile(r"\b(?:consider )?(?:calling|asking) the prescriber\b(?: today\b)?", re.I)
# Questions that the one who ordered it can answer; the others are for the patient.
_ORDERED = re.compile(
    r"\b(?:meant|needed|planned|replac\w+|switched|decided|watches|stays?|adds|go on|until when|was chosen|treats)\b"
)
_QUESTION = re.compile(r"^(?:to learn )?(?=whether|which|who|why|what|until)")
_CHOICE = re.compile(r"^about (?=(?:another|a (?:slow|pause|lower|class|choice|plan|method|vaccine))\b)")
_RESULT = re.compile(r"^for (?=the (?:last|date)\b)")
_BESIDE = re.compile(
    r"(?:, and (?!about |whether |how |who |which |until |for |that |when )| and (?=an? |another ))(?P<rest>[^,]+)$"
)
_AFTER_ASKING = re.compile(r" (?:with the prescriber|after asking(?: the prescriber)?)\b")
_PATIENT = re.compile(r"^(?:asking|ask|telling|tell) (?:the patient|the daily|to see)|^checking how\b", re.I)
_SPELT = {"ask": "asking", "call": "calling", "tell": "telling"}


def for_prescriber(action: str) -> str:
    """The action of an alert as a recommendation to the prescriber; `REVIEW` where all of it was for the patient."""
    clauses = [clause for clause in _CLAUSES.split(action.strip().rstrip(".")) if clause]
    said = list(dict.fromkeys(text for clause in clauses for text in _clause(clause)))
    if clauses and not any(text.startswith(("Consider", "Please")) for text in said):
        said.insert(0, REVIEW)
    return " ".join(said)


def _clause(clause: str) -> list[str]:
    considered = _OPENING.match(clause)
    if not considered and not re.match(_ASKS, clause, re.I):
        return [_sentence(_MENTIONED.sub(f"please review this {SOON}", clause))]
    pieces = _PARTS.split(_OPENING.sub("", clause))
    things = ""
    requests: list[str] = []
    for joint, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        thing, request = _piece(piece)
        if thing:
            things = f"{things}{joint if ' or' in joint else ' and'} {thing}" if things else thing
        if request:
            requests.append(_sentence(f"please {request}"))
    if len(pieces) > 1 and " and " not in things and " or " not in things:
        things = " and ".join(things.rsplit(", ", 1))
    return [*([_sentence(f"consider {things}")] if things else []), *requests]


def _piece(piece: str) -> tuple[str, str]:
    """What the piece asks the prescriber to consider, and what it asks for besides; both "" where it asks neither."""
    piece = _AFTER_ASKING.sub("", piece)
    if found := _PRESCRIBER.match(piece):
        return _to_prescriber(piece[found.end() :], SOON if "today" in found[0] else "")
    if _PATIENT.match(piece):
        beside = _BESIDE.search(piece)
        return (beside["rest"] if beside else ""), ""
    if found := re.match(r"(?:asking|ask),? (?!the )", piece, re.I):
        return _asked(piece[found.end() :])
    first, _, rest = piece.partition(" ")
    return f"{_SPELT.get(first, first)} {rest}".strip(), ""


def _to_prescriber(rest: str, soon: str) -> tuple[str, str]:
    review = f"review this {soon}".strip()
    if not rest:
        return "", review
    if found := re.match(r"(?:about|for) ", rest):
        return rest[found.end() :], review if soon else ""
    if _QUESTION.match(rest):
        return "", f"tell us {soon} {_QUESTION.sub('', rest)}".replace("  ", " ")
    if rest.startswith(("before ", "if ")):
        return "", f"{review} {rest}"
    return re.sub(r"^(?:and|or) ", "", rest), review


def _asked(rest: str) -> tuple[str, str]:
    """A question whose receiver is not named: to the prescriber where only the one who ordered can answer it."""
    if found := _CHOICE.match(rest) or _RESULT.match(rest):
        return (rest[found.end() :], "") if found[0] == "about " else ("", f"tell us {rest[found.end() :]}")
    beside = _BESIDE.search(rest)
    question = rest[: beside.start()] if beside else rest
    ours = bool(_QUESTION.match(question) and _ORDERED.search(question))
    return (beside["rest"] if beside else ""), (f"tell us {question}" if ours else "")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
