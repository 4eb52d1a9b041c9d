/** Marks that turn the direction of the text behind them: pasted unseen, they would have a dose read backwards. */

export const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;

/** What somebody typed, with a sign to be seen in the place of each such mark; no other place moves. */
export const plainly = (text: string): string => text.replace(TURNING, "\ufffd");
