import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo } from "react";
import { useForm } from "react-hook-form";
import { Link } from "react-router";
import { z } from "zod/mini";
import { Button } from "../design/Button";
import { PasswordField, TextField } from "../design/Field";
import { Notice } from "../design/Notice";
import { type Texts, useTexts } from "../texts";
import { keepDraft, readDraft } from "./draft";
import { Frame } from "./Frame";
import { makeAccount } from "./makeAccount";
import { focusWrong, tellRefusal } from "./refused";
import { hasControls, isEmail, isUsername, LONGEST_PASSWORD, lengthOf, SHORTEST_PASSWORD } from "./rules";
import { Strength } from "./Strength";

const shape = ({ wrong }: Texts["signUp"]) =>
  z.object({
    username: z.string().check(
      z.trim(),
      z.refine((name) => isUsername(name), wrong.username),
    ),
    email: z.string().check(
      z.trim(),
      z.refine((address) => address === "" || isEmail(address), wrong.email),
    ),
    password: z.string().check(
      z.refine((password) => lengthOf(password) >= SHORTEST_PASSWORD, wrong.passwordShort),
      z.refine((password) => lengthOf(password) <= LONGEST_PASSWORD, wrong.passwordLong),
      z.refine((password) => !hasControls(password), wrong.passwordControls),
    ),
  });

type Fields = z.infer<ReturnType<typeof shape>>;
const NAMES = ["username", "email", "password"] as const;

type AccountStepProps = { onBack: () => void; onNext: () => void };

/** Who one is to the server. */
export function AccountStep({ onBack, onNext }: AccountStepProps) {
  const texts = useTexts();
  const { signUp } = texts;
  const resolver = useMemo(() => zodResolver(shape(signUp)), [signUp]);
  const { register, handleSubmit, setError, subscribe, watch, formState } = useForm<Fields>({
    resolver,
    mode: "onTouched",
    defaultValues: { ...readDraft().account, password: "" },
  });
  const { errors, isSubmitting } = formState;
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values: { username, email } }) => keepDraft({ account: { username, email } }),
      }),
    [subscribe],
  );

  const submit = handleSubmit(async ({ username, email, password }) => {
    try {
      const made = await makeAccount({ username, password, ...(email ? { email } : {}) });
      keepDraft({ account: { username, email }, ...made });
      onNext();
    } catch (error) {
      tellRefusal(error, NAMES, texts, setError);
    }
  }, focusWrong);

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Frame
        step={1}
        title={signUp.account.title}
        lead={signUp.account.lead}
        onBack={onBack}
        footer={
          <Button type="submit" kind="main" size="large" disabled={isSubmitting}>
            {isSubmitting ? signUp.account.making : signUp.account.next}
          </Button>
        }
      >
        <TextField
          label={signUp.username}
          hint={signUp.usernameHint}
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          error={errors.username?.message}
          {...register("username")}
        />
        <TextField
          label={signUp.email}
          optional
          hint={signUp.emailHint}
          type="email"
          autoComplete="email"
          error={errors.email?.message}
          {...register("email")}
        />
        <PasswordField
          label={signUp.password}
          autoComplete="new-password"
          hint={<Strength password={watch("password")} />}
          error={errors.password?.message}
          {...register("password")}
        />
        {errors.root && (
          <Notice tone="ember" role="alert">
            {errors.root.message}
          </Notice>
        )}
        <p className="text-ink-2">
          {signUp.have}{" "}
          <Link to="/login" className="font-semibold text-pine-text underline underline-offset-4">
            {signUp.logIn}
          </Link>
        </p>
      </Frame>
    </form>
  );
}

/** Back here, the account is made already. */
export function AccountMade({ onBack, onNext }: AccountStepProps) {
  const { signUp } = useTexts();
  const { username, email } = readDraft().account;
  return (
    <Frame
      step={1}
      title={signUp.account.madeTitle}
      lead={signUp.account.madeLead}
      onBack={onBack}
      footer={
        <Button kind="main" size="large" onClick={onNext}>
          {signUp.account.goOn}
        </Button>
      }
    >
      <dl className="grid gap-4 rounded-medium bg-surface p-5 shadow-card">
        {[
          [signUp.username, username],
          [signUp.email, email],
        ].map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt className="text-note text-ink-2">{name}</dt>
                <dd className="font-semibold [overflow-wrap:anywhere]">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Frame>
  );
}
