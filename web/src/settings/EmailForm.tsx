import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api, type Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { TextField } from "../design/Field";
import { Notice } from "../design/Notice";
import { problemText } from "../texts/problems";
import { NotGiven, useFresh } from "./useFresh";
import { useTexts } from "./words";

/** Another address; it counts once its link was opened. */
export function EmailForm({ me }: { me: Schemas["OwnCard"] }) {
  const texts = useTexts();
  const { email: words } = texts.settings;
  const client = useQueryClient();
  const [address, type] = useState("");
  const [missing, setMissing] = useState(false);
  const fresh = useFresh();
  const change = useMutation({
    mutationFn: () =>
      fresh.withPassword(() => answer(api.PUT("/api/v1/me/email", { body: { email: address.trim() } }))),
    onSuccess: async () => {
      type("");
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.reset();
    setMissing(address.trim() === "");
    if (address.trim() !== "") change.mutate();
  };
  return (
    <form noValidate className="grid gap-4" onSubmit={submit}>
      <h2 className="text-lead">{me.email ? words.change : words.add}</h2>
      <TextField
        label={words.label}
        type="email"
        autoComplete="email"
        hint={me.email_verified ? words.hintVerified : words.hint}
        value={address}
        error={missing ? words.missing : refusal()}
        onChange={(event) => type(event.target.value)}
      />
      <Button type="submit" kind="main" className="justify-self-start" disabled={change.isPending}>
        {words.submit}
      </Button>
      {change.data && (
        <Notice tone="pine" role="status">
          {me.email_verified ? words.askedBoth : words.asked}
        </Notice>
      )}
      {fresh.dialog}
    </form>
  );

  function refusal(): string | undefined {
    const { error } = change;
    if (!error || error instanceof NotGiven) return undefined;
    if (!(error instanceof ApiProblem)) return problemText(error, texts).text;
    return error.field("email") ?? (error.code === "too_many_mails" ? error.detail : problemText(error, texts).text);
  }
}
