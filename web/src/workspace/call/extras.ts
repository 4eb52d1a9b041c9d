/** Parts of the call that are opened now and then, fetched when they are. */

export { Captions } from "./Captions";
export { Devices } from "./Devices";
