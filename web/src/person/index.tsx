import { useQuery } from "@tanstack/react-query";
import { Ban, Flag } from "lucide-react";
import { useState } from "react";
import { Link, Navigate, useNavigate, useParams } from "react-router";
import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import { personQuery } from "../api/queries";
import { useSession } from "../api/session";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { Carousel } from "../profile/Carousel";
import { Bio, NameAndAge, OtherTags, SharedTags, WhereAndWhen } from "../profile/Facts";
import { BlockDialog } from "../safety/BlockDialog";
import { ReportDialog } from "../safety/ReportDialog";
import { PageHead, usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { Decide } from "./Decide";

/** Somebody's profile. */
export function Component() {
  const { person: words } = useTexts();
  const { userId = "" } = useParams();
  const state = useSession();
  const { data, error, refetch } = useQuery(personQuery(userId));
  if (state.status === "in" && state.userId === userId) return <Navigate to="/me" replace />;
  const gone = error instanceof ApiProblem && error.status === 404;
  const person = data && "last_active" in data ? data : undefined;
  return (
    <div className="mx-auto flex min-h-dvh max-w-160 flex-col desk:max-w-250">
      <PageHead title={words.title} back="/discover" />
      {gone && <Gone />}
      {!person && !gone && (error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Loading />)}
      {person && !gone && <Profile person={person} onStale={() => void refetch()} />}
    </div>
  );
}

function Profile({ person, onStale }: { person: Schemas["PersonCard"]; onStale: () => void }) {
  usePageTitle(person.display_name);
  return (
    <>
      <div className="grid grow content-start gap-6 px-4 pb-6 pad:px-6 desk:grid-cols-2 desk:gap-8">
        <Carousel
          name={person.display_name}
          urls={person.image_urls}
          className="aspect-[4/5] max-h-[70dvh] w-full rounded-large border border-line shadow-card"
          onFail={onStale}
        />
        <div className="grid content-start gap-5">
          <div className="grid gap-2">
            <h2 className="text-head [overflow-wrap:anywhere]">
              <NameAndAge of={person} />
            </h2>
            <WhereAndWhen of={person} />
          </div>
          <SharedTags of={person} />
          <Bio of={person} />
          <OtherTags of={person} />
          <Safety person={person} />
        </div>
      </div>
      <Decide key={person.id} person={person} />
    </>
  );
}

function Safety({ person }: { person: Schemas["PersonCard"] }) {
  const { safety } = useTexts();
  const navigate = useNavigate();
  const [asking, ask] = useState<"block" | "report">();
  const away = () => void navigate("/discover", { replace: true });
  const close = () => ask(undefined);
  return (
    <div className="-ml-3 flex flex-wrap gap-1">
      <Button kind="dangerQuiet" size="small" onClick={() => ask("block")}>
        <Ban aria-hidden size={18} strokeWidth={2.1} />
        {safety.block.action}
      </Button>
      <Button kind="dangerQuiet" size="small" onClick={() => ask("report")}>
        <Flag aria-hidden size={18} strokeWidth={2.1} />
        {safety.report.action}
      </Button>
      <BlockDialog person={person} open={asking === "block"} onOpenChange={close} onDone={away} />
      <ReportDialog person={person} open={asking === "report"} onOpenChange={close} onBlocked={away} />
    </div>
  );
}

function Gone() {
  const { person } = useTexts();
  return (
    <div className="m-auto grid max-w-md justify-items-center gap-3 p-6 text-center">
      <h2 className="text-title">{person.gone}</h2>
      <p className="text-ink-2">{person.goneText}</p>
      <Button kind="main" asChild className="mt-2">
        <Link to="/discover">{person.toDeck}</Link>
      </Button>
    </div>
  );
}

function Loading() {
  return (
    <Skeleton className="grid gap-6 px-4 pad:px-6 desk:grid-cols-2 desk:gap-8">
      <Bone className="aspect-[4/5] max-h-[70dvh] w-full rounded-large" />
      <div className="grid content-start gap-4">
        <Bone className="h-9 w-48" />
        <Bone className="h-5 w-64" />
        <Bone className="h-24" />
      </div>
    </Skeleton>
  );
}
