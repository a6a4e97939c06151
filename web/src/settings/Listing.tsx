import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { useTexts } from "./words";

type ListingProps<T> = {
  query: Pick<
    UseInfiniteQueryResult<T[]>,
    "data" | "error" | "refetch" | "hasNextPage" | "fetchNextPage" | "isFetchingNextPage"
  >;
  empty: string;
  children: (item: T) => ReactNode;
};

/** A list with its skeleton, its empty state and its next pages. */
export function Listing<T>({ query, empty, children }: ListingProps<T>) {
  const { settings } = useTexts();
  const { data, error, refetch } = query;
  if (!data) return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Loading />;
  if (data.length === 0) return <p className="rounded-medium bg-sunk px-4 py-6 text-center text-ink-2">{empty}</p>;
  return (
    <div className="grid gap-4">
      <ul className="divide-y divide-line rounded-medium border border-line bg-surface">{data.map(children)}</ul>
      {query.hasNextPage && (
        <Button
          className="justify-self-center"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {settings.more}
        </Button>
      )}
    </div>
  );
}

function Loading() {
  return (
    <Skeleton className="grid gap-2">
      <Bone className="h-18 rounded-medium" />
      <Bone className="h-18 rounded-medium" />
      <Bone className="h-18 rounded-medium" />
    </Skeleton>
  );
}
