import { expect, test } from "vitest";
import { url } from "../../src/shared/api";
import { Topics } from "../../src/patient/topics";

const NAMES: Record<string, string> = { en: "your blood pressure", es: "su presión" };

const server = (asked: string[]) => (path: string, as: "patient", query: Record<string, string>) => {
  asked.push(url(path, as, query));
  const language = query.language ?? "en";
  return Promise.resolve({ topics: { pressure: NAMES[language]! }, language });
};

test("topics are asked for in the language of the page, once", async () => {
  const asked: string[] = [];
  const topics = new Topics(server(asked));

  const changed = [await topics.follow("cmr", "es"), await topics.follow("cmr", "es")];

  expect(asked).toEqual(["/api/scripts/cmr/topics?language=es&as=patient"]);
  expect(changed).toEqual([true, false]);
  expect([topics.names.pressure, topics.language]).toEqual(["su presión", "es"]);
});

test("another language of the page brings other words, and a late answer does not undo it", async () => {
  const late: (() => void)[] = [];
  const answer = server([]);
  const topics = new Topics((...what) => new Promise((done) => late.push(() => void answer(...what).then(done))));

  const first = topics.follow("cmr", "en");
  const second = topics.follow("cmr", "es");
  late[1]!();
  await second;
  late[0]!();

  expect(await first).toBe(false);
  expect(topics.names.pressure).toBe("su presión");
});

test("topics that could not be read show nothing", async () => {
  const topics = new Topics(() => Promise.reject(new Error("offline")));

  await topics.follow("cmr", "en");

  expect(topics.names).toEqual({});
});
