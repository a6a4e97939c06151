import { useMutation } from "@tanstack/react-query";
import { MailCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { Button } from "../design/Button";
import { TextField } from "../design/Field";
import { Mark } from "../design/Mark";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";

/** Asks for a link to set a new password. Whether there is such an account isn't told. */
export function Component() {
  const texts = useTexts();
  const { forgot } = texts;
  usePageTitle(forgot.title);
  const [username, type] = useState("");
  const [missing, setMissing] = useState(false);
  const ask = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/password/forgot", { body: { username: username.trim() } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(username.trim() === "");
    if (username.trim() !== "") ask.mutate();
  };
  const said = ask.error instanceof ApiProblem && ask.error.code === "too_many_mails" ? ask.error.detail : undefined;
  const problem = ask.error ? (said ?? problemText(ask.error, texts).text) : undefined;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-110 flex-col gap-6 px-5 py-6 desk:justify-center">
      <Link to="/" className="self-start rounded-small">
        <Mark />
      </Link>
      {ask.isSuccess ? (
        <div role="status" className="mt-6 grid gap-4 desk:mt-2">
          <MailCheck aria-hidden size={40} strokeWidth={2.1} className="text-pine-text" />
          <h1 className="text-head">{forgot.sentTitle}</h1>
          <p>{forgot.sent}</p>
          <p className="text-ink-2">{forgot.nothing}</p>
          <Button className="justify-self-start" onClick={() => ask.reset()}>
            {forgot.again}
          </Button>
        </div>
      ) : (
        <form noValidate className="mt-6 grid gap-5 desk:mt-2" onSubmit={submit}>
          <h1 className="text-head">{forgot.title}</h1>
          <p className="text-ink-2">{forgot.text}</p>
          <TextField
            label={forgot.name}
            value={username}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            error={missing ? forgot.nameMissing : problem}
            onChange={(event) => type(event.target.value)}
          />
          <Button type="submit" kind="main" size="large" disabled={ask.isPending}>
            {ask.isPending ? forgot.sending : forgot.submit}
          </Button>
        </form>
      )}
      <Link to="/login" className="self-start font-semibold text-pine-text underline underline-offset-4">
        {forgot.back}
      </Link>
    </main>
  );
}
