import { describe, expect, test } from "vitest";
import { readDate, readMonth, splitPasted } from "../../src/patient/dates";

const TODAY = new Date(2026, 10, 23);

const read = (month: string, day: string, year: string): string => {
  const found = readDate(month, day, year, TODAY);
  return found.ok ? found.iso : `${found.problem} ${found.field}`;
};

describe("a date of birth in three fields", () => {
  test.each([
    ["3", "4", "1951", "1951-03-04"],
    ["03", "04", "1951", "1951-03-04"],
    [" March ", "4th", " 1951 ", "1951-03-04"],
    ["mar.", "4.", "'51", "1951-03-04"],
    ["Sept", "30", "1948", "1948-09-30"],
    ["diciembre", "31", "1940", "1940-12-31"],
    ["ENERO", "1", "1960", "1960-01-01"],
    ["2", "29", "1952", "1952-02-29"],
    ["2", "29", "2000", "2000-02-29"],
    ["11", "23", "2026", "2026-11-23"],
  ])("reads %s %s %s", (month, day, year, iso) => {
    expect(read(month, day, year)).toBe(iso);
  });

  test.each([
    ["", "", "", "empty month"],
    ["3", "", "1951", "incomplete day"],
    ["", "4", "1951", "incomplete month"],
    ["3", "4", "", "incomplete year"],
    ["13", "4", "1951", "no-such-day month"],
    ["Smarch", "4", "1951", "no-such-day month"],
    ["2", "30", "1952", "no-such-day day"],
    ["2", "29", "1951", "no-such-day day"],
    ["2", "29", "1900", "no-such-day day"],
    ["4", "0", "1951", "no-such-day day"],
    ["4", "four", "1951", "no-such-day day"],
    ["3", "4", "26", "unclear-year year"],
    ["3", "4", "195", "unclear-year year"],
    ["11", "24", "2026", "future year"],
    ["3", "4", "1899", "too-old year"],
  ])("asks again for %s %s %s", (month, day, year, problem) => {
    expect(read(month, day, year)).toBe(problem);
  });

  test("two letters that begin two months are no month", () => {
    expect(readMonth("ju")).toBeNull();
    expect(readMonth("ma")).toBeNull();
    expect(readMonth("may")).toBe(5);
  });
});

describe("a whole date in one field", () => {
  test.each(["1951-03-04", "3/4/1951", "03.04.1951", "3 4 1951", "03041951", "March 4, 1951", "4 March 1951", "4 de marzo de 1951"])(
    "%s is taken apart",
    (text) => {
      const parts = splitPasted(text)!;

      expect(read(parts.month, parts.day, parts.year)).toBe("1951-03-04");
    },
  );

  test.each(["", "3", "March", "1951", "hello 4 1951", "1/2/3/4", "4 of 1951"])("%j is no whole date", (text) => {
    expect(splitPasted(text)).toBeNull();
  });
});
