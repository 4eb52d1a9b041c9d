import { describe, expect, it } from "vitest";
import { age, birthDate, doseWords, elapsed, frequencyWords, keepUnits, length, listWords, sigWords, utf16, withUnit } from "../../src/shared/format";
import { tn } from "../../src/shared/counts";
import { consultInHash } from "../../src/shared/route";
import { bannerWords, savedWords } from "../../src/shared/words";

const bare = { strength: null, dose: null, route: null, frequency: null, as_needed: false, duration: null, timing: null };

describe("words for values", () => {
  it("never parts a number from its unit", () => {
    expect(keepUnits("take 25 mg with 1 glass")).toBe("take 25\u00a0mg with 1\u00a0glass");
  });

  it("reads directions as one would say them", () => {
    const sig = { ...bare, strength: "25 mg", dose: "1 tablet", route: "oral", frequency: "2/day", as_needed: true, timing: "with food" };

    expect(sigWords(sig).replaceAll("\u00a0", " ")).toBe("25 mg, 1 tablet by mouth twice a day, as needed, with food");
    expect(sigWords(bare)).toBe("");
    expect(sigWords({ ...bare, timing: "bedtime, with food, after the news", duration: "5 days" }).replaceAll("\u00a0", " ")).toBe(
      "at bedtime, with food, after the news, for 5 days",
    );
  });

  it.each([
    ["1/day", "once a day"],
    ["2/week", "twice a week"],
    ["4/day", "4\u00a0times a day"],
    ["every 8 hours", "every 8 hours"],
    [null, ""],
  ])("frequency %s", (frequency, words) => {
    expect(frequencyWords(frequency)).toBe(words);
  });

  it("counts whole years, the day before the birthday too", () => {
    expect(age("1952-05-04", new Date(2026, 4, 3))).toBe(73);
    expect(age("1952-05-04", new Date(2026, 4, 4))).toBe(74);
    expect(age("", new Date())).toBeNull();
  });

  it("writes a birth date that nobody can misread", () => {
    expect(birthDate("1952-05-04").replaceAll("\u00a0", " ")).toBe("4 May 1952");
  });

  it("times a visit", () => {
    expect(elapsed("2026-11-23T10:00:00Z", "2026-11-23T10:18:42Z")).toBe("00:18:42");
    expect(elapsed("2026-11-23T10:00:00Z", "2026-11-23T09:00:00Z")).toBe("00:00:00");
    expect(length("2026-11-23T10:00:00Z", "2026-11-23T11:05:00Z").replaceAll("\u00a0", " ")).toBe("1 h 5 min");
  });

  it("counts and lists", () => {
    expect(tn("%(count)s line", "%(count)s lines", 1)).toBe("1\u00a0line");
    expect(tn("%(count)s line", "%(count)s lines", 3)).toBe("3\u00a0lines");
    expect(listWords(["a", "b", "c"])).toBe("a, b and c");
    expect(listWords([])).toBe("");
  });

  it("turns code points into places of a string", () => {
    expect(utf16("a😀b", 2)).toBe(3);
    expect(utf16("ab", 9)).toBe(2);
  });
});

describe("addresses", () => {
  it("finds the consult behind the hash", () => {
    expect(consultInHash("#/consult/c%201")).toBe("c 1");
    expect(consultInHash("#/")).toBe("");
  });
});

describe("the truth about what is saved", () => {
  const online = { connection: "online", code: "", unsent: 0, since: "" } as const;

  it("says saved only when nothing waits", () => {
    expect(savedWords(online)).toBe("Saved");
    expect(savedWords({ ...online, unsent: 1 })).toBe("Saving");
    expect(savedWords({ ...online, connection: "offline", unsent: 2 })).toContain("2\u00a0changes unsent");
  });

  it("says offline what is safe", () => {
    const offline = { ...online, connection: "offline", since: "2026-11-23T10:00:00Z" } as const;

    expect(bannerWords(offline)).toContain("Everything written so far is saved");
    expect(bannerWords({ ...offline, unsent: 3 })).toContain("3\u00a0changes not sent yet");
  });
});

describe("doses", () => {
  const sig = { strength: null, dose: "1", route: "oral", frequency: "2/day", as_needed: false, duration: null, timing: null };

  it.each([
    ["2 tablet", "2 tablets"],
    ["1 tablet", "1 tablet"],
    ["0.5 tablet", "0.5 tablet"],
    ["1/2 tablet", "1/2 tablet"],
    ["1-2 tablet", "1-2 tablets"],
    ["34 unit", "34 units"],
    ["2 patch", "2 patches"],
    ["5 mL", "5 mL"],
  ])("%s reads %s", (dose, words) => {
    expect(doseWords(dose)).toBe(words);
  });

  it("counts tablets by mouth where nothing else is known, and never gives eye drops a unit", () => {
    expect(sigWords(withUnit(sig, sig))).toBe("1\u00a0tablet by mouth twice a day");
    expect(withUnit(sig, { ...sig, dose: "2 capsule" }).dose).toBe("1 capsule");
    expect(withUnit({ ...sig, route: "ophthalmic" }, sig).dose).toBe("1");
    expect(withUnit({ ...sig, dose: null }, sig, "2 po qhs").dose).toBe("2 tablet");
    expect(withUnit({ ...sig, dose: null }, sig, "20 mg po qhs").dose).toBeNull();
  });
});
