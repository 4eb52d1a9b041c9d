/** How good the line is, in three words, and when the picture has to go so that the voice gets through. */

export type Line = "good" | "fair" | "weak";

/** One look at a connection. Losses are shares of 1 since the look before; null where nothing is known yet. */
export interface Sample {
  rttMs: number | null;
  lossOut: number | null;
  lossIn: number | null;
  /** What the browser believes to get through, in kbit/s. */
  availableKbps: number | null;
}

const STEADY = 2; // looks in a row before the words change
const DROP = 3; // bad looks in a row before the picture goes

export function lineOf({ rttMs, lossOut, lossIn, availableKbps }: Sample): Line {
  const loss = Math.max(lossOut ?? 0, lossIn ?? 0);
  const room = availableKbps ?? Infinity;
  if (loss > 0.1 || (rttMs ?? 0) > 800 || room < 100) return "weak";
  if (loss > 0.03 || (rttMs ?? 0) > 350 || room < 300) return "fair";
  return "good";
}

/** Whether the way out cannot carry a picture. A long way alone does not matter: sound gets through, only later. */
export function tooNarrow({ lossOut, availableKbps }: Sample): boolean {
  return (lossOut ?? 0) > 0.1 || (availableKbps ?? Infinity) < 100;
}

/** Whether what is sent gets through. How much more would is not known while only sound is sent. */
const gets = ({ rttMs, lossOut }: Sample): boolean => (lossOut ?? 0) <= 0.03 && (rttMs ?? 0) <= 800;

/** Keeps the words steady: one bad look is not a bad line. */
export class LineWatch {
  line: Line = "good";
  /** At the last look, what was sent got through. */
  clear = false;
  private next: Line = "good";
  private times = 0;
  private narrow = 0;

  /** True where the own picture, which is `sent` now, should go. */
  add(sample: Sample, sent: boolean): boolean {
    const now = lineOf(sample);
    this.clear = gets(sample);
    this.times = now === this.next ? this.times + 1 : 1;
    this.next = now;
    if (this.times >= STEADY) this.line = now;
    this.narrow = sent && tooNarrow(sample) ? this.narrow + 1 : 0;
    if (this.narrow < DROP) return false;
    this.narrow = 0;
    return true;
  }
}

const BACK = 5; // good looks in a row before the picture comes back
const TRY = 30; // looks in a row at which the sound got through, where nobody can tell whether a picture would
const STAYED = 60; // looks after which a picture that came back counts as one that stays
const MOST = 8;

/** When the picture that went for a weak line comes back: each time it went again it waits twice as long. */
export class Comeback {
  private good = 0;
  private clear = 0;
  private stays = 0;
  private patience = 1;

  /** At each look while it is away; true where it should come back now. */
  away(good: boolean, clear: boolean): boolean {
    this.stays = 0;
    this.good = good ? this.good + 1 : 0;
    this.clear = clear ? this.clear + 1 : 0;
    if (this.good < BACK * this.patience && this.clear < TRY * this.patience) return false;
    this.good = this.clear = 0;
    this.patience = Math.min(MOST, this.patience * 2);
    return true;
  }

  /** At each look while it is there. */
  there(): void {
    this.good = this.clear = 0;
    this.stays += 1;
    if (this.stays >= STAYED) this.patience = 1;
  }
}

/** Bits a second and the reduction of the picture that fit a line. */
export function pictureFor(line: Line): { maxBitrate: number; scaleResolutionDownBy: number } {
  if (line === "good") return { maxBitrate: 900_000, scaleResolutionDownBy: 1 };
  if (line === "fair") return { maxBitrate: 300_000, scaleResolutionDownBy: 1.5 };
  return { maxBitrate: 150_000, scaleResolutionDownBy: 2 };
}

export interface Counters {
  packetsIn: number;
  lostIn: number;
}

/** Reads a report of `getStats`; `before` are the counters of the look before. */
export function sampleOf(report: Iterable<[string, Record<string, unknown>]>, before: Counters): [Sample, Counters] {
  let rtt: number | null = null;
  let lossOut: number | null = null;
  let available: number | null = null;
  const now: Counters = { packetsIn: 0, lostIn: 0 };
  const number = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
  for (const [, entry] of report) {
    if (entry.type === "inbound-rtp") {
      now.packetsIn += number(entry.packetsReceived) ?? 0;
      now.lostIn += Math.max(0, number(entry.packetsLost) ?? 0);
    } else if (entry.type === "remote-inbound-rtp") {
      lossOut = Math.max(lossOut ?? 0, number(entry.fractionLost) ?? 0);
    } else if (entry.type === "candidate-pair" && entry.nominated === true && entry.state === "succeeded") {
      const seconds = number(entry.currentRoundTripTime);
      rtt = seconds === null ? rtt : seconds * 1000;
      const bits = number(entry.availableOutgoingBitrate);
      available = bits === null ? available : bits / 1000;
    }
  }
  const got = now.packetsIn - before.packetsIn;
  const lost = Math.max(0, now.lostIn - before.lostIn);
  const lossIn = got + lost > 20 ? lost / (got + lost) : null;
  return [{ rttMs: rtt, lossOut, lossIn, availableKbps: available }, now];
}
