/**
 * The texts of the staff's pages. A page in another language than English loads its texts first, by a script of their
 * own beside the page's (`staff/*.ts`), so that they are here when the modules that name them are read.
 */

import { translator, type Catalogue } from "./i18n";

declare global {
  var consultTexts: Catalogue | undefined;
}

export const t = translator(globalThis.consultTexts ?? null);
