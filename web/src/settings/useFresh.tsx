import { type FormEvent, type ReactNode, useState } from "react";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { PasswordField } from "../design/Field";
import { problemText } from "../texts/problems";
import { useTexts } from "./words";

/** The password was asked for, and not given: nothing was done. */
export class NotGiven extends Error {}

type Fresh = {
  /** Does what is sensitive; where the server wants the password first, asks for it and does it then. */
  withPassword: <T>(work: () => Promise<T>) => Promise<T>;
  dialog: ReactNode;
};

export function useFresh(): Fresh {
  const [asked, setAsked] = useState<(given: boolean) => void>();
  const withPassword = async <T,>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== "fresh_login_required") throw error;
    }
    const given = await new Promise<boolean>((answered) => setAsked(() => answered));
    setAsked(undefined);
    if (!given) throw new NotGiven();
    return work();
  };
  return { withPassword, dialog: <PasswordDialog open={asked !== undefined} onDone={(given) => asked?.(given)} /> };
}

function PasswordDialog({ open, onDone }: { open: boolean; onDone: (given: boolean) => void }) {
  const { fresh } = useTexts().settings;
  return (
    <Dialog open={open} onOpenChange={(stays) => !stays && onDone(false)} title={fresh.title} text={fresh.text}>
      <PasswordForm onGiven={() => onDone(true)} />
    </Dialog>
  );
}

function PasswordForm({ onGiven }: { onGiven: () => void }) {
  const texts = useTexts();
  const { fresh } = texts.settings;
  const [password, type] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // The form behind it is another one.
    event.stopPropagation();
    if (password === "") return setProblem(fresh.missing);
    setBusy(true);
    try {
      await answer(api.POST("/api/v1/token/fresh", { body: { password } }));
      onGiven();
    } catch (error) {
      const wrong = error instanceof ApiProblem && error.field("password") !== undefined;
      setProblem(wrong ? fresh.wrong : problemText(error, texts).text);
    }
    setBusy(false);
  };
  return (
    <form noValidate className="mt-5 grid gap-4" onSubmit={(event) => void submit(event)}>
      <PasswordField
        label={fresh.label}
        autoComplete="current-password"
        value={password}
        error={problem}
        onChange={(event) => type(event.target.value)}
      />
      <Button type="submit" kind="main" disabled={busy}>
        {fresh.submit}
      </Button>
    </form>
  );
}
