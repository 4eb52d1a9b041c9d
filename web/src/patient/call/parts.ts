/** Small parts of the check and the call: pictures, sounds, icons. */

import { el, fill } from "../dom";

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  camera: "M3 7h11v10H3V7Zm11 4 6-3v8l-6-3",
  mic: "M12 14a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v5a3 3 0 0 0 3 3Zm-6.5-3a6.5 6.5 0 0 0 13 0M12 17.5V21",
  flip: "M4 11a8 8 0 0 1 14-5l2 2m0-4v4h-4M20 13a8 8 0 0 1-14 5l-2-2m0 4v-4h4",
  end: "M3 14c0-5 18-5 18 0v2l-5-1v-2.6c-2.4-.7-5.6-.7-8 0V15l-5 1v-2Z",
  phone: "M7 3h3l1.5 4.5L9 9c1 2.5 3 4.5 5.5 5.5L16 12l5 1.5v3c0 1-.6 1.5-1.5 1.5C12 20 4 13 5 4.5 5 3.6 5.8 3 7 3Z",
  sound: "M4 9.5v5h3.5L12 19V5L7.5 9.5H4Zm12-1a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12",
  yes: "m5 12.5 4.5 4.5L19 7.5",
  again: "M5 12a7 7 0 1 1 2 5m-2-5 .1 5L10 16",
  back: "M19 12H6m5.5 6-6-6 6-6",
  bottle: "M8 3h8v4H8V3Zm1 4c0 1.5-2 2-2 4v9h10v-9c0-2-2-2.5-2-4M7 13h10m-5 1.5v3M10.5 16h3",
  go: "M5 12h13m-5.5-6 6 6-6 6",
  larger: "M4 9V4h5m6 0h5v5m0 6v5h-5M9 20H4v-5M4 4l6 6m10-6-6 6m6 10-6-6M4 20l6-6",
} as const;

export type CallIcon = keyof typeof PATHS;

/** A button with icon and word; `off` strikes the icon through. */
export function press(words: string, icon: CallIcon, act: () => unknown, kind = "", off = false): HTMLButtonElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[icon] + (off ? "M4 20 20 4" : ""));
  svg.append(path);
  return el("button", { type: "button", class: `press ${kind}`.trim(), onclick: () => void act() }, svg, el("span", {}, words));
}

/** A picture that keeps playing wherever it is put. Gives the element and a way to show another stream. */
export class Picture {
  readonly element: HTMLVideoElement;

  constructor(
    readonly own: boolean,
    private readonly held: (held: boolean) => void = () => undefined,
  ) {
    this.element = el("video", { playsinline: true, class: own ? "own-picture" : "picture" });
    this.element.muted = own;
  }

  show(stream: MediaStream | null): void {
    if (this.element.srcObject !== stream) this.element.srcObject = stream;
    this.play();
  }

  /** A picture that was moved on the page stands still until it is told to go on. */
  play(): void {
    if (!this.element.srcObject) return;
    this.element.play().then(
      () => this.held(false),
      (reason: { name?: string }) => this.held(reason.name === "NotAllowedError"),
    );
  }
}

/** Three tones, one after the other. */
export async function playTones(): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  [523, 659, 784].forEach((frequency, at) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime + at * 0.35;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.3, start + 0.03);
    volume.gain.linearRampToValueAtTime(0, start + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.3);
  });
  setTimeout(() => void context.close(), 2000);
}

const LOUD = 0.12; // of the bar
const SILENCE_MS = 6000;

/** A bar that moves with the voice; `heard` tells once that there is a voice, or that there is none after a while.
 * `stop` lets the microphone's sound go. */
export function levelBar(track: MediaStreamTrack, words: string, heard: (yes: boolean) => void): { element: HTMLElement; stop: () => void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 4096; // all that sounded since the last look
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const meter = el("meter", { min: "0", max: "1", class: "level" });
  let [loud, told] = [0, false];
  const silence = setTimeout(() => heard(false), SILENCE_MS);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    meter.value = Math.min(1, Math.sqrt(power) * 6);
    if (meter.value < LOUD || (loud += 1) < 2 || told) return;
    told = true;
    clearTimeout(silence);
    heard(true);
  }, 100);
  void context.resume();
  const element = el("label", { class: "level-label" }, el("span", {}, words), meter);
  const stop = (): void => {
    clearInterval(timer);
    clearTimeout(silence);
    void context.close();
  };
  return { element, stop };
}

/** The help phone of the site as the foot of the page shows it; "" where there is none. */
export function helpPhone(): { words: string; href: string } {
  const link = document.querySelector<HTMLAnchorElement>(".help .phone");
  return { words: link?.textContent?.trim() ?? "", href: link?.getAttribute("href") ?? "" };
}

export { el, fill };
