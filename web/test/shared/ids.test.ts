import { expect, test } from "vitest";
import { orderedId } from "../../src/shared/ids";

test("an id made later sorts behind, and no two are the same", () => {
  const ids = [0, 1, 255, 1_795_000_000_000, 1_795_000_000_001].map((now) => orderedId(now));
  const many = new Set(Array.from({ length: 1000 }, () => orderedId(1_795_000_000_000)));

  expect([...ids].sort()).toEqual(ids);
  expect(many.size).toBe(1000);
  for (const id of [...ids, ...many]) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
