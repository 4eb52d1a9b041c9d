/** The words behind the ids of a script. */

import type { ScriptWords } from "./transcript";

interface ItemShape {
  link_id: string;
  text: string;
  answer_option: { code: string; text: string }[];
  items: ItemShape[];
}

export interface ScriptShape {
  sections: { steps: { id: string; title: string; items: ItemShape[] }[] }[];
  branches: { id: string; title: string; items: ItemShape[] }[];
}

export function scriptWords(script: ScriptShape): ScriptWords {
  const steps = script.sections.flatMap((section) => section.steps);
  const titles = new Map([...steps, ...script.branches].map((block) => [block.id, block.title]));
  const items = new Map<string, ItemShape>();
  const walk = (list: readonly ItemShape[]): void => {
    for (const item of list) {
      items.set(item.link_id, item);
      walk(item.items);
    }
  };
  for (const block of [...steps, ...script.branches]) walk(block.items);
  const option = (linkId: string, code: string): string =>
    items.get(linkId)?.answer_option.find((one) => one.code === code)?.text ?? code;
  return {
    step: (id) => titles.get(id) ?? items.get(id.split("#")[0]!)?.text ?? id,
    question: (linkId) => items.get(linkId)?.text ?? linkId,
    option,
  };
}
