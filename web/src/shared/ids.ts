/** A new id that sorts by when it was made (UUID version 7), so that the keys of what is saved one after the other
 * stand together in the database. */
export function orderedId(now: number = Date.now()): string {
  const at = now.toString(16).padStart(12, "0");
  return `${at.slice(0, 8)}-${at.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
