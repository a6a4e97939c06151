import { useQuery } from "@tanstack/react-query";
import { Bookmark, Hand, MessageCircle } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import { conversationsQuery, laterQuery } from "../api/queries";
import { Button } from "../design/Button";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";
import { type Decision, useDecision } from "./useDecision";

/** Say hi, pass or later; whoever is matched is written to instead. */
export function Decide({ person }: { person: Schemas["PersonCard"] }) {
  const texts = useTexts();
  const { person: words } = texts;
  const { data: conversations } = useQuery(conversationsQuery);
  const { data: later } = useQuery(laterQuery);
  const { decide, takeBack } = useDecision(person.id);
  const name = person.display_name;
  const match = conversations?.items.find(({ user }) => user.id === person.id);

  if (match) {
    return (
      <Bar said={words.matched(name)}>
        <Button kind="main" size="large" asChild className="min-w-0 grow">
          <Link to={`/chats/${match.match_id}`}>
            <MessageCircle aria-hidden size={22} strokeWidth={2.1} className="shrink-0" />
            <span className="truncate">{words.write(name)}</span>
          </Link>
        </Button>
      </Bar>
    );
  }
  const done = decide.isSuccess ? decide.variables : undefined;
  if (done) {
    const said = { hi: words.saidHi, pass: words.passed, later: words.isLater }[done](name);
    return (
      <Bar said={said} problem={takeBack.error ? refusal(takeBack.error) : undefined}>
        <Button className="grow" disabled={takeBack.isPending} onClick={() => takeBack.mutate(done)}>
          {words.undo}
        </Button>
      </Bar>
    );
  }
  const putAside = later?.items.some(({ id }) => id === person.id);
  const ask = (decision: Decision) => decide.mutate(decision);
  return (
    <Bar said={putAside ? words.isLater(name) : undefined} problem={decide.error ? refusal(decide.error) : undefined}>
      <Button
        size="large"
        className="grow font-bold max-pad:px-3!"
        disabled={decide.isPending}
        onClick={() => ask("pass")}
      >
        {words.pass}
      </Button>
      <Button
        kind="main"
        size="large"
        className="grow font-bold max-pad:px-3!"
        disabled={decide.isPending}
        onClick={() => ask("hi")}
      >
        <Hand aria-hidden size={22} strokeWidth={2.1} />
        {words.hi}
      </Button>
      {!putAside && (
        <Button
          size="large"
          aria-label={words.later}
          title={words.later}
          className="px-4!"
          disabled={decide.isPending}
          onClick={() => ask("later")}
        >
          <Bookmark aria-hidden size={22} strokeWidth={2.1} />
        </Button>
      )}
    </Bar>
  );

  function refusal(error: unknown): string {
    const code = error instanceof ApiProblem ? error.code : "";
    if (code === "already_decided") return words.already(name);
    if (code === "not_newest") return words.notNewest;
    return words.failed(name, problemText(error, texts).text);
  }
}

type BarProps = { said?: string | undefined; problem?: string | undefined; children: ReactNode };

/** Stays in sight below the profile. */
function Bar({ said, problem, children }: BarProps) {
  return (
    <div className="sticky bottom-0 z-10 grid gap-2 border-t border-line bg-paper px-4 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))] pad:px-6">
      <div role="status">{said && <p className="text-note text-ink-2 [overflow-wrap:anywhere]">{said}</p>}</div>
      {problem && (
        <p role="alert" className="text-note text-ember-text">
          {problem}
        </p>
      )}
      <div className="mx-auto flex w-full max-w-125 gap-2.5">{children}</div>
    </div>
  );
}
