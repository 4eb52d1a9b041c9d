import { signal } from "@preact/signals";

const polite = signal("");

/** Says a short sentence to screen readers through the page's one status region. */
export function say(words: string): void {
  polite.value = "";
  queueMicrotask(() => {
    polite.value = words;
  });
}

export function LiveRegion() {
  return (
    <p class="unseen" role="status" aria-live="polite">
      {polite.value}
    </p>
  );
}
