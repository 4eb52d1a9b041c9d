"""Follow-ups over HTTP: in the rows of the list, settled from there, and in what is known from earlier visits."""

from __future__ import annotations

from typing import Any

from consult.domain import commands as co
from consult.domain.people import Actor
from tests.api.conftest import SiteUnderTest, new_consult

ANNA = Actor("a-anna", "pharmacist", "Anna")


async def planned(site: SiteUnderTest) -> str:
    consult_id = site.consults["own"]
    plan = co.PlanFollowUp("f1", "2026-12-01", "pharmacist", "Call about bruises")
    await site.parts.submit(consult_id, plan, ANNA, "plan-f1")
    return consult_id


async def settle(site: SiteUnderTest, consult_id: str, body: dict[str, Any], who: str = "anna") -> tuple[int, Any]:
    path = f"/api/consults/{consult_id}/follow-ups/f1?as=pharmacist"
    answer = await site.call(who, "POST", path, body)
    return answer.status, await answer.json()


async def row_of(site: SiteUnderTest, consult_id: str) -> dict[str, Any]:
    listed = await (await site.call("anna", "GET", "/api/consults?as=pharmacist")).json()
    return next(row for row in listed["consults"] if row["id"] == consult_id)


async def test_a_planned_follow_up_is_in_the_list_until_it_is_done(site: SiteUnderTest) -> None:
    consult_id = await planned(site)
    before = (await row_of(site, consult_id))["follow_ups"]

    status, answer = await settle(site, consult_id, {"note": "no bruises"})

    assert [(one["due"], one["by"], one["what"]) for one in before] == [
        ("2026-12-01", "pharmacist", "Call about bruises")
    ]
    assert (status, answer["follow_ups"][0]["stage"], answer["follow_ups"][0]["note"]) == (200, "done", "no bruises")
    assert (await row_of(site, consult_id))["follow_ups"] == []


async def test_it_is_put_off_to_a_day_with_a_reason(site: SiteUnderTest) -> None:
    consult_id = await planned(site)

    refused, told = await settle(site, consult_id, {"due": "2026-12-08", "note": " "})
    status, _ = await settle(site, consult_id, {"due": "2026-12-08", "note": "no answer"})

    assert (refused, told["code"]) == (409, "note-missing")
    assert (status, (await row_of(site, consult_id))["follow_ups"][0]["due"]) == (200, "2026-12-08")


async def test_nobody_settles_what_is_not_theirs(site: SiteUnderTest) -> None:
    consult_id = await planned(site)

    assert (await settle(site, consult_id, {"note": "x"}, who="ben"))[0] == 404
    assert (await settle(site, consult_id, {"note": "x", "more": 1}))[1]["code"] == "unknown-field"


async def test_settling_is_in_the_audit_trail(site: SiteUnderTest) -> None:
    consult_id = await planned(site)

    await settle(site, consult_id, {"note": "no bruises"})

    assert "finish_follow_up" in [one.action for one in await site.audit.read(consult_id=consult_id)]


async def test_the_next_visit_is_prepared_with_what_is_still_to_be_looked_after(site: SiteUnderTest) -> None:
    await planned(site)
    made = await (await site.call("anna", "POST", "/api/consults?as=pharmacist", new_consult("pat"))).json()

    answer = await site.call("anna", "GET", f"/api/consults/{made['consult_id']}/earlier?as=pharmacist")

    earlier = (await answer.json())["earlier"]
    assert [(one["what"], one["stage"]) for one in earlier[0]["follow_ups"]] == [("Call about bruises", "planned")]
