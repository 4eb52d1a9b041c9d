/** Line icons of the call on the 16-pixel grid of the others; always beside words. */

const PATHS = {
  mic: "M8 9.5a2 2 0 0 0 2-2V4a2 2 0 1 0-4 0v3.5a2 2 0 0 0 2 2Zm-4.5-2a4.5 4.5 0 0 0 9 0M8 12v2",
  camera: "M2 4.5h8v7H2v-7Zm8 2.5 4-2v6l-4-2",
  share: "M2 3h12v8H2V3Zm3.5 11h5M8 9V5.2M6.2 6.8 8 5l1.8 1.8",
  devices: "M3 5h6m3 0h1M3 11h1m3 0h6M10.5 6.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm-5 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
  captions: "M2 3.5h12v9H2v-9Zm5 3.2a1.6 1.6 0 1 0 0 2.6m5-2.6a1.6 1.6 0 1 0 0 2.6",
  end: "M2 9.5c0-3.5 12-3.5 12 0v1.5l-3.3-.6V8.6c-1.6-.5-3.8-.5-5.4 0v1.8L2 11V9.5Z",
  larger: "M9.5 2.5h4v4m0-4-5 5m-2 6h-4v-4m0 4 5-5",
  smaller: "M13.5 6.5h-4v-4m0 4 5-5m-12 8h4v4m0-4-5 5",
  fold: "m3.5 10 4.5-4.5 4.5 4.5",
  unfold: "m3.5 6 4.5 4.5L12.5 6",
  phone: "M4.5 2.5h2l1 3-1.5 1c.7 1.6 1.9 2.8 3.5 3.5l1-1.5 3 1v2c0 .6-.5 1-1 1C7 12.5 3.5 9 3.5 3.5c0-.5.4-1 1-1Z",
} as const;

export type CallIconName = keyof typeof PATHS;

export function CallIcon({ name, off = false }: { name: CallIconName; off?: boolean }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name] + (off ? "M2.5 13.5l11-11" : "")} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
