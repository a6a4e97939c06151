import { useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { session, useSession } from "../api/session";
import { Button } from "../design/Button";
import { Mark } from "../design/Mark";
import { Notice } from "../design/Notice";
import type { KeptOut } from "../safety/keptOut";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { KeptOutPanel } from "./KeptOutPanel";
import { LoginForm } from "./LoginForm";
import { placeAfter, withNext } from "./next";

export function Component() {
  const { login, forgot } = useTexts();
  const [keptOut, setKeptOut] = useState<KeptOut>();
  const [restored, setRestored] = useState<string>();
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
      {keptOut && <KeptOutPanel keptOut={keptOut} onBack={() => setKeptOut(undefined)} />}
      {restored && <Restored onGoOn={() => session.begin(restored)} />}
      {!keptOut && !restored && (
        <>
          <div className="mt-6 grid gap-2 desk:mt-2">
            <h1 className="text-hero">{login.title}</h1>
            {next && <p className="text-ink-2">{login.nextNote}</p>}
          </div>
          <LoginForm onKeptOut={setKeptOut} onRestored={setRestored} />
          <p className="grid gap-3 text-ink-2">
            <Link
              to="/password/forgot"
              className="justify-self-start font-semibold text-pine-text underline underline-offset-4"
            >
              {forgot.link}
            </Link>
            <span>
              {login.noAccount}{" "}
              <Link
                to={withNext("/sign-up", next)}
                className="font-semibold text-pine-text underline underline-offset-4"
              >
                {login.create}
              </Link>
            </span>
          </p>
        </>
      )}
    </main>
  );
}

/** The deletion was taken back by this login. */
function Restored({ onGoOn }: { onGoOn: () => void }) {
  const { login } = useTexts();
  return (
    <div className="grid gap-5">
      <h1 className="text-head">{login.title}</h1>
      <Notice tone="pine" role="status">
        {login.restored}
      </Notice>
      <Button kind="main" size="large" onClick={onGoOn}>
        {login.goOn}
      </Button>
    </div>
  );
}
