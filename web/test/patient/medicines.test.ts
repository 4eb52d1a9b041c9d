import { expect, test } from "vitest";
import { hasDirections, medicinesOf } from "../../src/patient/medicines";
import { emptyConsult } from "../../src/shared/consult";
import type { Consult, Medication, Sig } from "../../src/shared/protocol";

const SIG: Sig = { strength: null, dose: null, route: null, frequency: null, as_needed: false, duration: null, timing: null };

function row(id: string, change: Partial<Medication>): Medication {
  return { id, name: id, ingredients: [id], sig: SIG, status: "active", why: "", review: "confirmed", ...change } as Medication;
}

function consult(...rows: Medication[]): Consult {
  return { ...emptyConsult("c1"), medications: Object.fromEntries(rows.map((one) => [one.id, one])) };
}

test("only confirmed medicines are shown, the stopped ones apart", () => {
  const shown = medicinesOf(
    consult(
      row("metformin", {}),
      row("apixaban", { review: "proposed" }),
      row("digoxin", { review: "rejected" }),
      row("naproxen", { status: "stopped" }),
      row("prednisone", { status: "completed" }),
      row("zolpidem", { status: "on-hold" }),
    ),
  );

  expect(shown.taking.map((one) => one.id)).toEqual(["metformin", "zolpidem"]);
  expect(shown.notTaking.map((one) => one.id)).toEqual(["naproxen", "prednisone"]);
});

test("what is inside is told only where the name does not tell it", () => {
  const [own, brand, strong] = medicinesOf(
    consult(
      row("metformin", { name: "Metformin", sig: { ...SIG, strength: "1000 mg" } }),
      row("b", { name: "janumet", ingredients: ["metformin", "sitagliptin"] }),
      row("c", { name: "tramadol 50 mg", ingredients: ["tramadol"], sig: { ...SIG, strength: "50 mg" } }),
    ),
  ).taking;

  expect([own!.contains, own!.strength]).toEqual(["", "1000\u00a0mg"]);
  expect([brand!.name, brand!.contains]).toEqual(["Janumet", "metformin / sitagliptin"]);
  expect(strong!.strength).toBe("");
});

test("a strength alone is no direction", () => {
  expect(hasDirections({ ...SIG, strength: "5 mg", route: "oral" })).toBe(false);
  expect(hasDirections({ ...SIG, frequency: "2/day" })).toBe(true);
  expect(hasDirections({ ...SIG, as_needed: true })).toBe(true);
});
