import { describe, expect, it } from "vitest";
import type { FollowUp } from "../../src/shared/protocol";
import type { ConsultRow } from "../../src/shared/wire";
import { dayAhead, dueOf, dueWords } from "../../src/workspace/followups/due";

const NOW = new Date(2026, 10, 23, 16, 30);
const one = (id: string, due: string): FollowUp => ({ id, due, by: "pharmacist", what: "Call", about: "", stage: "planned", note: "", postponed: 0, closed_at: "" });
const row = (id: string, ...follow_ups: FollowUp[]): ConsultRow => ({ id, follow_ups }) as unknown as ConsultRow;

describe("follow-ups of the day's list", () => {
  const rows = [row("a", one("late", "2026-11-30"), one("far", "2026-12-01")), row("b", one("over", "2026-11-20"), one("now", "2026-11-23"), one("next", "2026-11-24"))];

  it("are overdue, of today, and of the next seven days, the first due first", () => {
    const due = dueOf(rows, NOW).map(({ row, one }) => `${row.id} ${one.id}`);

    expect(due).toEqual(["b over", "b now", "b next", "a late"]);
  });

  it("say their day in words", () => {
    expect(dueWords("2026-11-20", NOW)).toBe("3\u00a0days overdue");
    expect(dueWords("2026-11-23", NOW)).toBe("today");
    expect(dueWords("2026-12-01", NOW)).toContain("1\u00a0Dec");
  });

  it("are planned by the calendar, over the end of a month", () => {
    expect(dayAhead(14, new Date(2026, 10, 23, 23, 59))).toBe("2026-12-07");
  });
});
