import { expect, test } from "vitest";
import { appointment, clockTime } from "../../src/patient/when";
import { LANGUAGES, wordsFor } from "../../src/patient/words/choose";

/** Every text of a language by its path; texts with a name are called with one. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "function") return [[path, String((value as (name: string) => string)("Daniel Reyes"))]];
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

test("a tag with a region finds its language, an unknown one English", () => {
  expect(wordsFor("es-MX").tag).toBe("es");
  expect(wordsFor("fr").tag).toBe("en");
});

test.each(LANGUAGES)("$name lacks no text", ({ words }) => {
  expect(texts(words).filter(([, text]) => !text.trim())).toEqual([]);
});

test("no text was left in the other language", () => {
  const spanish = new Map(texts(wordsFor("es")));
  const same = texts(wordsFor("en")).filter(([path, text]) => path !== ".tag" && spanish.get(path) === text);

  expect(same).toEqual([]);
});

test("sentences are short enough to be read once", () => {
  const long = texts(wordsFor("en"))
    .flatMap(([path, text]) => text.split(/(?<=[.?!])\s/).map((sentence) => [path, sentence] as const))
    .filter(([, sentence]) => sentence.split(/\s+/).length > 18);

  expect(long).toEqual([]);
});

test("an appointment is said in the words of the language and the patient's own zone", () => {
  const at = "2026-11-23T20:05:00Z";

  expect(appointment(at, "en", "America/Chicago")).toBe("Monday, November 23, 2:05\u00a0PM");
  expect(appointment(at, "es", "America/Chicago")).toMatch(/^lunes, 23 de noviembre, 2:05/);
  expect(appointment("", "en")).toBe("");
  expect(clockTime("nonsense", "en")).toBe("");
});
