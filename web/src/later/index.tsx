import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { laterQuery } from "../api/queries";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";
import { PutAside } from "./PutAside";

/** People put aside without a verdict. */
export function Component() {
  const { deck } = useTexts();
  const { laterPage } = deck;
  const { data, error, refetch } = useQuery(laterQuery);
  return (
    <div className="mx-auto max-w-160">
      <PageHead title={laterPage.title} back="/discover" />
      <p className="px-4 pb-4 text-ink-2 pad:px-6">{laterPage.lead}</p>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <div className="grid justify-items-center gap-4 px-6 py-16 text-center">
          <p className="max-w-90 text-ink-2">{laterPage.empty}</p>
          <Button kind="main" asChild>
            <Link to="/discover">{laterPage.toDeck}</Link>
          </Button>
        </div>
      )}
      <ul className="grid grid-cols-1 gap-2 px-4 pb-6 pad:px-6">
        {data?.items.map((person) => (
          <PutAside key={person.id} person={person} />
        ))}
      </ul>
    </div>
  );
}

function Loading() {
  return (
    <Skeleton className="grid gap-2 px-4 pad:px-6">
      <Bone className="h-36 rounded-medium" />
      <Bone className="h-36 rounded-medium" />
      <Bone className="h-36 rounded-medium" />
    </Skeleton>
  );
}
