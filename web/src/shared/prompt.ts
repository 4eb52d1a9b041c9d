/** The WebSocket of a page, which says at once that it was closed before it opened. */

import { WebSocket as Transport } from "socket.io-client";

/**
 * The library hears of an error before the connection stands, but not of an orderly end (a proxy, a server that goes
 * down): it would wait out its twenty seconds.
 */
export class PromptSocket extends Transport {
  protected override onClose(details?: Parameters<Transport["onClose"]>[0]): void {
    const engine = this.socket as unknown as { readyState: string; emitReserved: (event: "error", error: Error) => void };
    const early = engine.readyState === "opening";
    super.onClose(details);
    if (early) engine.emitReserved("error", new Error("closed"));
  }
}
