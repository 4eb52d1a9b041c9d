import { io } from "socket.io-client";
import { describe, expect, it, vi } from "vitest";
import { PromptSocket } from "../../src/shared/prompt";

interface Line {
  onopen: () => void;
  onclose: (event: { code: number }) => void;
}

describe("a connection that is closed in good order", () => {
  it.each([
    ["before the WebSocket opens", false],
    ["before anything was said", true],
  ])("%s is told at once, not after the library's twenty seconds", async (_when, opens) => {
    const lines: Line[] = [];
    class Closed extends PromptSocket {
      override createSocket(): unknown {
        const line = { close: () => undefined } as unknown as Line;
        lines.push(line);
        return line;
      }
      override doWrite(): void {}
    }
    const socket = io("http://visit.test", { transports: [Closed], autoConnect: false, reconnection: false });
    const told = vi.fn();
    socket.on("connect_error", told);

    socket.connect();
    if (opens) lines[0]!.onopen();
    lines[0]!.onclose({ code: 1000 });
    await Promise.resolve();

    expect(told).toHaveBeenCalledOnce();
    socket.disconnect();
  });
});
