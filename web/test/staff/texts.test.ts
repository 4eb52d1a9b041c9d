import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import spanish from "../../src/shared/locale/staff.es.json";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));
const FOLDERS = ["workspace", "supervisor", "signin", "ui", "shared"];
/** Attributes of an element that people read or hear. */
const READ = new Set(["aria-label", "aria-valuetext", "title", "placeholder", "alt", "label", "words", "heading", "what"]);
/** What stands outside of `t()` on purpose: keys of the keyboard, marks of the notes, words that are stored or sent. */
const MEANT = [
  /^(Alt|Ctrl|Mod|Cmd|Esc|Enter|Tab|Home|End|Page(Up|Down)|Arrow|Delete|Backspace|Space|Up|Down|Left|Right)([A-Z-]|\b)/,
  /^(English|Español|GET|POST|INPUT|TEXTAREA|SELECT|ApiError|Refusal)$/,
  /^[.:[]/, // a selector
  /^`(line-(number|flag) |\$\{part\} >)/, // classes and selectors
  /^`Ask your doctor or pharmacist about/, // goes to the patient
  /^(button|input|textarea|li|drug)[ ,:]/,
];
const STORED = new Set(["set aside for later", "full name", "date of birth", "phone number", "member number", "this medicine", "this item"]);

const files = FOLDERS.flatMap((folder) =>
  (readdirSync(join(SOURCES, folder), { recursive: true, encoding: "utf8" }) as string[])
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

interface Found {
  literal: string[];
  said: string[];
}

/** Texts outside of `t()` and `tn()`, with their place, and the English of every call of these. */
function look(name: string, code = readFileSync(join(SOURCES, name), "utf8")): Found {
  const tree = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, name.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: Found = { literal: [], said: [] };
  const tell = (node: ts.Node, text: string): void => {
    if (!MEANT.some((one) => one.test(text)) && !STORED.has(text))
      found.literal.push(`${name}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1} ${text}`);
  };
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText(tree);
      if (called === "t" || called === "tn") {
        const [first] = node.arguments;
        if (first && ts.isStringLiteralLike(first)) found.said.push(first.text);
        node.arguments.slice(called === "t" ? 1 : 2).forEach(walk);
        return;
      }
    }
    if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText(tree)) && node.expression.getText(tree) !== "ApiError") return;
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text) && !isKey(node, tree)) tell(node, node.text.trim());
    else if (ts.isStringLiteralLike(node) && isProse(node.text) && !isCode(node, tree)) tell(node, node.text);
    else if (ts.isStringLiteralLike(node) && /\p{L}/u.test(node.text) && READ.has(attributeOf(node, tree)) && !isCode(node, tree)) tell(node, node.text);
    else if (ts.isTemplateExpression(node) && [node.head, ...node.templateSpans.map((span) => span.literal)].some(({ text }) => / \p{L}{2,}|\p{L}{2,} /u.test(text)) && !isCode(node, tree))
      tell(node, node.getText(tree));
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}

/** Two words, or one that begins like a sentence. */
const isProse = (text: string): boolean => /\p{L}{2}[,.:;!?’]*\s+\S*\p{L}/u.test(text) || /^\p{Lu}\p{Ll}{2}/u.test(text);

/** The attribute that a value belongs to directly, "" for none. */
const attributeOf = (node: ts.Node, tree: ts.SourceFile): string =>
  ts.isJsxAttribute(node.parent) ? node.parent.name.getText(tree) : "";

const isKey = (node: ts.Node, tree: ts.SourceFile): boolean =>
  ts.isJsxElement(node.parent) && node.parent.openingElement.tagName.getText(tree) === "kbd";

/** A class, an address, a comparison, a name of something: not read by anybody. */
function isCode(node: ts.Node, tree: ts.SourceFile): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && (parent.name === node || /^(class|className|key)$/.test(parent.name.getText(tree)))) return true;
  if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText(tree))) return true;
  if (ts.isCaseClause(parent) || ts.isElementAccessExpression(parent)) return true;
  for (let above = parent; above && !ts.isBlock(above); above = above.parent)
    if (ts.isJsxAttribute(above)) return !READ.has(above.name.getText(tree)) && /^(class|d|viewBox|href|style|id|key|accept|rel)$/.test(above.name.getText(tree));
  return ts.isPropertyAssignment(parent) && tree.fileName.endsWith("icons.tsx");
}

describe("the texts of the staff's pages", () => {
  it.each(files)("%s says nothing outside of the catalogue", (name) => {
    expect(look(name).literal).toEqual([]);
  });

  it("are all there in Spanish", () => {
    const known = spanish as Record<string, unknown>;

    const lacking = files.flatMap((name) => look(name).said.filter((text) => !known[text]));

    expect(lacking).toEqual([]);
  });

  it("are found where they stand by themselves", () => {
    const code = 'const A = () => <p class="a b" title="Close">Save it {x ? "or not" : ""} {`line ${n} of it`} {t("Fine")}</p>;';

    const found = look("ui/made.tsx", code);

    expect(found.literal.map((one) => one.replace("ui/made.tsx:1 ", ""))).toEqual(["Close", "Save it", "or not", "`line ${n} of it`"]);
    expect(found.said).toEqual(["Fine"]);
  });
});
