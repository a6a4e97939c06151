/** When a presigned URL ends, in milliseconds since 1970; undefined for others. */
export function expiresAt(url: string): number | undefined {
  const { searchParams } = new URL(url, location.origin);
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(searchParams.get("X-Amz-Date") ?? "");
  const seconds = Number(searchParams.get("X-Amz-Expires"));
  if (!signed || !seconds) return undefined;
  const [year, month, day, hour, minute, second] = signed.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second) + seconds * 1000;
}

const AHEAD = 45_000;
const LEAST = 15_000;

/** Milliseconds after which the earliest of these URLs should be asked for anew; false if none of them ends. */
export function renewIn(urls: readonly string[], now = Date.now()): number | false {
  const ends = urls.map(expiresAt).filter((end) => end !== undefined);
  return ends.length === 0 ? false : Math.max(Math.min(...ends) - now - AHEAD, LEAST);
}

/** The same picture, whatever its signature. */
export function pictureOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}
