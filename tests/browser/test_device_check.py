"""The device check before the call: what is missing is named, with the help that fits it, and each step leads on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.calling import patient_waits, pharmacist_in
from tests.browser.conftest import Caller, Site
from tests.browser.test_whole_consult import axe

MISSING = """{
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.camera = null;
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (wanted.video && window.camera) throw new DOMException(window.camera[1], window.camera[0]);
    return real(wanted);
  };
}"""
MUTE = """{
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await real(wanted);
    if (!wanted.audio) return stream;
    stream.getAudioTracks().forEach((track) => { track.stop(); stream.removeTrack(track); });
    const silent = new AudioContext().createMediaStreamDestination();
    stream.addTrack(silent.stream.getAudioTracks()[0]);
    return stream;
  };
}"""
DENIALS = [
    (["NotReadableError", "Could not start video source"], "Another program is using your camera"),
    (["NotFoundError", "Requested device not found"], "Is it plugged in?"),
    (["NotAllowedError", "Permission denied by system"], "Open the settings of your device"),
    (["NotAllowedError", "Permission denied"], "Press the icon to the left of the address"),
    (["NotAllowedError", "Permission dismissed"], "then choose Allow"),
]


def test_the_check_says_which_device_is_missing_and_tries_that_one_again(
    site: Site, caller: Callable[..., Caller]
) -> None:
    patient = caller(360, 740, before=MISSING)
    page = patient.page
    patient_waits(site, patient)

    for camera, told in DENIALS:
        page.reload()
        expect(page.get_by_role("button", name="Use camera and microphone")).to_be_visible()
        page.evaluate("(camera) => { window.camera = camera }", camera)
        patient.press("Use camera and microphone")
        expect(page.get_by_text(told)).to_be_visible()
        if told == "then choose Allow":  # some browsers ask once only
            patient.press("Try again")
            expect(page.get_by_text("Press the icon to the left of the address")).to_be_visible()
        else:
            expect(page.get_by_text("Your microphone works. The camera is still missing.")).to_be_visible()
            expect(page.get_by_role("button", name="Go on with sound only")).to_be_visible()
        assert axe(page) == []
        page.evaluate("window.camera = null")
        patient.press("Try again")
        expect(page.get_by_text("Do you see yourself?")).to_be_visible()

    answer = page.get_by_role("button", name="Yes, I see myself").bounding_box()
    foot = page.locator("footer.help").bounding_box()
    assert answer is not None
    assert foot is not None
    assert answer["y"] + answer["height"] <= foot["y"], "the answer is in sight"
    patient.press("Yes, I see myself")
    expect(page.get_by_text("We hear you.")).to_be_visible(timeout=15_000)


def test_a_microphone_without_a_sound_is_told_and_helped(site: Site, caller: Callable[..., Caller]) -> None:
    patient = caller(360, 740, before=MUTE)
    patient_waits(site, patient)
    patient.press("Use camera and microphone")
    patient.press("Yes, I see myself")

    expect(patient.page.get_by_text("We hear nothing yet.")).to_be_visible(timeout=15_000)
    patient.press("No")
    expect(patient.page.get_by_text("a switch for the microphone?")).to_be_visible()
    assert axe(patient.page) == []
    patient.press("Skip this step")
    expect(patient.page.get_by_text("Do you hear three tones?")).to_be_visible()


def test_who_would_rather_use_the_phone_is_known_to_the_pharmacist(site: Site, caller: Callable[..., Caller]) -> None:
    pharmacist, patient = caller(), caller(360, 740)
    page, guest = pharmacist.page, patient.page
    pharmacist_in(site, pharmacist)
    patient_waits(site, patient)
    guest.evaluate("document.documentElement.style.fontSize = '200%'")
    assert guest.locator(".lead").evaluate("(one) => getComputedStyle(one).fontSize") == "40px"
    guest.evaluate("document.documentElement.style.fontSize = ''")

    patient.press("I would rather use the phone")

    expect(guest.get_by_text("That is fine. Stay on this page, and Daniel Reyes will call you")).to_be_visible()
    expect(page.locator(".presence")).to_contain_text("Maria Lopez is waiting, would rather talk by phone")
    guest.reload()
    expect(guest.get_by_text("That is fine. Stay on this page, and Daniel Reyes will call you")).to_be_visible()
    page.get_by_role("button", name="Let in").first.click()
    expect(
        guest.get_by_text("Daniel Reyes knows that you would rather talk by phone, and will call you.")
    ).to_be_visible()
    call = page.get_by_label("Call", exact=True)
    expect(call.get_by_role("link", name="555-0142")).to_have_attribute("href", "tel:5550142")
    assert axe(guest) == []
    assert axe(page) == []
    patient.press("Join the call")
    expect(page.get_by_text("Maria Lopez is in the call and waits for you.")).to_be_visible()
    assert pharmacist.errors == patient.errors == []
