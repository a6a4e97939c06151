import { ApiProblem } from "../api/problem";
import type { Texts } from "../texts";
import { problemText, serverSpeaksAsWe } from "../texts/problems";

type Tell = { field: (name: string, words: string) => void; form: (words: string) => void };

/** Brings what the server refuses to where it was typed; the rest is for the whole form. */
export function tellRefusal(error: unknown, names: readonly string[], texts: Texts, tell: Tell) {
  const { refused } = texts.signUp;
  let told = 0;
  for (const name of error instanceof ApiProblem ? names : []) {
    const words = (error as ApiProblem).field(name);
    if (words === undefined) continue;
    const taken = (error as ApiProblem).code === "username_taken";
    const own = name === "username" && taken ? refused.taken : refused[name as keyof typeof refused];
    tell.field(name, serverSpeaksAsWe() && !taken ? words : (own ?? words));
    told += 1;
  }
  if (told === 0) tell.form(problemText(error, texts).text);
}

/** Brings the first field that is wrong into sight, once its words are there. */
export function focusWrong() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
