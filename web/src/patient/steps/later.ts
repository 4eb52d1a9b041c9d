/** The steps after the waiting room; fetched together. */

export { after, left } from "./after";
export { done, expired, missed } from "./ended";
export { visit } from "./visit";
