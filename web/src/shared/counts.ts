/** The staff's texts that hold a number. Apart from the others, so that the patient's page need not fetch it. */

import { counting } from "./i18n";

const counted = counting(globalThis.consultTexts ?? null);
/** A number never parts from the word after it. */
export const tn: typeof counted = (...asked) => counted(...asked).replace(/(\d) /, "$1\u00a0");
