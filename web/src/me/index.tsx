import { useQuery } from "@tanstack/react-query";
import { Settings } from "lucide-react";
import { Link } from "react-router";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { asOthersSee } from "../profile/shown";
import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";
import { Incomplete } from "./Incomplete";
import { OwnCard } from "./OwnCard";
import { Paused } from "./Paused";
import { Ways } from "./Ways";

/** Oneself, exactly as others see it, and the ways to change it. */
export function Component() {
  const { me: texts, common } = useTexts();
  const { data: me, error, refetch } = useQuery(meQuery);
  return (
    <div className="mx-auto max-w-250">
      <PageHead title={texts.title}>
        <Button kind="quiet" size="small" asChild className="desk:hidden">
          <Link to="/me/edit">{texts.edit}</Link>
        </Button>
        <Link
          to="/settings"
          aria-label={common.settings}
          title={common.settings}
          className="grid size-11 place-items-center rounded-full text-ink-2 hover:bg-sunk hover:text-ink desk:hidden"
        >
          <Settings aria-hidden size={22} strokeWidth={2.1} />
        </Link>
      </PageHead>
      {!me && (error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Loading />)}
      {me && (
        <div className="grid items-start gap-5 px-4 pb-8 pad:px-6 desk:grid-cols-[minmax(0,500px)_1fr] desk:gap-8">
          <OwnCard shown={asOthersSee(me)} onStale={() => void refetch()} />
          <div className="grid gap-4">
            {me.missing.length > 0 && <Incomplete missing={me.missing} />}
            {me.paused && <Paused />}
            <Ways me={me} />
          </div>
        </div>
      )}
    </div>
  );
}

function Loading() {
  return (
    <Skeleton className="grid items-start gap-5 px-4 pad:px-6 desk:grid-cols-[minmax(0,500px)_1fr] desk:gap-8">
      <Bone className="aspect-[4/5] rounded-large" />
      <div className="grid gap-3">
        <Bone className="h-18 rounded-medium" />
        <Bone className="h-18 rounded-medium" />
        <Bone className="h-18 rounded-medium" />
      </div>
    </Skeleton>
  );
}
