/** The widths of the page's columns and the height of the alerts: limits, steps, and what is remembered. */

export type Edge = "guide" | "right" | "alerts";

export interface Limits {
  min: number;
  max: number;
}

/** Pixels; the notes keep at least 360 whatever is dragged. */
export const NOTES_MIN = 360;
export const LIMITS: Record<Edge, Limits> = {
  guide: { min: 220, max: 460 },
  right: { min: 300, max: 640 },
  alerts: { min: 96, max: 620 },
};
export const STEP = 24;
const KEPT = "consult-columns";

export const USUAL: Record<Edge, number> = { guide: 286, right: 436, alerts: 390 };

export type Sizes = Partial<Record<Edge, number>>;

export function limited(edge: Edge, wanted: number, page: { width: number; height: number }, other: number): number {
  const { min, max } = LIMITS[edge];
  const room = edge === "alerts" ? page.height - 220 : page.width - other - NOTES_MIN;
  return Math.round(Math.max(min, Math.min(wanted, max, room)));
}

/** Sizes hold nothing of a patient, so they may stay on this machine. */
export function keptSizes(): Sizes {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Record<string, unknown>;
    const sizes: Sizes = {};
    for (const edge of ["guide", "right", "alerts"] as const) {
      const { min, max } = LIMITS[edge];
      const size = found[edge];
      if (typeof size === "number" && size >= min && size <= max) sizes[edge] = size;
    }
    return sizes;
  } catch {
    return {};
  }
}

export function keepSizes(sizes: Sizes): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(sizes));
  } catch {
    // A browser that keeps nothing shows the usual sizes next time.
  }
}
