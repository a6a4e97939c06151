import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../api/client";
import { tell } from "../api/people-channel";
import { ApiProblem } from "../api/problem";
import { meQuery } from "../api/queries";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { changesOf, type Draft, draftOf, problemsOf } from "./changes";

/** What is typed, what is wrong with it, and how it is saved. What was typed outlives every refusal. */
export function useDraft(own: Schemas["OwnCard"], onSaved: () => void) {
  const texts = useTexts();
  const { number } = useFormats();
  const client = useQueryClient();
  const [before, keep] = useState(() => draftOf(own));
  const [draft, setDraft] = useState(before);
  const [left, setLeft] = useState<ReadonlySet<keyof Draft>>(new Set());
  const changes = changesOf(before, draft);
  const problems = problemsOf(draft, texts.me.form, number);

  const save = useMutation({
    mutationFn: async () => (await answer(api.PATCH("/api/v1/me", { body: changes }))).user,
    onSuccess: async (user) => {
      keep(draft);
      client.setQueryData(meQuery.queryKey, user);
      tell({ kind: "anew" });
      onSaved();
    },
  });

  const refused = save.error instanceof ApiProblem ? save.error : undefined;
  return {
    draft,
    isDirty: Object.keys(changes).length > 0,
    isSaving: save.isPending,
    /** Beyond single fields. */
    problem: save.error && !refused?.errors.length ? save.error : undefined,
    set: <K extends keyof Draft>(field: K, value: Draft[K]) => {
      setDraft((now) => ({ ...now, [field]: value }));
      if (refused?.field(field)) save.reset();
    },
    leave: (field: keyof Draft) => setLeft((fields) => new Set(fields).add(field)),
    problemOf: (field: keyof Draft) => (left.has(field) ? problems[field] : undefined) ?? refused?.field(field),
    /** Sends what differs; says false if a field has to be looked at first. */
    submit: (): boolean => {
      setLeft(new Set(Object.keys(draft) as (keyof Draft)[]));
      if (Object.keys(problems).length > 0) return false;
      if (Object.keys(changes).length === 0) onSaved();
      else save.mutate();
      return true;
    },
  };
}
