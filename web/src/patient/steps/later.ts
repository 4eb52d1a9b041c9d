/** The steps after the waiting room; fetched together. */

export { after, left } from "./after";
export { visit } from "./visit";
