/** The part of the address behind the hash: "#/consult/ID", or the list. */

export function consultInHash(hash: string): string {
  const match = /^#\/consult\/([^/?]+)/.exec(hash);
  return match ? decodeURIComponent(match[1]!) : "";
}
