import { expect, test } from "vitest";
import spanish from "../../src/shared/locale/patient.es.json";
import { counting, translator } from "../../src/shared/i18n";
import { callWords } from "../../src/patient/call/words";
import { appointment, clockTime } from "../../src/patient/when";
import { laterWords } from "../../src/patient/words/later";
import { callTexts, LANGUAGES, wordsFor } from "../../src/patient/words/choose";

/** Every text of a language by its path; texts with a name are called with one. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "function") return [[path, String((value as (...names: string[]) => string)("Daniel Reyes", "4"))]];
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

const all = async (tag: string): Promise<[string, string][]> => {
  const words = await wordsFor(tag);
  return [
    ...texts({ ...words, t: "-" }),
    ...texts(laterWords(words.t), ".later"),
    ...texts(callWords(await callTexts(tag)), ".call"),
  ];
};

test("a tag with a region finds its language, an unknown one English", async () => {
  expect((await wordsFor("es-MX")).tag).toBe("es");
  expect((await wordsFor("fr")).tag).toBe("en");
});

test.each(LANGUAGES)("$name lacks no text, and no slot stays unfilled", async ({ tag }) => {
  const found = await all(tag);

  expect(found.length).toBeGreaterThan(100);
  expect(found.filter(([, text]) => !text.trim() || text.includes("%("))).toEqual([]);
});

test("no text was left in the other language", async () => {
  const other = new Map(await all("es"));
  const same = (await all("en")).filter(([path, text]) => ![".tag", ".t"].includes(path) && text !== "No" && other.get(path) === text);

  expect(same).toEqual([]);
});

test("sentences are short enough to be read once", async () => {
  const long = (await all("en"))
    .flatMap(([path, text]) => text.split(/(?<=[.?!:])\s/).map((sentence) => [path, sentence] as const))
    .filter(([, sentence]) => sentence.split(/\s+/).length > 18);

  expect(long).toEqual([]);
});

test("names fill their slots, and a text that nobody translated is said in English", () => {
  const t = translator({ "Your visit with %(name)s": "Su visita con %(name)s" });

  expect(t("Your visit with %(name)s", { name: "Ana" })).toBe("Su visita con Ana");
  expect(t("Not there")).toBe("Not there");
});

test("one is told from many", () => {
  const tn = counting({ "%(count)s message": ["%(count)s mensaje", "%(count)s mensajes"] });

  expect(tn("%(count)s message", "%(count)s messages", 1)).toBe("1 mensaje");
  expect(tn("%(count)s message", "%(count)s messages", 3)).toBe("3 mensajes");
  expect(counting(null)("%(count)s message", "%(count)s messages", 2)).toBe("2 messages");
});

test("no-break spaces come through the catalogue", () => {
  expect(Object.keys(spanish)).toContain("For example: March\u00a04\u00a01951, or 3\u00a04\u00a01951");
});

test("an appointment is said in the words of the language and the patient's own zone", () => {
  const at = "2026-11-23T20:05:00Z";

  expect(appointment(at, "en", "America/Chicago")).toBe("Monday, November 23, 2:05\u00a0PM");
  expect(appointment(at, "es", "America/Chicago")).toMatch(/^lunes, 23 de noviembre, 2:05/);
  expect(appointment("", "en")).toBe("");
  expect(clockTime("nonsense", "en")).toBe("");
});
