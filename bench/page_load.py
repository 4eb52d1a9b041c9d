"""How soon a page is usable on an old machine, what it fetches for that, and how soon a typed key is on the screen.

Chromium slowed down six times, 1.6 Mbit/s, 150 ms; five loads each with an empty cache. Goals: usable within 2.5 s;
the pharmacist's page within 150 KB of script (compressed), the patient's before the call within 25 KB; p95 from key to
paint within 30 ms while findings of 20 lines arrive, on this machine as it is; beside it, slowed down six times.

A key counts from the moment the browser had it until the frame with its letter was shown, as the browser itself tells
(Event Timing: steps of 8 ms, one of less than 16 ms counts as 16). Server, its readers and the browser share the
machine, and the keys come at 80 a second: whoever types is slower.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from tools.gallery import FLAGS, Site, served, staff

LOADS = 5
SLOWER, BYTES_PER_SECOND, LATENCY_MS = 6, 1_600_000 / 8, 150
DRUGS = (
    "metformin", "lisinopril", "amlodipine", "atorvastatin", "omeprazole", "sertraline", "gabapentin", "losartan",
    "levothyroxine", "furosemide", "tamsulosin", "citalopram", "pantoprazole", "tramadol", "warfarin", "digoxin",
    "allopurinol", "trazodone", "carvedilol", "naproxen",
)  # fmt: skip
KEYS = """() => {
  window.keys = [];
  window.watch?.disconnect();
  window.watch = new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.name === "keydown") window.keys.push(one.duration);
  });
  window.watch.observe({ type: "event", durationThreshold: 16 });
}"""
UNTOLD_MS = 16  # of a key that the browser found not worth telling
# Of a window without a screen the lowest 87 pixels are never drawn: what is typed there would seem to wait for the next
# line. So the window is higher than the notes are long.
TALL = {"width": 1366, "height": 1000}
SCRIPTS = """() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js"))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""


def load(browser: Browser, state: Any, address: str, usable: Callable[[Page], Any]) -> tuple[float, float]:
    """Milliseconds from the start of the navigation until the page is usable, and bytes of script until then."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, storage_state=state)
    page = context.new_page()
    page.set_default_timeout(60_000)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network = {
        "offline": False,
        "latency": LATENCY_MS,
        "downloadThroughput": BYTES_PER_SECOND,
        "uploadThroughput": BYTES_PER_SECOND,
    }
    devtools.send("Network.emulateNetworkConditions", network)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    usable(page)
    found = page.evaluate("() => performance.now()"), page.evaluate(SCRIPTS)
    context.close()
    return found


def typing(page: Page, slower: int) -> list[float]:
    """Milliseconds from each key to its frame, in order, while what was found in the lines above arrives."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.evaluate(KEYS)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    typed, before = 0, page.locator(".found").count()
    for drug in DRUGS:
        line = f"{drug} 10 mg daily, dizzy since"
        page.keyboard.type(line, delay=12)
        page.keyboard.press("Enter")
        typed += len(line) + 1
    page.wait_for_timeout(1000)
    found = page.locator(".found").count() - before
    if found < len(DRUGS):
        sys.exit(f"page_load: only {found} findings came while the keys were typed")
    told: list[float] = page.evaluate("() => window.keys")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    return sorted(told + [UNTOLD_MS] * (typed - len(told)))


def row(browser: Browser, name: str, state: Any, address: str, usable: Callable[[Page], Any]) -> None:
    found = [load(browser, state, address, usable) for _ in range(LOADS)]
    times = [one[0] for one in found]
    print(f"{name:<20}{statistics.median(times):>20.0f}{min(times):>10.0f}{found[0][1] / 1000:>12.1f}")


def rows(browser: Browser, site: Site) -> None:
    pharmacist = staff(browser, site, "pharmacist")
    pharmacist.get_by_role("link", name="Open Maria Lopez").wait_for()
    consult = pharmacist.get_by_role("link", name="Open Maria Lopez").get_attribute("href")
    state = pharmacist.context.storage_state()
    pages: tuple[tuple[str, Any, str, Callable[[Page], Any]], ...] = (
        (
            "list of consults",
            state,
            f"{site.origin}/pharmacist",
            lambda page: page.get_by_text("Maria Lopez").wait_for(),
        ),
        (
            "consult",
            state,
            f"{site.origin}/pharmacist{consult}",
            lambda page: page.get_by_role("button", name="Begin the visit").wait_for(),
        ),
        ("patient's entry", None, site.link, lambda page: page.get_by_label("Month").wait_for()),
    )
    print(f"{'page':<20}{'usable ms, median':>20}{'fastest':>10}{'script KB':>12}")
    for page in pages:
        row(browser, *page)
    pharmacist.set_viewport_size(TALL)  # type: ignore[arg-type]
    pharmacist.goto(f"{site.origin}/pharmacist{consult}")
    pharmacist.get_by_role("button", name="Begin the visit").click()
    pharmacist.locator(".cm-content[aria-readonly=false]").click()
    pharmacist.keyboard.type("metoprolol 50 mg daily")
    pharmacist.keyboard.press("Enter")
    pharmacist.locator(".found").first.wait_for()  # the server's readers are there
    address = f"{site.origin}/pharmacist{consult}"
    row(browser, "visit going on", state, address, lambda page: page.locator(".cm-line .found").first.wait_for())
    for slower, words in ((1, "as it is"), (SLOWER, f"{SLOWER} times slower")):
        keys = typing(pharmacist, slower)
        p50, p95 = keys[len(keys) // 2], keys[int(len(keys) * 0.95)]
        print(f"key to paint, {words}, {len(keys)} keys: p50 {p50:.0f} ms, p95 {p95:.0f} ms, longest {keys[-1]:.0f} ms")


def main() -> None:
    chromium = next((path for name in ("chromium", "google-chrome", "chrome") if (path := shutil.which(name))), None)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        rows(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
