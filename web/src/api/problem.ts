import type { components } from "./schema";

type Problem = components["schemas"]["Problem"];
export type FieldError = components["schemas"]["FieldError"];

/** No answer came: the network or the server is away. */
export const UNREACHABLE = "unreachable";

/** Every refusal of the API, and `unreachable` when there was no answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Seconds after which the server asks to try again. */
  readonly retryAfter: number | undefined;
  /** Members beyond the common ones, such as `sanction` and `appeal_token`. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Partial<Problem>, retryAfter?: number) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = body.code ?? "unknown";
    this.detail = body.detail ?? "";
    this.errors = body.errors ?? [];
    this.retryAfter = retryAfter;
    this.more = { ...body };
  }

  /** What the server says about one field, by its name without the slash. */
  field(name: string): string | undefined {
    return this.errors.find((error) => error.pointer === `/${name}` || error.pointer.startsWith(`/${name}/`))?.detail;
  }
}

/** Whether a repeat may help: no answer, or the server asks to come back. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.code === UNREACHABLE || error.status === 503 || error.status === 429);
}

/** The typed problem of an answer that is not a success. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const after = Number(response.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : undefined;
  const body: Partial<Problem> | null = await response
    .clone()
    .json()
    .catch(() => null);
  if (body?.code !== undefined) return new ApiProblem(response.status, body, retryAfter);
  // A proxy whose server is away answers for it, with a page of its own.
  return response.status >= 500
    ? new ApiProblem(0, { code: UNREACHABLE }, retryAfter)
    : new ApiProblem(response.status, {}, retryAfter);
}
