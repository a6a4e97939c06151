import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { ApiProblem } from "../api/problem";
import type { Texts } from "../texts";
import { problemText, serverSpeaksAsWe } from "../texts/problems";

/** Brings what the server refuses to where it was typed; the rest is for the whole form. */
export function tellRefusal<Fields extends FieldValues>(
  error: unknown,
  names: readonly Path<Fields>[],
  texts: Texts,
  setError: UseFormSetError<Fields>,
) {
  const { refused } = texts.signUp;
  let told = 0;
  for (const name of error instanceof ApiProblem ? names : []) {
    const words = (error as ApiProblem).field(name);
    if (words === undefined) continue;
    const taken = (error as ApiProblem).code === "username_taken";
    const own = name === "username" && taken ? refused.taken : refused[name as keyof typeof refused];
    setError(name, { message: serverSpeaksAsWe() && !taken ? words : (own ?? words) });
    told += 1;
  }
  if (told === 0) setError("root", { message: problemText(error, texts).text });
  focusWrong();
}

/** Brings the first field that is wrong into sight, once its words are there. */
export function focusWrong() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
