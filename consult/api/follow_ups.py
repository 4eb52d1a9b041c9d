"""What becomes of a follow-up when it is settled from the list of the day, without opening its consult."""

from __future__ import annotations

from aiohttp import web
from pydantic import TypeAdapter

from consult.api.bodies import parsed, read_object
from consult.api.parts import PARTS
from consult.api.reading import consult_at, consult_row
from consult.api.sessions import actor_of
from consult.domain.commands import FinishFollowUp, PostponeFollowUp
from consult.storage.codec import to_json

_FINISH = TypeAdapter(FinishFollowUp)
_POSTPONE = TypeAdapter(PostponeFollowUp)


async def settle(request: web.Request) -> web.Response:
    """Done with a `note`, or put off to the day `due` with a `note` that says why. Gives the follow-ups as they are."""
    parts, actor = request.app[PARTS], actor_of(request)
    row = await consult_row(request)
    body = {**await read_object(request), "follow_up_id": request.match_info["follow_up_id"]}
    command = parsed(_POSTPONE, body) if "due" in body else parsed(_FINISH, body)
    await parts.submit(row.id, command, actor, parts.new_id())
    consult = await consult_at(parts.store, row.id)
    return web.json_response({"follow_ups": [to_json(one) for one in consult.follow_ups.values()]})
