/** The texts of the staff's pages in Spanish. */

import texts from "../shared/locale/staff.es.json";

globalThis.consultTexts = texts;
