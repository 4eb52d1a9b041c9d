"""Pictures of every page and state, at desk and phone size, in both themes: docs/gallery.

Runs the demo site in a temporary folder and walks through it in Chromium as a pharmacist, a patient and a supervisor.
"""

from __future__ import annotations

import io
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "gallery"
DESK, PHONE, PAPER = (1366, 768), (390, 844), (816, 1056)
PLACES = {DESK: "desk", PHONE: "phone", PAPER: "paper"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
DENIED = """() => {
  window.allowed = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("Permission denied", "NotAllowedError"); };
}"""
CHECKS = (
    ("see", "Yes, I see myself", "The device check: the picture"),
    ("speak", "Yes, it moves", "The device check: the voice"),
    ("hear", "Yes, I hear them", "The device check: the sound"),
)
MOST_BYTES = 150_000
LISTS, SOCKETS = "**/api/consults?*", "**/socket.io/**"
NOTES = (
    "metformin 1000 mg bid with meals, never misses",
    "warfarin 5 mg daily since the clot in spring, INR checked monthly",
    "takes Aleve 2 tablets most mornings for her knees",
    "bruises on both forearms, no black stools",
    "stopped lisinopril in May because of a dry cough",
    "gabapentn 300 mg at bedtime for burning feet",
)


@dataclass
class Site:
    """The served demo site: where it is and how to get in."""

    origin: str
    password: str
    link: str


@dataclass
class Gallery:
    """What was taken so far, by part of the index."""

    shots: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, page: Page, name: str, words: str, size: tuple[int, int] = DESK) -> None:
        """One picture in each theme."""
        page.set_viewport_size({"width": size[0], "height": size[1]})
        place = PLACES[size]
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.mouse.move(0, 0)  # nothing looks pressed that is not
            page.wait_for_timeout(250)
            keep(page.screenshot(), FOLDER / f"{name}-{place}-{theme}.png")
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.shots.append((name, words, place))
        print(f"gallery: {name} {place}", flush=True)

    def index(self) -> str:
        rows = ["# Gallery", "", "Made by `make gallery` from the demo site; all people are invented.", ""]
        titles = {"desk": "At the desk, 1366 by 768", "phone": "On a phone, 390 by 844", "paper": "On paper, Letter"}
        for place, title in titles.items():
            rows += [f"## {title}", "", "| | light | dark |", "|---|---|---|"]
            for name, words, where in self.shots:
                if where == place:
                    cells = (f"![{words}, {theme}]({name}-{place}-{theme}.png)" for theme in ("light", "dark"))
                    rows.append(f"| {words} | {' | '.join(cells)} |")
            rows.append("")
        return "\n".join(rows)


