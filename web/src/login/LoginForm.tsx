import { zodResolver } from "@hookform/resolvers/zod";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod/mini";
import { answer, api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { session } from "../api/session";
import { Button } from "../design/Button";
import { PasswordField, TextField } from "../design/Field";
import { type KeptOut, keptOutBy } from "../safety/keptOut";
import { type Texts, useTexts } from "../texts";
import { problemText } from "../texts/problems";

const shape = (login: Texts["login"]) =>
  z.object({
    username: z.string().check(z.trim(), z.minLength(1, login.nameMissing)),
    password: z.string().check(z.minLength(1, login.passwordMissing)),
  });

type Fields = z.infer<ReturnType<typeof shape>>;

type LoginFormProps = {
  onKeptOut: (keptOut: KeptOut) => void;
  /** The login took a deletion back; with the token to go on with. */
  onRestored: (accessToken: string) => void;
};

export function LoginForm({ onKeptOut, onRestored }: LoginFormProps) {
  const texts = useTexts();
  const { login } = texts;
  const resolver = useMemo(() => zodResolver(shape(login)), [login]);
  const { register, handleSubmit, setError, formState } = useForm<Fields>({ resolver, mode: "onTouched" });
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async (fields) => {
    try {
      const signedIn = await answer(api.POST("/api/v1/login", { body: { ...fields, refresh: "cookie" } }));
      if (signedIn.restored) onRestored(signedIn.access_token);
      else session.begin(signedIn.access_token);
    } catch (error) {
      const keptOut = keptOutBy(error);
      if (keptOut) return onKeptOut(keptOut);
      const wrong = error instanceof ApiProblem && error.status === 401;
      setError("root", { message: wrong ? login.wrong : problemText(error, texts).text });
    }
  });

  return (
    <form noValidate className="grid gap-5" onSubmit={(event) => void submit(event)}>
      <TextField
        label={login.username}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        error={errors.username?.message}
        {...register("username")}
      />
      <PasswordField
        label={login.password}
        autoComplete="current-password"
        error={errors.password?.message}
        {...register("password")}
      />
      {errors.root && (
        <p role="alert" className="rounded-medium bg-ember-soft px-4 py-3 text-ember-text">
          {errors.root.message}
        </p>
      )}
      <Button type="submit" kind="main" size="large" disabled={isSubmitting}>
        {isSubmitting ? login.submitting : login.submit}
      </Button>
    </form>
  );
}
