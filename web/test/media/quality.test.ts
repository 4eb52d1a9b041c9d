import { describe, expect, test } from "vitest";
import { Comeback, lineOf, LineWatch, pictureFor, sampleOf, tooNarrow, type Sample } from "../../src/media/quality";

const GOOD: Sample = { rttMs: 40, lossOut: 0, lossIn: 0, availableKbps: 1500 };
const NARROW: Sample = { ...GOOD, lossOut: 0.25 };

describe("the words for a line", () => {
  test.each([
    [GOOD, "good"],
    [{ ...GOOD, rttMs: null, lossOut: null, lossIn: null, availableKbps: null }, "good"],
    [{ ...GOOD, lossIn: 0.05 }, "fair"],
    [{ ...GOOD, rttMs: 500 }, "fair"],
    [{ ...GOOD, availableKbps: 200 }, "fair"],
    [{ ...GOOD, lossIn: 0.2 }, "weak"],
    [{ ...GOOD, rttMs: 1200 }, "weak"],
    [{ ...GOOD, availableKbps: 60 }, "weak"],
  ] as const)("%o is %s", (sample, line) => {
    expect(lineOf(sample)).toBe(line);
  });

  test("do not change for one bad look", () => {
    const watch = new LineWatch();

    watch.add(GOOD, true);
    watch.add(NARROW, true);

    expect(watch.line).toBe("good");
    watch.add(NARROW, true);
    expect(watch.line).toBe("weak");
  });
});

describe("the own picture", () => {
  test("goes after three looks at a narrow way out, and not before", () => {
    const watch = new LineWatch();

    expect([1, 2, 3, 4].map(() => watch.add(NARROW, true))).toEqual([false, false, true, false]);
  });

  test("stays where a look in between was good", () => {
    const watch = new LineWatch();

    expect([NARROW, NARROW, GOOD, NARROW, NARROW].some((one) => watch.add(one, true))).toBe(false);
  });

  test("has three looks anew when it is turned on again", () => {
    const watch = new LineWatch();

    for (const sent of [true, true, true, false, false]) watch.add(NARROW, sent);

    expect([1, 2, 3].map(() => watch.add(NARROW, true))).toEqual([false, false, true]);
  });

  test("stays on a long way, and where only the other side's way is bad", () => {
    expect(tooNarrow({ ...GOOD, rttMs: 3000, lossIn: 0.5 })).toBe(false);
  });

  test("gets less of a worse line", () => {
    expect(pictureFor("good").maxBitrate).toBeGreaterThan(pictureFor("fair").maxBitrate);
    expect(pictureFor("fair").maxBitrate).toBeGreaterThan(pictureFor("weak").maxBitrate);
  });
});

test("a report gives the losses since the look before", () => {
  const report = (received: number, lost: number): [string, Record<string, unknown>][] => [
    ["a", { type: "inbound-rtp", kind: "audio", packetsReceived: received, packetsLost: lost }],
    ["b", { type: "remote-inbound-rtp", fractionLost: 0.08 }],
    ["c", { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: 0.12, availableOutgoingBitrate: 400_000 }],
    ["d", { type: "candidate-pair", nominated: false, state: "succeeded", currentRoundTripTime: 9 }],
  ];

  const [, first] = sampleOf(report(1000, 500), { packetsIn: 0, lostIn: 0 });
  const [sample] = sampleOf(report(1090, 510), first);

  expect(sample).toEqual({ rttMs: 120, lossOut: 0.08, lossIn: 0.1, availableKbps: 400 });
});

describe("a picture that went for a weak line", () => {
  /** The look at which it comes back, of so many; 0 for never. */
  const back = (comeback: Comeback, good: boolean, clear: boolean, looks = 1000): number => {
    for (let look = 1; look <= looks; look += 1) if (comeback.away(good, clear)) return look;
    return 0;
  };

  test("comes back soon on a good line, at a try where the sound gets through, and not before", () => {
    expect(back(new Comeback(), true, true)).toBe(5);
    expect(back(new Comeback(), false, true)).toBe(30);
    expect(back(new Comeback(), false, false)).toBe(0);
  });

  test("waits longer each time it has to go again, and no longer so once it has stayed", () => {
    const comeback = new Comeback();
    const waits = [1, 2, 3, 4, 5].map(() => back(comeback, true, true));
    for (let look = 0; look < 60; look += 1) comeback.there();

    expect(waits).toEqual([5, 10, 20, 40, 40]);
    expect(back(comeback, true, true)).toBe(5);
  });

  test("waits anew where the line falls back in between", () => {
    const comeback = new Comeback();
    back(comeback, true, true, 4);
    comeback.away(false, false);

    expect(back(comeback, true, true)).toBe(5);
  });
});
