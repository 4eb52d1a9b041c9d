import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import preact from "@preact/preset-vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const entries: Record<string, string> = {
  workspace: path("src/workspace/main.tsx"),
  supervisor: path("src/supervisor/main.tsx"),
  patient: path("src/patient/main.ts"),
  signin: path("src/signin/main.ts"),
};
// The texts of the staff's pages in each other language: a script beside the page's own, loaded before it.
for (const file of readdirSync(path("src/staff"))) entries[`texts-${file.slice(0, -3)}`] = path(`src/staff/${file}`);

// The door takes WebSocket only: the client's other transports stay out of the bundle (some KB of the patient's page).
const webSocketOnly: Plugin = {
  name: "websocket-only",
  enforce: "pre",
  transform(code, id) {
    if (!id.includes("/engine.io-client/build/esm")) return null;
    if (/\/transports\/index\.js$/.test(id)) {
      if (!code.includes("websocket: WS")) throw new Error("engine.io-client names its transports otherwise now");
      return 'import { WS } from "./websocket.node.js"; export const transports = { websocket: WS };';
    }
    if (!/\/transports\/(polling|webtransport)[\w.-]*\.js$/.test(id)) return null;
    return [...code.matchAll(/export class (\w+)/g)].map(([, name]) => `export class ${name} {}`).join("\n");
  },
};

/** Each script and style stands compressed beside itself, where the server finds it for browsers that take it so. */
const compressed: Plugin = {
  name: "compressed",
  apply: "build",
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle)) {
      if (!/\.(js|css)$/.test(name)) continue;
      const file = join(dir!, name);
      const content = readFileSync(file);
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${file}.br`, brotliCompressSync(content));
    }
  },
};

// The pages are served with a strict CSP, so nothing may be inlined and no helper may be injected.
export default defineConfig({
  root: path("."),
  base: "./",
  plugins: [compressed, webSocketOnly, preact({ prefreshEnabled: false, devToolsEnabled: false })],
  build: {
    outDir: path("../consult/static/app"),
    emptyOutDir: true,
    manifest: true,
    target: "es2020",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      // The editor's parser stays out where none of it is used: these packages do nothing by being imported.
      treeshake: { moduleSideEffects: (id: string) => !/node_modules\/@(lezer|codemirror)\//.test(id) },
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
    },
  },
  test: { include: ["test/**/*.test.ts"], environment: "node", pool: "threads" },
});
