import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { ConfirmDialog } from "../design/Dialog";
import { ErrorPanel } from "../design/ErrorPanel";
import { PasswordField } from "../design/Field";
import { Bone, Skeleton } from "../design/Skeleton";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { SubPage } from "./SubPage";
import { useTexts } from "./words";

export function Component() {
  const { delete: words } = useTexts().settings;
  const { days } = useFormats();
  const { data: me, error, refetch } = useQuery(meQuery);
  const grace = me && me.deletion_grace_days > 0 ? days(me.deletion_grace_days) : undefined;
  return (
    <SubPage title={words.title} lead={grace ? words.noteWithin(grace) : words.note}>
      {!me && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && (
        <Skeleton>
          <Bone className="h-60 rounded-medium" />
        </Skeleton>
      )}
      {me && <Deletion grace={grace} />}
    </SubPage>
  );
}

/** Says all that happens, then asks for the password, then once more. */
function Deletion({ grace }: { grace: string | undefined }) {
  const texts = useTexts();
  const { delete: words, fresh } = texts.settings;
  const points = [words.atOnce, ...(grace ? [words.within(grace), words.after] : [words.erased]), words.stays];
  const navigate = useNavigate();
  const [password, type] = useState("");
  const [missing, setMissing] = useState(false);
  const [asking, ask] = useState(false);
  const remove = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/me/delete", { body: { password } })),
    onSuccess: ({ erase_at }) => navigate(`/goodbye?until=${encodeURIComponent(erase_at)}`, { replace: true }),
    onError: () => ask(false),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.reset();
    setMissing(password === "");
    ask(password !== "");
  };
  const wrong = remove.error instanceof ApiProblem && remove.error.field("password") !== undefined;
  const refusal = remove.error ? (wrong ? fresh.wrong : problemText(remove.error, texts).text) : undefined;
  return (
    <>
      <section className="grid gap-3">
        <h2 className="text-lead">{words.what}</h2>
        <ul className="grid list-disc gap-2 pl-5 marker:text-ink-2">
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </section>
      <section className="grid justify-items-start gap-2 rounded-medium bg-sunk px-4 py-4">
        <h2 className="text-lead">{words.instead}</h2>
        <Link to="/settings" className="font-semibold text-pine-text underline underline-offset-4">
          {words.pause}
        </Link>
        <Link to="/settings/export" className="font-semibold text-pine-text underline underline-offset-4">
          {words.copy}
        </Link>
      </section>
      <form noValidate className="grid gap-4" onSubmit={submit}>
        <PasswordField
          label={words.label}
          autoComplete="current-password"
          value={password}
          error={missing ? fresh.missing : refusal}
          onChange={(event) => type(event.target.value)}
        />
        <Button type="submit" kind="danger" className="justify-self-start">
          {words.submit}
        </Button>
      </form>
      <ConfirmDialog
        open={asking}
        onOpenChange={ask}
        title={words.confirm}
        text={grace ? words.confirmWithin(grace) : words.confirmText}
        action={words.submit}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}
