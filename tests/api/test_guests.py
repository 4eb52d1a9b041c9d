"""Links of a caregiver or an interpreter: an hour, one consult, no date of birth, always into the waiting room."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain import commands as co
from consult.domain.people import Actor
from tests.api.conftest import SiteUnderTest


async def invited(site: SiteUnderTest, role: str = "interpreter", name: str = "Ana Lopez") -> tuple[str, str]:
    """The token of a new link, and the member id behind it."""
    path = f"/api/consults/{site.consults['own']}/guests?as=pharmacist"
    answer = await site.call("anna", "POST", path, {"name": name, "role": role})
    assert answer.status == 201, await answer.text()
    found = await answer.json()
    return found["link"].partition("#g=")[2], found["member_id"]


@pytest.mark.parametrize("role", ["caregiver", "interpreter"])
async def test_a_guest_comes_by_link_alone_and_waits(site: SiteUnderTest, role: str) -> None:
    token, member_id = await invited(site, role)

    await site.enter("guest", "/api/join", {"token": token}, "patient")

    me = await (await site.call("guest", "GET", "/api/me?as=patient")).json()
    assert (me["id"], me["role"], me["name"]) == (member_id, role, "Ana Lopez")
    assert me["consult_id"] == site.consults["own"]
    await site.parts.submit(site.consults["own"], co.JoinConsult(), Actor(member_id, role, "Ana Lopez"), "in")  # type: ignore[arg-type]
    consult = (await site.parts.store.read(site.consults["own"]))[-1].data.participant  # type: ignore[union-attr]
    assert (consult.role, consult.state) == (role, "waiting")


async def test_the_link_of_a_patient_never_opens_without_the_date_of_birth(site: SiteUnderTest) -> None:
    token = site.links["pat"].partition("#t=")[2]

    answer = await site.call("anon", "POST", "/api/join", {"token": token})

    assert (await answer.json())["code"] == "link-refused"


async def test_a_link_of_a_guest_ends_after_an_hour(site: SiteUnderTest) -> None:
    token, _ = await invited(site)

    site.now[0] += timedelta(minutes=61)

    assert (await (await site.call("anon", "POST", "/api/join", {"token": token})).json())["code"] == "link-refused"


async def test_two_guests_have_two_places_and_the_patients_link_goes_on(site: SiteUnderTest) -> None:
    (one, first), (_, second) = await invited(site), await invited(site, "caregiver", "Ben Lopez")

    assert first != second
    await site.enter("guest", "/api/join", {"token": one}, "patient")
    assert (await site.call("pat", "GET", "/api/me?as=patient")).status == 200


async def test_a_guest_reads_no_takeaway_and_reaches_no_other_consult(site: SiteUnderTest) -> None:
    token, _ = await invited(site, "caregiver")
    await site.enter("guest", "/api/join", {"token": token}, "patient")

    for path in (f"{site.consults['own']}/takeaway/2.html", f"{site.consults['foreign']}/takeaway/2.html"):
        assert (await site.call("guest", "GET", f"/api/consults/{path}?as=patient")).status in (403, 404)


async def test_only_the_consults_own_pharmacist_invites(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/guests?as="
    body = {"name": "Eve", "role": "caregiver"}

    assert (await site.call("ben", "POST", path + "pharmacist", body)).status == 404
    assert (await site.call("pat", "POST", path + "patient", body)).status == 403
    assert (await site.call("anna", "POST", path + "pharmacist", {**body, "role": "pharmacist"})).status == 400
    assert (await site.call("anna", "POST", path + "pharmacist", {**body, "name": "  "})).status == 400


async def test_the_links_of_guests_are_listed_and_one_that_is_ended_opens_nothing(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/guests"
    token, member_id = await invited(site)
    await invited(site, "caregiver", "Ben Lopez")
    await site.enter("guest", "/api/join", {"token": token}, "patient")

    listed = await (await site.call("anna", "GET", f"{path}?as=pharmacist")).json()
    ended = await site.call("anna", "POST", f"{path}/revoke?as=pharmacist", {"member_id": member_id})
    again = await site.call("anna", "POST", f"{path}/revoke?as=pharmacist", {"member_id": member_id})
    left = await (await site.call("anna", "GET", f"{path}?as=pharmacist")).json()

    assert {(one["name"], one["role"]) for one in listed["links"]} == {
        ("Ana Lopez", "interpreter"),
        ("Ben Lopez", "caregiver"),
    }
    assert token not in str(listed)
    assert (ended.status, again.status) == (200, 404)
    assert [one["name"] for one in left["links"]] == ["Ben Lopez"]
    assert (await site.call("guest", "GET", "/api/me?as=patient")).status == 401  # the page of the guest is ended too


async def test_what_is_sent_with_a_link_names_nobody(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/link?as=pharmacist"

    answer = await (await site.call("anna", "POST", path, {})).json()

    assert answer["link"] in answer["message"]
    assert "Riverside Pharmacy" in answer["message"]
    assert "Lopez" not in answer["message"]
