/** What lies over the consult page now and then; fetched once the page is ready to type on. */

export { EndVisit } from "./palette/EndVisit";
export { Palette } from "./palette/Palette";
export { Shortcuts } from "./palette/Shortcuts";
export { RegimenTable } from "./regimen/Table";
export { Preview } from "./takeaway/Preview";
export { Takeaway } from "./takeaway/Takeaway";
