// The offline shell: without a connection the app still opens and says so. What the API answers is never kept.
// ASSETS and VERSION are filled in by the build (scripts/offline-shell.ts).
const ASSETS = __ASSETS__;
const CACHE = `friender-shell-${__VERSION__}`;
const SHELL = "/";
/** Pages of the server itself. */
const NOT_OURS = /^\/(api|docs|redoc|openapi\.json|mail-link|livez|readyz|health|metrics)(\/|$)/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SHELL, ...ASSETS])));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("friender-shell-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || NOT_OURS.test(url.pathname)) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(SHELL, { ignoreVary: true })));
  } else if (url.pathname.startsWith("/assets/")) {
    // The names say what is in them; no header makes another answer of it.
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  }
});
