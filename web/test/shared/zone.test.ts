import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dayIn, fieldOf, otherZone, timeOf, wallOf } from "../../src/shared/zone";

const EVENING = new Date("2026-11-28T02:30:00Z"); // half past eight of the 27th in Chicago

describe("the day and hour of the site", () => {
  it("are those of its zone, whatever the reader's are", () => {
    expect(dayIn(EVENING, "America/Chicago")).toBe("2026-11-27");
    expect(dayIn(EVENING, "Pacific/Auckland")).toBe("2026-11-28");
    expect(wallOf(EVENING, "America/Chicago")).toEqual({ year: 2026, month: 10, date: 27, weekday: 5, hours: 20, minutes: 30 });
  });

  it("tell midnight as the first hour of its day", () => {
    expect(fieldOf(new Date("2026-11-28T06:00:00Z"), "America/Chicago")).toBe("2026-11-28T00:00");
  });

  it.each(["2026-07-04T09:15", "2026-11-27T20:30", "2026-03-08T03:30", "2026-11-01T00:59"])("a planned time comes back as it was typed: %s", (typed) => {
    expect(fieldOf(timeOf(typed, "America/Chicago"), "America/Chicago")).toBe(typed);
  });

  it("are the reader's own where the site names no zone, or one that the browser does not know", () => {
    expect(dayIn(EVENING, "")).toBe(dayIn(EVENING, "No/Such_Zone"));
    expect(timeOf("2026-11-27T20:30", "").getTime()).toBe(new Date("2026-11-27T20:30").getTime());
  });

  it("are named only to a reader whose clock shows another hour", () => {
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;

    expect(otherZone(EVENING, mine)).toBe("");
    expect(otherZone(EVENING, mine === "America/New_York" ? "America/Los_Angeles" : "America/New_York")).toMatch(/^America\/(New York|Los Angeles)$/);
  });
});

describe("a page of a site in Chicago", () => {
  beforeEach(() => {
    vi.resetModules();
    vi.stubGlobal("document", { querySelector: () => ({ content: "America/Chicago" }), documentElement: { lang: "en" } });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("tells its days, hours and ages by the site's calendar", async () => {
    const { age, clock, day } = await import("../../src/shared/format");

    expect(day("2026-11-28T02:30:00Z", EVENING)).toBe("Fri\u00a027\u00a0Nov");
    expect(day("2026-11-27", EVENING)).toBe("Fri\u00a027\u00a0Nov");
    expect(clock("2026-11-28T02:30:00Z")).toBe("20:30");
    expect(age("1952-11-28", EVENING)).toBe(73);
  });

  it("counts what is due, and plans, from the site's day", async () => {
    const { daysLeft, dayLists } = await import("../../src/workspace/list/sort");
    const { dayAhead, dueWords } = await import("../../src/workspace/followups/due");
    const planned = [{ id: "a", phase: "scheduled", planned_at: "2026-11-28T03:00:00Z" }];

    expect(daysLeft("2026-11-27", EVENING)).toBe(0);
    expect(dayAhead(7, EVENING)).toBe("2026-12-04");
    expect(dueWords("2026-11-27", EVENING)).toBe("today");
    expect(dayLists(planned as never, EVENING).today.map((row) => row.id)).toEqual(["a"]);
  });
});
