/** Step 1: who are you. The patient: a date of birth in three plain fields; a pasted date fills all of them. */

import { serverNow } from "../clock";
import { readDate, splitPasted, type Read } from "../dates";
import { button, el, fill, heading } from "../dom";
import type { Step } from "./step";

type Field = "month" | "day" | "year";

export const confirm: Step = ({ words }, actions) => {
  const say = words.confirm;
  const error = el("p", { id: "birth-error", class: "error", role: "alert" });
  const inputs: Record<Field, HTMLInputElement> = {
    month: field("month", "bday-month", "text", "12"),
    day: field("day", "bday-day", "numeric", "4"),
    year: field("year", "bday-year", "numeric", "5"),
  };
  for (const input of Object.values(inputs)) input.addEventListener("paste", paste);
  const go = button(say.go, "go", () => undefined, "main-press");
  go.type = "submit";

  const form = el(
    "form",
    { class: "birth", novalidate: true, onsubmit: submit },
    el(
      "fieldset",
      { "aria-describedby": "birth-example birth-error" },
      el("legend", {}, say.legend),
      el("p", { id: "birth-example", class: "example" }, say.example),
      error,
      el("div", { class: "birth-fields" }, labelled("month", say.month), labelled("day", say.day), labelled("year", say.year)),
    ),
    go,
  );
  return { element: el("div", { class: "step" }, heading(say.heading), el("p", { class: "lead" }, say.why), form) };

  function field(name: Field, autocomplete: string, inputmode: string, size: string): HTMLInputElement {
    return el("input", { id: `birth-${name}`, name, autocomplete, inputmode, size, type: "text", autocapitalize: "none", maxlength: "24" });
  }

  function labelled(name: Field, label: string): HTMLElement {
    return el("div", { class: `birth-${name}` }, el("label", { for: `birth-${name}` }, label), inputs[name]);
  }

  function paste(event: Event): void {
    const whole = splitPasted((event as ClipboardEvent).clipboardData?.getData("text") ?? "");
    if (whole === null) return;
    event.preventDefault();
    for (const name of ["month", "day", "year"] as const) inputs[name].value = whole[name];
    go.focus();
  }

  function read(): Read {
    const alone = splitPasted(inputs.month.value);
    if (alone && !inputs.day.value && !inputs.year.value) return readDate(alone.month, alone.day, alone.year, serverNow());
    return readDate(inputs.month.value, inputs.day.value, inputs.year.value, serverNow());
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (go.disabled) return;
    const found = read();
    if (found.ok) void send(found.iso);
    else complain(say.problems[found.problem], [inputs[found.field]]);
  }

  async function send(birthDate: string): Promise<void> {
    for (const input of Object.values(inputs)) input.removeAttribute("aria-invalid");
    fill(error);
    go.disabled = true;
    go.querySelector("span")!.textContent = say.checking;
    const problem = await actions.join(birthDate);
    go.disabled = false;
    go.querySelector("span")!.textContent = say.go;
    if (problem) complain(problem, Object.values(inputs)); // which of them is wrong is told nobody
  }

  function complain(problem: string, wrong: HTMLInputElement[]): void {
    for (const one of Object.values(inputs)) one.removeAttribute("aria-invalid");
    for (const one of wrong) one.setAttribute("aria-invalid", "true");
    fill(error, problem);
    wrong[0]!.focus();
  }
};

/** The same for a guest: one press. Only the press uses the link, since programs that read messages open links too. */
export const invited: Step = ({ words }, actions) => {
  const say = words.invited;
  const error = el("p", { class: "error", role: "alert" });
  const go = button(say.go, "go", () => void send(), "main-press");
  return { element: el("div", { class: "step" }, heading(say.heading), el("p", { class: "lead" }, say.what), error, go) };

  async function send(): Promise<void> {
    if (go.disabled) return;
    fill(error);
    go.disabled = true;
    const problem = await actions.join("");
    go.disabled = false;
    if (problem) fill(error, problem);
  }
};
