"""What is seen in a call: a screen that is shown, the voice before the picture on a weak line, the chosen devices."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.calling import flows, in_call
from tests.browser.conftest import Caller, Site
from tests.browser.test_whole_consult import axe, until

expect.set_options(timeout=15_000)  # the line is looked at every other second
# The screen that the browser gave; and what it believes to get through, where `window.kbps` says so.
BEFORE = """{
  const display = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getDisplayMedia = async (...all) => (window.display = await display(...all));
  const stats = RTCPeerConnection.prototype.getStats;
  RTCPeerConnection.prototype.getStats = async function (...all) {
    const report = new Map(await stats.apply(this, all));
    for (const [id, one] of report) if (window.kbps && one.type === "candidate-pair")
      report.set(id, {...one, availableOutgoingBitrate: window.kbps * 1000});
    return report;
  };
}"""
# What the browser does when its own "Stop sharing" is pressed.
STOPPED = (
    """() => { const [track] = window.display.getTracks(); track.stop(); track.dispatchEvent(new Event("ended")); }"""
)


def shape(page: Page) -> str:
    """Of the large picture: the made-up screen has that of the window, the made-up camera is 4 to 3."""
    size = "({videoWidth, videoHeight}) => `${videoWidth}x${videoHeight}`"
    found: str = page.locator(".call-stage .picture").evaluate(size)
    return found


def shown(pharmacist: Caller, patient: Caller) -> None:
    pharmacist.press("Share screen")
    expect(patient.page.locator(".call-status")).to_have_text("Daniel Reyes is showing you something.")
    expect(pharmacist.page.locator(".call-own")).to_have_text(re.compile("^Your screen is shared"))
    expect(pharmacist.page.get_by_role("button", name="Stop sharing")).not_to_have_class(re.compile("quiet"))
    until(lambda: shape(patient.page) == "1366x768")


def shown_no_more(pharmacist: Caller, patient: Caller) -> None:
    expect(patient.page.locator(".call-status")).to_have_text("You are talking with Daniel Reyes.")
    expect(pharmacist.page.get_by_role("button", name="Share screen")).to_be_visible()
    expect(pharmacist.page.locator(".call-own")).to_have_count(0)
    assert pharmacist.page.evaluate("window.display.getTracks().every((one) => one.readyState === 'ended')")
    until(lambda: shape(patient.page) == "640x480")


def a_screen_is_shown_until_the_browser_ends_it(pharmacist: Caller, patient: Caller) -> None:
    shown(pharmacist, patient)
    flows(pharmacist, patient)
    assert axe(pharmacist.page) + axe(patient.page) == []
    it_fills_a_phone_and_opens_over_the_whole_page(patient.page)
    pharmacist.page.evaluate(STOPPED)
    shown_no_more(pharmacist, patient)


def it_fills_a_phone_and_opens_over_the_whole_page(page: Page) -> None:
    before = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    stage, whole = page.locator(".call-stage"), page.get_by_role("dialog", name="What you are shown")
    until(lambda: stage.bounding_box()["width"] == 360)  # type: ignore[index]
    page.get_by_role("button", name="See it larger").click()
    expect(whole).to_be_visible()
    assert axe(page) == []
    until(lambda: whole.locator("video").evaluate("({videoWidth}) => videoWidth") == 1366)
    page.keyboard.press("Escape")
    expect(whole).to_have_count(0)
    stage.locator(".picture").click()
    whole.get_by_role("button", name="Back to the call").click()
    expect(whole).to_have_count(0)
    page.set_viewport_size(before or {"width": 390, "height": 844})


def voice_alone(*people: Caller) -> bool:
    """Sound arrives and no picture, at each of them."""
    before = [one.media() for one in people]
    time.sleep(0.5)
    pairs = list(zip(before, [one.media() for one in people], strict=True))
    return all(b["packets"] > a["packets"] + 5 and b["frames"] == a["frames"] for a, b in pairs)


def the_voice_goes_on_where_the_line_is_weak(pharmacist: Caller, patient: Caller) -> None:
    both = (pharmacist, patient)
    for one in both:
        one.page.evaluate("window.kbps = 60")
    note, own = patient.page.locator(".call-note"), pharmacist.page.locator(".call-own")
    expect(note).to_have_text(re.compile("^Your connection is weak, so we turned your picture off."))
    expect(own).to_have_text(re.compile("^The line is weak, so your picture was turned off"))
    expect(patient.page.locator(".call-status")).to_have_text(
        "The connection is weak. You hear Daniel Reyes without a picture."
    )
    expect(pharmacist.page.locator(".call-status")).to_have_text("Maria Lopez picture off, weak line")
    until(lambda: voice_alone(*both))
    for one in both:
        one.page.evaluate("window.kbps = 0")
    expect(note).to_be_hidden(timeout=30_000)  # the pictures come back by themselves
    flows(*both)
    expect(own).to_have_count(0, timeout=30_000)
    expect(patient.page.locator(".call-status")).to_have_text("You are talking with Daniel Reyes.")


def chosen(select: Locator) -> str:
    return str(select.evaluate("(one) => one.selectedOptions[0]?.textContent"))


def the_second_camera_is_chosen_and_kept(pharmacist: Caller, patient: Caller) -> None:
    page = pharmacist.page
    pharmacist.press("Devices")
    camera, microphone = (page.get_by_role("combobox", name=one, exact=True) for one in ("Camera", "Microphone"))
    wanted = []
    for select in (camera, microphone):
        until(lambda select=select: select.locator("option").count() > 1)
        now = chosen(select)
        other = next(one for one in select.locator("option").all_text_contents() if one != now)
        select.select_option(label=other)
        wanted.append(other)
        until(lambda select=select, other=other: chosen(select) == other)
    assert axe(page) == []

    page.reload()
    flows(pharmacist, patient)
    pharmacist.press("Devices")
    until(lambda: [chosen(camera), chosen(microphone)] == wanted)
    shown(pharmacist, patient)
    assert [chosen(camera), chosen(microphone)] == wanted, "the screen is no camera"
    pharmacist.press("Stop sharing")
    shown_no_more(pharmacist, patient)


@pytest.mark.timeout(300)
def test_a_screen_a_weak_line_and_the_chosen_devices(site: Site, caller: Callable[..., Caller]) -> None:
    pharmacist, patient = in_call(site, caller, BEFORE)

    a_screen_is_shown_until_the_browser_ends_it(pharmacist, patient)
    the_voice_goes_on_where_the_line_is_weak(pharmacist, patient)
    the_second_camera_is_chosen_and_kept(pharmacist, patient)

    assert pharmacist.errors == patient.errors == []
