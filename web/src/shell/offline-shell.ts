/** The service worker, which opens the app without a connection; in built apps only. */
export function keepShell() {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    // Without it the app works as well, but not offline: private windows may refuse.
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  });
}
