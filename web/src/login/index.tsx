import { Link, Navigate, useSearchParams } from "react-router";
import { useSession } from "../api/session";
import { Mark } from "../design/Mark";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { LoginForm } from "./LoginForm";
import { placeAfter } from "./next";

export function Component() {
  const { login } = useTexts();
  const [query] = useSearchParams();
  const state = useSession();
  const next = query.get("next");
  usePageTitle(login.submit);
  if (state.status === "in") return <Navigate to={placeAfter(next)} replace />;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-110 flex-col gap-6 px-5 py-6 desk:justify-center">
      <Link to="/" className="self-start rounded-small">
        <Mark />
      </Link>
      <div className="mt-6 grid gap-2 desk:mt-2">
        <h1 className="text-hero">{login.title}</h1>
        {next && <p className="text-ink-2">{login.nextNote}</p>}
      </div>
      <LoginForm />
      <p className="text-ink-2">
        {login.noAccount}{" "}
        <Link to="/sign-up" className="font-semibold text-pine-text underline underline-offset-4">
          {login.create}
        </Link>
      </p>
    </main>
  );
}
