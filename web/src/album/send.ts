import { answer, api, type Schemas } from "../api/client";
import { ApiProblem, isPassing, problemOf, UNREACHABLE } from "../api/problem";
import { session } from "../api/session";
import type { Sending } from "./queue";

/** One of one's own photos. */
export type FileCard = Schemas["FileCard"] & { kind: "photo"; urls?: Schemas["VariantUrls"] | null };

/** Documents are other programs' matter: the API keeps them beside the photos where it is told to. */
export const isPhoto = (file: Schemas["FileCard"]): file is FileCard => file.kind === "photo";

export function photoOf(file: Schemas["FileCard"]): FileCard {
  if (isPhoto(file)) return file;
  throw new ApiProblem(415, { code: "file_type_not_supported" });
}

const REPEATS = 4;
const LONGEST_PAUSE = 30;

/** The store can't be reached from this browser, or won't take it: the server can still pass it on. */
class StoreAway extends Error {}

// Once the store was away and the server was not, the rest goes through the server.
let straight = true;

/** Sends one photo: straight to the store by a presigned PUT, else through the server. */
export async function send(photo: File, sending: Sending): Promise<FileCard> {
  if (straight) {
    try {
      return await sendStraight(photo, sending);
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error;
      sending.onPart(0);
    }
  }
  const card = await patiently(sending.signal, () => sendThrough(photo, sending));
  straight = false;
  return card;
}

async function sendStraight(photo: File, { onPart, signal }: Sending): Promise<FileCard> {
  const body = { filename: photo.name, content_type: photo.type, size: photo.size };
  const grant = await patiently(signal, () => answer(api.POST("/api/v1/upload-url", { body, signal })));
  const stored = await push("PUT", grant.presigned_url, grant.headers, photo, onPart, signal).catch((error) => {
    throw signal.aborted ? error : new StoreAway();
  });
  if (!stored.ok) throw new StoreAway();
  const confirm = { body: { file_key: grant.file_key }, signal };
  return photoOf(await patiently(signal, () => answer(api.POST("/api/v1/files", confirm))));
}

async function sendThrough(photo: File, { id, onPart, signal }: Sending): Promise<FileCard> {
  const form = new FormData();
  form.append("file", photo, photo.name);
  const attempt = (token: string | undefined) => {
    const headers = { "Idempotency-Key": id, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    return push("POST", "/api/v1/upload", headers, form, onPart, signal);
  };
  let response = await attempt(session.token());
  if (response.status === 401) response = await attempt(await session.refresh());
  if (!response.ok) throw await problemOf(response);
  const { files }: Schemas["UploadResult"] = await response.json();
  const [kept] = files;
  if (kept && "id" in kept) return photoOf(kept);
  throw new ApiProblem(422, kept ? { code: kept.error.code, detail: kept.error.message } : {});
}

/** Repeats what passes, after the time that the server asks for. */
export async function patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let repeat = 0; ; repeat++) {
    try {
      return await work();
    } catch (error) {
      const passes = isPassing(error) || (error instanceof ApiProblem && error.code === "upload_in_progress");
      if (!passes || repeat >= REPEATS || !navigator.onLine) throw error;
      const asked = error instanceof ApiProblem ? error.retryAfter : undefined;
      await pause(Math.min(asked ?? 2 ** repeat, LONGEST_PAUSE) * 1000, signal);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      failed(signal.reason);
    });
  });
}

/** fetch doesn't tell how much has gone; XMLHttpRequest does. */
function push(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: XMLHttpRequestBodyInit,
  onPart: (part: number) => void,
  signal: AbortSignal,
): Promise<Response> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onPart(total > 0 ? loaded / total : 0);
    request.onload = () => done(responseOf(request));
    request.onerror = () => failed(new ApiProblem(0, { code: UNREACHABLE }));
    request.onabort = () => failed(signal.reason);
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const retryAfter = request.getResponseHeader("Retry-After");
  return new Response(request.status === 204 ? null : request.responseText, {
    status: request.status,
    headers: retryAfter ? { "Retry-After": retryAfter } : {},
  });
}
