import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { Button } from "../design/Button";
import { PasswordField } from "../design/Field";
import { Notice } from "../design/Notice";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { SubPage } from "./SubPage";
import { NotGiven, useFresh } from "./useFresh";
import { type Texts, useTexts } from "./words";

const SHORTEST = 8;
const LONGEST = 128;

/** Another password: the server's rules are the only ones. */
export function Component() {
  const texts = useTexts();
  const { password: words } = texts.settings;
  const { number } = useFormats();
  const [password, type] = useState("");
  const [tried, setTried] = useState(false);
  const fresh = useFresh();
  const change = useMutation({
    mutationFn: () =>
      fresh.withPassword(() => answer(api.PUT("/api/v1/me/password", { body: { new_password: password } }))),
    onSuccess: () => {
      type("");
      setTried(false);
    },
  });
  const fault = faultOf(password, words, number);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    change.reset();
    if (!fault) change.mutate();
  };
  return (
    <SubPage title={words.title} lead={words.lead}>
      <form noValidate className="grid gap-5" onSubmit={submit}>
        <PasswordField
          label={words.label}
          autoComplete="new-password"
          hint={words.hint}
          value={password}
          error={(tried ? fault : undefined) ?? refusal()}
          onChange={(event) => type(event.target.value)}
        />
        <Button type="submit" kind="main" className="justify-self-start" disabled={change.isPending}>
          {change.isPending ? words.busy : words.submit}
        </Button>
        {change.isSuccess && (
          <Notice tone="pine" role="status">
            {words.done}
          </Notice>
        )}
      </form>
      {fresh.dialog}
    </SubPage>
  );

  function refusal(): string | undefined {
    const { error } = change;
    if (!error || error instanceof NotGiven) return undefined;
    return (error instanceof ApiProblem && error.field("new_password")) || problemText(error, texts).text;
  }
}

function faultOf(password: string, words: Texts["settings"]["password"], number: (value: number) => string) {
  const length = [...password].length;
  if (length < SHORTEST) return words.short(number(SHORTEST - length));
  return length > LONGEST ? words.long : undefined;
}
