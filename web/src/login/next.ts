/** Where to go after the login: only to pages of our own. */
export function placeAfter(next: string | null): string {
  if (!next) return "/discover";
  const url = new URL(next, location.origin);
  return url.origin === location.origin && url.pathname !== "/login" ? url.pathname + url.search : "/discover";
}

/** A page that leads on to where one wanted to go. */
export function withNext(path: string, next: string | null): string {
  return next ? `${path}?next=${encodeURIComponent(next)}` : path;
}
