import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Writes sw.js beside index.html, with the names of all scripts, styles and fonts of this build. */
export function offlineShell(): Plugin {
  return {
    name: "offline-shell",
    apply: "build",
    generateBundle(_, bundle) {
      const assets = Object.keys(bundle)
        .filter((name) => /\.(js|css|woff2)$/.test(name) && !name.includes("latin-ext"))
        .map((name) => `/${name}`)
        .sort();
      const template = readFileSync(new URL("./service-worker.js", import.meta.url), "utf8");
      const version = createHash("sha256").update(template).update(assets.join("\n")).digest("hex").slice(0, 12);
      const source = template
        .replace("__ASSETS__", JSON.stringify(assets))
        .replace("__VERSION__", JSON.stringify(version));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