def keep(raw: bytes, path: Path) -> None:
    """The picture with few colours, so that the folder stays small."""
    with Image.open(io.BytesIO(raw)) as picture:
        full = picture.convert("RGB")
        for colours in (160, 48, 16):
            out = io.BytesIO()
            # An octree keeps the rare colours apart: amber that turns red would say something else. The grounds stay
            # as they are, white beside off-white.
            rare = full.quantize(colours, Image.Quantize.FASTOCTREE).getpalette() or []
            grounds = sorted(full.getcolors(full.width * full.height) or [], reverse=True)[: colours // 4]
            palette = Image.new("P", (1, 1))
            palette.putpalette([part for _, colour in grounds for part in colour] + rare[: 3 * colours])
            full.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
            if out.tell() < MOST_BYTES:
                break
    path.write_bytes(out.getvalue())


@contextmanager
def served() -> Iterator[Site]:
    """The demo site in a folder that goes away."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "consult.cli",
            "demo",
            "--serve",
            "--folder",
            f"{folder}/site",
            "--port",
            str(port),
        ]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            said = ""
            assert server.stdout is not None
            for line in server.stdout:
                said += line
                if "supervisor" in line and "password:" in line:
                    break
            found = re.search(r"account: pharmacist +password: (\S+)[\s\S]*?(http\S+/join\S+)", said)
            if found is None:
                sys.exit(f"gallery: the demo site did not start:\n{said}")
            origin = f"http://127.0.0.1:{port}"
            until(lambda: urlopen(f"{origin}/healthz").status == 200)
            try:
                yield Site(origin, found[1], found[2])
            finally:
                server.terminate()


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if done():
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit("gallery: it did not happen in time")


def staff(browser: Browser, site: Site, role: str, gallery: Gallery | None = None) -> Page:
    page = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}).new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{site.origin}/signin?as={role}")
    if gallery:
        gallery.take(page, "signin", "Signing in")
        gallery.take(page, "signin", "Signing in", PHONE)
    page.get_by_label("Account").fill(role)
    page.get_by_label("Password").fill(site.password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{role}*")
    return page


def command(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Command").fill(words)
    page.keyboard.press("Enter")


def write(page: Page, lines: tuple[str, ...]) -> None:
    page.keyboard.press("Alt+n")
    page.keyboard.press("Control+End")
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
    page.locator(".found").filter(has_text=lines[-1].split()[0]).wait_for()  # the last line has been read
    page.wait_for_timeout(1500)


def pharmacist_and_patient(browser: Browser, site: Site, gallery: Gallery) -> None:
    page = staff(browser, site, "pharmacist", gallery)
    page.get_by_text("Maria Lopez").wait_for()
    waits_and_failures(page, gallery)
    gallery.take(page, "list", "The day of a pharmacist")
    gallery.take(page, "list", "The day of a pharmacist", PHONE)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_role("button", name="New consult").click()
    page.get_by_role("dialog").wait_for()
    gallery.take(page, "new-consult", "A new consult")
    page.keyboard.press("Escape")
    new_consult(page, gallery)
    page.get_by_role("link", name="Open Maria Lopez").click()
    page.get_by_role("region", name="Preparation").wait_for()
    page.wait_for_timeout(1500)
    gallery.take(page, "prepare", "Before the visit")

    guest = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}).new_page()
    guest.set_default_timeout(30_000)
    guest.goto(site.link)
    guest.get_by_label("Month").wait_for()
    gallery.take(guest, "patient-join", "The patient confirms the date of birth", PHONE)
    birthday(guest)
    guest.get_by_role("heading", name="You are in the waiting room").wait_for()
    gallery.take(guest, "patient-waiting", "The waiting room", PHONE)
    device_check(guest, gallery)

    page.get_by_role("button", name="Begin and let in").click()
    page.locator(".cm-content[aria-readonly=false]").wait_for()
    page.get_by_role("button", name="Join the call").click()
    page.wait_for_timeout(3000)
    gallery.take(page, "call", "The call beside the notes")
    gallery.take(guest, "patient-call", "The call on the patient's phone", PHONE)
    page.get_by_role("button", name="Hang up").click()
    guest.get_by_role("button", name="Hang up").click()
    write(page, NOTES)
    gallery.take(page, "consult", "A visit: guide, notes, alerts, regimen")
    page.get_by_text("gabapentn").first.click()
    page.wait_for_timeout(500)
    gallery.take(page, "card", "What was read, the words behind it, the readings to choose from")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+a")
    page.keyboard.press("a")
    page.locator(".reasons").wait_for()
    gallery.take(page, "acknowledge", "An alert is acknowledged with two keys")
    page.keyboard.press("Escape")
    command(page, "regimen as a table")
    page.get_by_role("dialog").wait_for()
    gallery.take(page, "regimen-table", "The regimen, edited in place")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Command").fill("")
    gallery.take(page, "palette", "Everything by name")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile(r"^Confirm \d+ exact")).click()
    page.wait_for_timeout(1500)
    guest.wait_for_timeout(1500)
    gallery.take(guest, "patient-visit", "The visit on the patient's phone", PHONE)
    command(page, "preview of the takeaway")
    page.frame_locator(".right-panel .paper").get_by_text("Preview: not reviewed").first.wait_for()
    gallery.take(page, "preview", "What a draft would say, beside the notes")
    page.get_by_role("tab", name=re.compile("^Regimen")).click()
    for pane in ("Notes", "Alerts", "Regimen"):
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.get_by_role("navigation", name="Parts of the page").get_by_role("button", name=re.compile(pane)).click()
        gallery.take(page, f"consult-{pane.lower()}", f"The same visit on a phone: {pane.lower()}", PHONE)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    write(page, ("chest pain since this morning",))
    page.locator(".emergency").wait_for()
    gallery.take(page, "emergency", "The script stands still: what to say, whom to call")
    gallery.take(page, "emergency", "A red flag leads to the guide from every part of the page", PHONE)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_role("button", name="No emergency").click()
    page.keyboard.type("sore from lifting, seen last week")
    page.keyboard.press("Enter")
    page.locator(".emergency").wait_for(state="detached")
    page.keyboard.press("Alt+a")
    page.keyboard.press("p")
    page.wait_for_timeout(800)
    command(page, "takeaway")
    draft(page, "")
    gallery.take(page, "takeaway", "The takeaway is checked, signed and given")
    for name, value in (("full name", "Maria Lopez"), ("date of birth", "14 Mar 1952")):
        page.get_by_label(f"{name} {value}").check()
    page.get_by_role("button", name="Confirm identity").click()
    give(page, 1)
    guest.get_by_role("heading", name="Your summary is ready").wait_for()
    read(guest, gallery, 1, "summary", "The summary")
    draft(page, "es")
    give(page, 2)
    guest.get_by_role("button", name="Español").click()
    guest.locator('a[href*="takeaway/2.html"]').wait_for()
    read(guest, gallery, 2, "summary-spanish", "The summary in Spanish")
    guest.get_by_role("button", name="English").click()
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    page.locator(".banner").wait_for()
    gallery.take(page, "offline", "No connection: what is safe, what waits")
    page.context.set_offline(False)
    page.locator(".banner").wait_for(state="detached")
    page.locator('a[hreflang="es"]').click()
    page.get_by_role("button", name="Terminar").wait_for()
    page.wait_for_timeout(2500)
    gallery.take(page, "consult-spanish", "The same page in Spanish")
    page.locator('a[hreflang="en"]').click()
    page.get_by_role("button", name="End visit").click()
    page.get_by_label("Why the visit ends without asking").fill("asked on the phone before")
    page.get_by_role("dialog").get_by_role("button", name="End visit").click()
    guest.get_by_role("heading", name="Your visit has ended").wait_for()
    guest.wait_for_timeout(500)
    gallery.take(guest, "patient-after", "After the visit", PHONE)
    guest.get_by_label("Yes").first.check()
    guest.evaluate("() => document.querySelector('.rating').scrollIntoView()")
    gallery.take(guest, "patient-rating", "The visit is rated", PHONE)


def waits_and_failures(page: Page, gallery: Gallery) -> None:
    """The list and a consult while they are read, while there is nothing, and while no server answers."""
    consult = page.get_by_role("link", name="Open Maria Lopez").get_attribute("href")
    scenes: tuple[tuple[str, str, Callable[[Page], object], str], ...] = (
        ("list-reading", "The list is being read", lambda one: one.route(LISTS, lambda _: None), "Reading the list"),
        ("list-empty", "No consults yet", lambda one: one.route(LISTS, empty), "No consults yet"),
        (
            "list-unreachable",
            "The list, and the server cannot be reached",
            lambda one: one.route("**/api/**", lambda route: route.abort()),
            "cannot be reached",
        ),
        (
            "consult-opening",
            "A consult is being opened",
            lambda one: one.route_web_socket(SOCKETS, lambda _: None),
            "Opening the consult",
        ),
        (
            "consult-unreachable",
            "A consult, and the server cannot be reached",
            lambda one: one.route_web_socket(SOCKETS, lambda socket: socket.close()),
            "cannot be reached",
        ),
    )
    for name, words, prepare, shown in scenes:
        one = page.context.new_page()
        prepare(one)
        one.goto(f"{page.url.split('#')[0]}{consult if name.startswith('consult') else ''}")
        one.get_by_text(shown).first.wait_for()
        gallery.take(one, name, words)
        one.unroute_all(behavior="ignoreErrors")
        one.close()


def empty(route: Route) -> None:
    route.fulfill(json={"consults": []})


def new_consult(page: Page, gallery: Gallery) -> None:
    """A consult of somebody of whom nothing is known yet: no notes, no alerts, no regimen."""
    page.get_by_role("button", name="New consult").click()
    page.get_by_label("Patient's full name").fill("Ada Whitmore")
    page.get_by_label("Date of birth").fill("1950-02-08")
    page.get_by_role("button", name="Make it and go there now").click()
    page.get_by_role("button", name="Begin the visit").click()
    page.locator(".cm-content[aria-readonly=false]").wait_for()
    page.wait_for_timeout(1000)
    gallery.take(page, "consult-empty", "A visit begins with nothing: no notes, no alerts")
    page.get_by_role("link", name="Consults").click()


def draft(page: Page, language: str) -> None:
    page.get_by_label("Language of the draft").select_option(language)
    page.get_by_role("button", name=re.compile("draft$")).first.click()
    page.get_by_role("button", name=re.compile("^Sign version")).wait_for(timeout=60_000)
    page.wait_for_timeout(2000)


def give(page: Page, version: int) -> None:
    """Each line of a draft is looked at, then it is signed and given."""
    lines = page.get_by_role("region", name="Review line by line").get_by_role("button", name=re.compile("^Right"))
    lines.first.focus()
    while (left := lines.count()) > 0:
        page.keyboard.press("Enter")
        until(lambda left=left: lines.count() < left)
    page.get_by_role("button", name=f"Sign version {version}").click()
    page.get_by_role("button", name="Give to the patient").click()
    page.get_by_role("button", name="New draft").wait_for()


def read(guest: Page, gallery: Gallery, version: int, name: str, words: str) -> None:
    """What the patient gets: where it is offered, the page itself, in large print, and on paper."""
    guest.locator(".summary").scroll_into_view_if_needed()
    gallery.take(guest, f"{name}-offered", f"{words} is offered", PHONE)
    for form in ("html", "large.html")[: 3 - version]:
        with guest.context.expect_page() as opened:
            guest.locator(f'.summary a[href*="/{version}.{form}"]').click()
        paper = opened.value
        paper.wait_for_load_state()
        if form == "html":
            gallery.take(paper, f"{name}-page", f"{words} is read", PHONE)
        else:
            gallery.take(paper, f"{name}-large", f"{words} in large print", PHONE)
        if form == "html" and version == 1:
            paper.emulate_media(media="print")
            paper.evaluate("() => { document.body.style.padding = '20mm 17mm'; }")
            gallery.take(paper, f"{name}-first", f"{words}: the first sheet", PAPER)
        paper.close()


def birthday(guest: Page) -> None:
    guest.get_by_label("Month").fill("March")
    guest.get_by_label("Day").fill("14")
    guest.get_by_label("Year").fill("1952")
    guest.get_by_role("button", name="Continue").click()


def device_check(guest: Page, gallery: Gallery) -> None:
    """Its steps one after the other, and a denial before them."""
    guest.evaluate(DENIED)
    guest.get_by_role("button", name="Use camera and microphone").click()
    guest.get_by_role("button", name="Try again").wait_for()
    gallery.take(guest, "patient-denied", "Camera and microphone are blocked: what to do, and a way on", PHONE)
    guest.evaluate("() => { navigator.mediaDevices.getUserMedia = window.allowed; }")
    guest.get_by_role("button", name="Try again").click()
    for name, answer, words in CHECKS:
        guest.get_by_role("button", name=answer).wait_for()
        guest.wait_for_timeout(1500)
        gallery.take(guest, f"patient-check-{name}", words, PHONE)
        guest.get_by_role("button", name=answer).click()


def dead_link(browser: Browser, site: Site, gallery: Gallery) -> None:
    guest = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}).new_page()
    guest.goto(f"{site.origin}/join#t=AAAAAAAAAAAAAAAAAAAAAA")
    guest.get_by_label("Month").wait_for()
    birthday(guest)
    guest.wait_for_timeout(3000)
    gallery.take(guest, "patient-link", "A link that leads nowhere", PHONE)


def supervisor(browser: Browser, site: Site, gallery: Gallery) -> None:
    page = staff(browser, site, "supervisor")
    page.route(LISTS, empty)
    page.reload()
    page.get_by_text("Consults appear here").wait_for()
    gallery.take(page, "supervisor-empty", "No consults yet")
    page.unroute_all()
    page.reload()
    page.get_by_text("Raymond Brooks").wait_for()
    gallery.take(page, "supervisor-list", "Which consults deserve a look")
    gallery.take(page, "supervisor-list", "Which consults deserve a look", PHONE)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_role("link", name="Raymond Brooks").click()
    page.get_by_role("slider", name="Moment of the visit").wait_for()
    gallery.take(page, "transcript", "The transcript: words, and beside them what they caused")
    page.get_by_role("slider").focus()
    for _ in range(5):
        page.keyboard.press("PageDown")
    page.wait_for_timeout(500)
    gallery.take(page, "replay", "The visit as it stood at a moment")


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    gallery = Gallery()
    chromium = next((path for name in ("chromium", "google-chrome", "chrome") if (path := shutil.which(name))), None)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        pharmacist_and_patient(browser, site, gallery)
        dead_link(browser, site, gallery)
        supervisor(browser, site, gallery)
        browser.close()
    (FOLDER / "README.md").write_text(gallery.index(), encoding="utf-8")
    shutil.copy(FOLDER / "consult-desk-light.png", ROOT / "docs" / "images" / "workspace.png")
    together = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"gallery: {len(gallery.shots) * 2} pictures, {together / 1e6:.1f} MB in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
