import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { offlineShell } from "./scripts/offline-shell.ts";

// The server whose API the development server and the preview hand on: `make demo`'s address unless told.
const server = process.env.FRIENDER_URL ?? "http://127.0.0.1:8080";
// The Origin and the Host stay those of the browser: the cookies count only from the server's own pages.
const proxy = { "^/(api|livez|mail-link|docs|redoc|openapi.json)": { target: server, changeOrigin: false, ws: true } };

// As strict as the server's own, which also names the photo store's origin.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: http: https:; " +
  "connect-src 'self' http: https:; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'";

export default defineConfig({
  base: "/",
  plugins: [react(), tailwindcss(), offlineShell()],
  server: { host: "127.0.0.1", port: 5173, proxy },
  preview: { host: "127.0.0.1", port: 4173, proxy, headers: { "Content-Security-Policy": policy } },
  build: {
    // A strict Content-Security-Policy has no room for data: scripts or inlined fonts.
    assetsInlineLimit: 0,
    cssTarget: ["chrome123", "safari17.5", "firefox121"],
    manifest: true,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
  },
});
