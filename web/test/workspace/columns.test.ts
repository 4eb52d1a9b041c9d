import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { limited } from "../../src/workspace/consult/columns";
import { KEYS } from "../../src/workspace/palette/Shortcuts";

describe("columns", () => {
  const page = { width: 1366, height: 700 };

  it("stay within their limits and leave the notes their room", () => {
    expect(limited("guide", 100, page, 436)).toBe(220);
    expect(limited("guide", 380, page, 436)).toBe(380);
    expect(limited("right", 900, page, 286)).toBe(640);
    expect(limited("right", 640, { width: 1024, height: 700 }, 246)).toBe(418);
  });
});

describe("shortcuts", () => {
  it("are documented, each with its words", () => {
    const doc = readFileSync(new URL("../../../docs/keyboard.md", import.meta.url), "utf-8");

    for (const { title, keys } of KEYS) {
      expect(doc).toContain(`## ${title}`);
      for (const [names, words] of keys) expect(doc).toContain(`| ${names.map((name) => `\`${name}\``).join(" ")} | ${words} |`);
    }
  });
});
