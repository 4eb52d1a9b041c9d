import { describe, expect, it } from "vitest";
import { emptyConsult, foldEvents } from "../../src/shared/state";
import { inverse, UndoStack } from "../../src/workspace/undo";
import { alert, medication, story } from "../shared/samples";

const row = medication();
const consult = foldEvents(
  emptyConsult("c1"),
  story(
    { type: "medication_proposed", medication: row },
    { type: "medication_confirmed", medication: medication({ id: "med:b", name: "B", review: "confirmed" }) },
    { type: "alert_raised", alert: alert("x") },
    { type: "alert_acknowledged", alert_id: "x", reason: "tolerated", comment: "c" },
    { type: "script_step_entered", step_id: "opening" },
    { type: "todo_added", item: { id: "t", topic: "Topic", action: "Do", why: "", problem_id: "", said: [] } },
  ),
);
const steps = (...given: Parameters<typeof inverse>) => inverse(...given)?.steps;

describe("undo", () => {
  it("lets a confirmed proposal wait again, and brings back a confirmed row that was rejected", () => {
    expect(steps("confirm_medication", { medication_id: row.id }, consult)).toEqual([
      { type: "reopen_medication", data: { medication_id: row.id } },
    ]);
    expect(steps("reject_medication", { medication_id: "med:b" }, consult)).toEqual([
      { type: "edit_medication", data: { medication: consult.medications["med:b"] } },
    ]);
  });

  it("brings back the words of an edited proposal, and that it waits", () => {
    const edited = { ...row, why: "heart" };

    expect(steps("edit_medication", { medication: edited }, consult)).toEqual([
      { type: "edit_medication", data: { medication: row } },
      { type: "reopen_medication", data: { medication_id: row.id } },
    ]);
  });

  it("brings an acknowledged alert back to its reason", () => {
    expect(steps("accept_alert", { alert_id: "x" }, consult)).toEqual([
      { type: "reopen_alert", data: { alert_id: "x" } },
      { type: "acknowledge_alert", data: { alert_id: "x", reason: "tolerated", comment: "c" } },
    ]);
  });

  it("knows nothing to undo of what was signed or sent", () => {
    expect(inverse("sign_takeaway", { version: 1, sha256: "" }, consult)).toBeNull();
    expect(inverse("send_chat", { message_id: "m", text: "hello" }, consult)).toBeNull();
  });

  it("takes what was done at once back at once, the last first", () => {
    const stack = new UndoStack();
    stack.push({ words: "going to another step", steps: [] }, 0);
    stack.push(inverse("confirm_medication", { medication_id: row.id }, consult)!, 1000);
    stack.push(inverse("remove_todo", { item_id: "t" }, consult)!, 1100);

    expect(stack.words).toBe("confirming Eliquis and 1 more");
    expect(stack.pop()?.steps.map((one) => one.type)).toEqual(["add_todo", "reopen_medication"]);
    expect(stack.words).toBe("going to another step");
  });

  it("forgets what was refused", () => {
    const stack = new UndoStack();
    const refused = { words: "confirming", steps: [] };
    stack.push(refused, 0);
    stack.forget(refused);

    expect(stack.words).toBe("");
    expect(stack.pop()).toBeUndefined();
  });
});
