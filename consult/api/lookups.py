"""What pages look up: scripts, the plain-word topics of their steps, and drug names."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Annotated

from aiohttp import web
from pydantic import TypeAdapter

from consult.api.bodies import parsed, read_object
from consult.api.guard import NOTHING_HERE
from consult.api.parts import PARTS
from consult.domain.lexicon import DrugName
from consult.domain.medication import Sig
from consult.domain.text import Code, Limit
from consult.errors import BadFile, NotFound
from consult.knowledge.problem_codes import problem_codes as codes
from consult.scripts import Script, describe
from consult.takeaway.boilerplate import language_of
from consult.takeaway.plain import how_to_take

MOST_NAMES = 12
LONGEST_QUERY = 60
SIG_FIELDS = tuple(field.name for field in fields(Sig))
LONGEST_VERSION = 64  # a SHA-256 in hex


@dataclass(frozen=True, slots=True)
class Directions:
    """The body of `directions`: at most a hundred sigs, and the language tag to say them in."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the parser

    sigs: Annotated[tuple[Sig, ...], Limit(100)]
    language: Code = "en"


_DIRECTIONS = TypeAdapter(Directions)


async def label(request: web.Request) -> web.Response:
    """What the label of an ingredient says, word for word, where the site has imported labels."""
    parts = request.app[PARTS]
    ingredient = " ".join(request.match_info["ingredient"].lower().split())[:LONGEST_QUERY]
    found = await parts.label_text(ingredient)
    if found is None:
        raise NotFound("The site has no label text for this drug.", code="no-label-text")
    return web.json_response({**asdict(found), "sections": dict(found.sections)})


async def script(request: web.Request) -> web.Response:
    """The script; `?language=es` gives the patient's words in Spanish, `?page=es` those for the staff,
    `?version=` that which a consult began with."""
    found = await _script(request)
    language, page = (request.query.get(name, "")[:LONGEST_QUERY] for name in ("language", "page"))
    return web.json_response(describe(found, language, page))


async def topics(request: web.Request) -> web.Response:
    """What a patient is told they are talking about, by step id; a step of the pharmacist alone has no topic."""
    found = await _script(request)
    language = found.spoken_in(request.query.get("language", "")[:LONGEST_QUERY])
    named = {
        step.id: found.words(f"patient_topic:{step.id}", step.patient_topic, language)
        for step in found.steps
        if step.patient_topic
    }
    return web.json_response({"topics": named, "language": language})


async def directions(request: web.Request) -> web.Response:
    """Directions in plain words, one for each sig of the body, in the words of the takeaway. Nothing is stored."""
    asked = parsed(_DIRECTIONS, await read_object(request))
    language = language_of(asked.language)
    return web.json_response({"directions": [how_to_take(sig, language) for sig in asked.sigs]})


@dataclass(frozen=True, slots=True)
class Quick:
    """The body of `sig`: a name as it stands in the regimen, and directions as one jots them down ("1 po bid")."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the parser

    name: Annotated[str, Limit(200, 1)]
    text: Annotated[str, Limit(400, 1)]


_QUICK = TypeAdapter(Quick)


async def sig(request: web.Request) -> web.Response:
    """Quick directions read as a sig, null where they are not understood. Nothing is stored."""
    asked = parsed(_QUICK, await read_object(request))
    found = await request.app[PARTS].read_line(f"{asked.name} {asked.text}")
    mention = next((one for one in found.medications if one.start == 0), None)
    read = Sig(*(getattr(mention, field) for field in SIG_FIELDS)) if mention is not None else Sig()
    return web.json_response({"sig": asdict(read) if read != Sig() else None})


async def drugs(request: web.Request) -> web.Response:
    """At most twelve names for what was typed; one name with two meanings is two rows."""
    typed = " ".join(request.query.get("q", "")[:LONGEST_QUERY].split())
    found: list[DrugName] = []
    for one in request.app[PARTS].find_names(typed) if typed else ():
        if all((one.name, one.ingredients) != (other.name, other.ingredients) for other in found):
            found.append(one)
    sold = request.app[PARTS].strengths
    names = [
        {
            "name": one.name,
            "ingredients": list(one.ingredients),
            "kind": one.kind,
            "strengths": sold.get("+".join(sorted(one.ingredients)), ()),
        }
        for one in found[:MOST_NAMES]
    ]
    return web.json_response({"names": names})


async def _script(request: web.Request) -> Script:
    version = request.query.get("version", "")[:LONGEST_VERSION]
    try:
        found = await request.app[PARTS].find_script(request.match_info["script_id"], version)
    except BadFile:
        found = None
    if found is None:
        raise NotFound(NOTHING_HERE)
    return found


async def problem_codes(request: web.Request) -> web.Response:
    """What a problem can be called: the rationales below each need, with Cipolle's and PCNE's words for them."""
    rows = [
        {
            "rationale": one.rationale,
            "need": one.need,
            "words": one.words,
            "cipolle": f"{one.cipolle} {one.cipolle_words}",
            "pcne": " ".join(code for code in (one.pcne_problem, one.pcne_cause) if code),
        }
        for one in codes().values()
    ]
    return web.json_response({"rationales": rows})
