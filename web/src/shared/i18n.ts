/**
 * The pages' texts in another language. The English text is the key; `consult/locale` holds the others, gathered by
 * `tools/catalogue.py` out of every `t("...")` and `tn("...", "...", n)`: write them with plain string literals.
 */

export type Catalogue = Readonly<Record<string, string | readonly string[]>>;
export type Values = Readonly<Record<string, string | number>>;
/** `%(name)s` in the text stands for the value of that name. */
export type Translate = (text: string, values?: Values) => string;
export type TranslateCount = (one: string, many: string, count: number, values?: Values) => string;

export function translator(catalogue: Catalogue | null): Translate {
  return (text, values) => {
    const found = catalogue?.[text];
    return filled(typeof found === "string" && found ? found : text, values);
  };
}

/** `%(count)s` is the number. English and Spanish both know one and many. */
export function counting(catalogue: Catalogue | null): TranslateCount {
  return (one, many, count, values) => {
    const found = catalogue?.[one];
    const [single, several] = Array.isArray(found) ? found : [one, many];
    return filled((count === 1 ? single : several) as string, { count, ...values });
  };
}

function filled(text: string, values: Values = {}): string {
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
