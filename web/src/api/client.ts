import createClient from "openapi-fetch";
import { ApiProblem, problemOf, UNREACHABLE } from "./problem";
import type { components, paths } from "./schema";
import { session } from "./session";

export type Schemas = components["schemas"];

/** Sends with the session's token; when that has run out, once more with a new one. */
export async function sendSignedIn(request: Request): Promise<Response> {
  const token = session.token();
  const repeat = request.clone();
  const response = await send(request, token);
  if (response.status !== 401 || token === undefined) return response;
  const { code } = await problemOf(response);
  if (code !== "token_expired" && code !== "invalid_token" && code !== "session_ended") return response;
  // Another request may have brought a new one meanwhile.
  const next = session.token() === token ? await session.refresh() : session.token();
  return next === undefined ? response : send(repeat, next);
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem(0, { code: UNREACHABLE });
  }
}

/** The API by its paths, typed by its OpenAPI document. Whatever is not a success is thrown as ApiProblem. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: async (request) => {
    const response = await sendSignedIn(request);
    if (!response.ok) throw await problemOf(response);
    return response;
  },
});

/** The body of a success. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
