/** Building elements without markup in strings: patient words and names are text, never HTML. */

type Child = Node | string | null | false;
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/** `on...` attributes are listeners; true sets an attribute without a value, false leaves it out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false) element.setAttribute(key, value);
  }
  fill(element, ...children);
  return element;
}

export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => child !== null && child !== false));
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  go: "M5 12h13m-5.5-6 6 6-6 6",
  send: "M4 11.5 20 4l-5.5 16-3.2-6.8L4 11.5Zm7.3 1.7L20 4",
  leave: "M10 4H5v16h5m4-12 4 4-4 4m-5-4h9",
  back: "M19 12H6m5.5 6-6-6 6-6",
  read: "M6 3h8l4 4v14H6V3Zm8 0v4h4M9 12h6m-6 4h6",
  print: "M7 9V3h10v6M7 17H4v-8h16v8h-3M7 14h10v7H7v-7Z",
  save: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14",
  done: "m5 12.5 4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6 6 18",
  question: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2.3m0 3.5v.1",
} as const;

export type IconName = keyof typeof PATHS;

/** Always beside words. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function button(words: string, picture: IconName, press: () => void, kind = ""): HTMLButtonElement {
  return el("button", { type: "button", class: `press ${kind}`.trim(), onclick: press }, icon(picture), el("span", {}, words));
}

/** The one heading of a step; focus comes here when the step changes. */
export function heading(words: string): HTMLHeadingElement {
  return el("h1", { tabindex: "-1" }, words);
}
