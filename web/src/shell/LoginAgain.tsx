import { useQuery } from "@tanstack/react-query";
import { Dialog } from "radix-ui";
import { type FormEvent, useState } from "react";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { meQuery } from "../api/queries";
import { session } from "../api/session";
import { Button } from "../design/Button";
import { PasswordField, TextField } from "../design/Field";
import { HoldPage } from "../design/HoldPage";
import { Mark } from "../design/Mark";
import { Notice } from "../design/Notice";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";

/** Covers the page of somebody whose session ended in mid-work; what they typed stays below until they are back. */
export default function LoginAgain() {
  const { shell } = useTexts();
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Content className="fixed inset-0 z-60 overflow-y-auto bg-paper outline-none">
          <HoldPage />
          <div className="mx-auto flex min-h-full max-w-110 flex-col justify-center gap-6 px-5 py-8">
            <Mark />
            <div className="grid gap-2">
              <Dialog.Title className="text-head">{shell.again.title}</Dialog.Title>
              <Dialog.Description className="text-ink-2">{shell.again.text}</Dialog.Description>
            </div>
            <Form />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Form() {
  const texts = useTexts();
  const { shell, login } = texts;
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const [typed, typeName] = useState("");
  const [password, typePassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const username = me?.username ?? typed;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (username === "") return setProblem(login.nameMissing);
    if (password === "") return setProblem(login.passwordMissing);
    setBusy(true);
    try {
      const body = { username, password, refresh: "cookie" as const };
      session.begin((await answer(api.POST("/api/v1/login", { body }))).access_token);
    } catch (error) {
      const status = error instanceof ApiProblem ? error.status : undefined;
      setProblem(status === 401 ? login.wrong : status === 403 ? shell.again.keptOut : problemText(error, texts).text);
    }
    setBusy(false);
  };

  return (
    <form noValidate className="grid gap-5" onSubmit={(event) => void submit(event)}>
      <TextField
        label={login.username}
        value={username}
        readOnly={me !== undefined}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => typeName(event.target.value)}
      />
      <PasswordField
        label={login.password}
        value={password}
        autoFocus
        autoComplete="current-password"
        onChange={(event) => typePassword(event.target.value)}
      />
      {problem && (
        <Notice tone="ember" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" kind="main" size="large" disabled={busy}>
        {busy ? shell.again.busy : texts.common.logIn}
      </Button>
      <Button kind="quiet" onClick={session.leave}>
        {shell.again.other}
      </Button>
    </form>
  );
}
