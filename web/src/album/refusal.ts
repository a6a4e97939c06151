import { ApiProblem, isPassing } from "../api/problem";
import type { Texts } from "../texts";
import { problemText, serverSpeaksAsWe } from "../texts/problems";

/** A file that isn't sent at all. */
export class Unsendable extends Error {
  readonly code: "file_empty" | "file_too_large" | "not_a_photo" | "unreadable";

  constructor(code: Unsendable["code"]) {
    super(code);
    this.code = code;
  }
}

/** What a tile says about a file that isn't kept: a few words, and the whole story. */
export type Refusal = { title: string; text: string };

// Refusals that end when something else has changed: a photo was removed, or time has passed.
const MAY_PASS = ["photo_limit", "too_many_uploads", "upload_expired", "upload_not_arrived", "upload_in_progress"];

/** Whether the same file may be taken another time. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ApiProblem) return isPassing(error) || MAY_PASS.includes(error.code) || error.status >= 500;
  return !(error instanceof Unsendable);
}

export function refusalOf(error: unknown, texts: Texts, name = ""): Refusal {
  const { reasons, titles, notSent } = texts.photos;
  if (error instanceof Unsendable) return { title: titles[error.code], text: reasons[error.code] };
  const { text } = problemText(error, texts);
  if (!(error instanceof ApiProblem) || isPassing(error)) return { title: notSent, text };
  const { code } = error;
  const own = code in reasons ? reasons[code as keyof typeof reasons] : text;
  return {
    title: code in titles ? titles[code as keyof typeof titles] : titles.other,
    text: serverSpeaksAsWe() ? withoutName(text, name) : own,
  };
}

/** The name stands beside it already. */
function withoutName(text: string, name: string): string {
  if (name === "" || !text.startsWith(`${name}: `)) return text;
  const rest = text.slice(name.length + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
