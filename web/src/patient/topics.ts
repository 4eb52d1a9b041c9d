/** What the patient reads of each step of the script, in the language of the page. */

interface Said {
  topics: Record<string, string>;
  language: string;
}

export class Topics {
  names: Record<string, string> = {};
  /** That of the names; the script's own where it has no other. */
  language = "en";
  private asked = "";

  constructor(private readonly get: (path: string, as: "patient", query: { language: string }) => Promise<Said>) {}

  /** Looks the topics up where the script or the language is another one; resolves to true where they changed. */
  async follow(scriptId: string, language: string): Promise<boolean> {
    const wanted = `${scriptId} ${language}`;
    if (wanted === this.asked) return false;
    this.asked = wanted;
    const path = `/api/scripts/${encodeURIComponent(scriptId)}/topics`;
    const said = await this.get(path, "patient", { language }).catch(() => null);
    if (wanted !== this.asked) return false; // the page has gone on to another language meanwhile
    this.names = said?.topics ?? {};
    this.language = said?.language ?? "en";
    return true;
  }
}
