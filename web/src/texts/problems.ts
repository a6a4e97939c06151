import { ApiProblem, UNREACHABLE } from "../api/problem";
import type { Texts } from "./index";

/** What happened and what to do, in the person's words where we have them, else in the server's. */
export function problemText(error: unknown, texts: Texts): { title: string; text: string } {
  const { problem } = texts.common;
  if (!(error instanceof ApiProblem)) return { title: problem.title, text: problem.unknown };
  if (error.code === UNREACHABLE || error.status === 503) {
    return { title: problem.unreachableTitle, text: problem.unreachable };
  }
  if (error.status === 429) return { title: problem.title, text: problem.tooMany };
  const title = error.status === 404 ? problem.missingTitle : problem.title;
  return { title, text: error.detail || problem.unknown };
}

/** The server's words say most, but it speaks English only. */
export const serverSpeaksAsWe = () => document.documentElement.lang === "en";
