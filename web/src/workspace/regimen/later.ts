import { lazy } from "../../ui/lazy";

/** The form of one medication, fetched once the page is ready to type on. */
export const EditMedication = lazy(() => import("./Edit").then((all) => all.EditMedication));
