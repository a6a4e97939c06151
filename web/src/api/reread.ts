import { ApiProblem } from "./problem";

type Known = { question: string; etag: string; body: unknown };
const known = new Map<string, Known>();

/**
 * A read that is repeated: sends the ETag of the last answer at this `place`, and gives that again when the server says
 * that it is still the same. Another `question` (such as `after=7`) has another answer.
 */
export async function reread<T>(
  place: string,
  question: string,
  call: (headers: Record<string, string>) => Promise<{ data?: T; response: Response }>,
): Promise<T> {
  const last = known.get(place);
  const same = last?.question === question ? last : undefined;
  try {
    const { data, response } = await call(same ? { "If-None-Match": same.etag } : {});
    const etag = response.headers.get("ETag");
    if (etag) known.set(place, { question, etag, body: data });
    return data as T;
  } catch (error) {
    if (same && error instanceof ApiProblem && error.status === 304) return same.body as T;
    throw error;
  }
}

/** What one person read is never shown to the next. */
export function forgetReread() {
  known.clear();
}
