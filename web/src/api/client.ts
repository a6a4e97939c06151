import createClient from "openapi-fetch";
import { ApiProblem, problemOf, UNREACHABLE } from "./problem";
import type { components, paths } from "./schema";
import { server } from "./server";
import { session } from "./session";

export type Schemas = components["schemas"];

const NEEDS_TOKEN = ["token_expired", "invalid_token", "session_ended", "not_signed_in"];

/**
 * Sends with the session's token; when that has run out, once more with a new one. When the session has ended in
 * mid-work, the request waits for its person to log in again: nothing is lost.
 */
export async function sendSignedIn(request: Request): Promise<Response> {
  const token = session.token();
  const repeat = request.clone();
  const response = await send(request, token);
  if (response.status !== 401) return response;
  const { code } = await problemOf(response);
  if (!NEEDS_TOKEN.includes(code)) return response;
  const next = await tokenAfter(token);
  return next === undefined ? response : send(repeat, next);
}

async function tokenAfter(used: string | undefined): Promise<string | undefined> {
  // Another request may have brought a new one meanwhile.
  const next = used !== undefined && session.token() === used ? await session.refresh() : session.token();
  return next ?? session.comeBack();
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    const response = await fetch(request);
    if (response.status < 500) server.answers();
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    server.isGone();
    throw new ApiProblem(0, { code: UNREACHABLE });
  }
}

/** The API by its paths, typed by its OpenAPI document. Whatever is not a success is thrown as ApiProblem. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: async (request) => {
    const response = await sendSignedIn(request);
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (problem.code === UNREACHABLE) server.isGone();
    throw problem;
  },
});

/** The body of a success. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
