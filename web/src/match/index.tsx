import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useNavigate, useParams } from "react-router";
import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import { matchQuery } from "../api/queries";
import { FirstLines } from "../conversation/FirstLines";
import { kept } from "../conversation/kept";
import { MessageBox } from "../conversation/MessageBox";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { sharedOf } from "../profile/shown";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { Portraits } from "./Portraits";

/** Both said hi. Nothing is lost by closing it: the match stands in the chats, and the draft with it. */
export function Component() {
  const { matchId = "" } = useParams();
  const { data, error, refetch } = useQuery(matchQuery(matchId));
  const { match } = useTexts();
  if (data) return <Match match={data} />;
  if (error instanceof ApiProblem && error.status === 404) return <Over />;
  return (
    <div className="grid min-h-[calc(100dvh-var(--offline,0px))] place-items-center">
      {error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()}>
          <KeepLooking words={match.keepLooking} />
        </ErrorPanel>
      ) : (
        <Skeleton className="grid w-full max-w-100 justify-items-center gap-6 px-6">
          <Bone className="h-30 w-52 rounded-full" />
          <Bone className="h-11 w-64" />
          <Bone className="h-40 w-full" />
        </Skeleton>
      )}
    </div>
  );
}

function Match({ match: { id, user } }: { match: Schemas["MatchCard"] }) {
  const { match } = useTexts();
  const { list } = useFormats();
  const navigate = useNavigate();
  const box = useRef<HTMLTextAreaElement>(null);
  const shared = sharedOf(user);
  const title = match.title(user.display_name);
  const unbroken = match.title(user.display_name.replaceAll(" ", "\u00a0"));
  usePageTitle(title);

  const choose = (line: string) => {
    kept.keepDraft(id, line);
    box.current?.focus();
  };
  return (
    <div
      data-theme="light"
      className="grid min-h-[calc(100dvh-var(--offline,0px))] place-items-center bg-pine px-7 py-8 text-on-pine"
    >
      <div className="grid w-full max-w-100 gap-5 [overflow-wrap:anywhere]">
        <Portraits user={user} />
        <div className="grid gap-3 text-center">
          <h1 className="text-hero">{unbroken}</h1>
          <p className="text-white/90">
            {shared.length > 0 && <span className="block">{match.share(list(shared.slice(0, 3)))}</span>}
            {match.easyWay}
          </p>
        </div>
        <FirstLines person={user} onChoose={choose} onPine />
        <MessageBox
          matchId={id}
          name={user.display_name}
          box={box}
          onSend={() => void navigate(`/chats/${id}`, { replace: true })}
        />
        <KeepLooking words={match.keepLooking} className="justify-self-center text-white hover:bg-white/12" />
      </div>
    </div>
  );
}

function KeepLooking({ words, className }: { words: string; className?: string }) {
  const navigate = useNavigate();
  const onClick = () => (history.state?.idx > 0 ? navigate(-1) : navigate("/discover", { replace: true }));
  return (
    <Button kind="quiet" className={className} onClick={() => void onClick()}>
      {words}
    </Button>
  );
}

function Over() {
  const { match } = useTexts();
  usePageTitle(match.goneTitle);
  return (
    <div className="grid min-h-[calc(100dvh-var(--offline,0px))] place-content-center justify-items-center gap-3 p-6 text-center">
      <h1 className="text-head">{match.goneTitle}</h1>
      <p className="text-ink-2">{match.goneText}</p>
      <KeepLooking words={match.keepLooking} className="mt-2" />
    </div>
  );
}
