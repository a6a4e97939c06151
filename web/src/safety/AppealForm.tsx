import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api } from "../api/client";
import { Button } from "../design/Button";
import { TextArea } from "../design/Field";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";
import type { Sanction } from "./keptOut";

type AppealFormProps = { sanction: Sanction; token?: string; onSent: (sanction: Sanction) => void };

/** Says, once, why a sanction is wrong. */
export function AppealForm({ sanction, token, onSent }: AppealFormProps) {
  const texts = useTexts();
  const { appeal } = texts.safety;
  const [text, type] = useState("");
  const [missing, setMissing] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/me/sanctions/{id}/appeal", {
          params: { path: { id: sanction.id } },
          body: { text: text.trim() },
          ...(token ? { headers: { Authorization: `Bearer ${token}` } } : {}),
        }),
      ),
    onSuccess: ({ sanction }) => onSent(sanction),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(text.trim() === "");
    if (text.trim() !== "") send.mutate();
  };
  const problem = missing ? appeal.missing : send.error ? problemText(send.error, texts).text : undefined;
  return (
    <form noValidate className="grid gap-4" onSubmit={submit}>
      <h2 className="text-lead">{appeal.title}</h2>
      <TextArea
        label={appeal.label}
        hint={appeal.hint}
        error={problem}
        rows={5}
        maxLength={2000}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
      <Button type="submit" kind="main" className="justify-self-start" disabled={send.isPending}>
        {send.isPending ? appeal.sending : appeal.send}
      </Button>
    </form>
  );
}
