import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight, Hand } from "lucide-react";
import { Link } from "react-router";
import { answer, api, type Schemas } from "../api/client";
import { renewIn } from "../api/presigned";
import { Button } from "../design/Button";
import { Empty } from "../design/Empty";
import { ErrorPanel } from "../design/ErrorPanel";
import { Portrait } from "../design/PhotoImage";
import { Bone, Skeleton } from "../design/Skeleton";
import { nameAndAge, sharedOf, whereOf } from "../profile/shown";
import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

const hellosQuery = infiniteQueryOptions({
  queryKey: ["hellos"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET("/api/v1/likes/received", {
        signal,
        params: { query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } },
      }),
    ),
  initialPageParam: "",
  getNextPageParam: (page) => page.next_cursor ?? undefined,
  select: ({ pages }) => pages.flatMap(({ items }) => items),
  refetchInterval: ({ state }) =>
    renewIn(state.data?.pages.flatMap(({ items }) => items.flatMap(({ image_urls }) => image_urls)) ?? []),
});

/** Those who said hi and wait for an answer. */
export function Component() {
  const { hellos } = useTexts();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(hellosQuery);
  return (
    <div className="mx-auto max-w-160">
      <PageHead title={hellos.title} back="/me" />
      {!data && (error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Loading />)}
      {data?.length === 0 && <Nobody />}
      {data && data.length > 0 && (
        <div className="grid grid-cols-1 gap-4 px-4 pt-1 pb-8 pad:px-6">
          <p className="text-ink-2">{hellos.lead}</p>
          <ul className="grid grid-cols-1 gap-2.5">
            {data.map((person) => (
              <Hello key={person.id} person={person} />
            ))}
          </ul>
          {hasNextPage && (
            <Button className="justify-self-center" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {hellos.more}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Hello({ person }: { person: Schemas["PersonCard"] }) {
  const { hellos, common } = useTexts();
  const { list } = useFormats();
  const shared = sharedOf(person).slice(0, 3);
  const where = whereOf(person, common);
  return (
    <li>
      <Link
        to={`/people/${person.id}`}
        className="flex items-center gap-3.5 rounded-medium border border-line bg-surface p-3.5 text-ink hover:bg-sunk"
      >
        <Portrait src={person.image_urls[0]} name={person.display_name} className="size-16 ring-3 ring-sun" />
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold">{nameAndAge(person)}</span>
          <span className="block truncate text-note text-ink-2">{where}</span>
          {shared.length > 0 && (
            <span className="block text-note font-medium text-pine-text">{hellos.share(list(shared))}</span>
          )}
        </span>
        <ChevronRight aria-hidden size={20} strokeWidth={2.1} className="shrink-0 text-ink-2" />
      </Link>
    </li>
  );
}

function Nobody() {
  const { hellos } = useTexts();
  return (
    <Empty Icon={Hand} tone="sun" title={hellos.empty} text={hellos.emptyText} className="py-16">
      <Button kind="main" asChild className="mt-2">
        <Link to="/discover">{hellos.toDeck}</Link>
      </Button>
    </Empty>
  );
}

function Loading() {
  return (
    <Skeleton className="grid gap-2.5 px-4 pt-10 pad:px-6">
      <Bone className="h-24 rounded-medium" />
      <Bone className="h-24 rounded-medium" />
      <Bone className="h-24 rounded-medium" />
    </Skeleton>
  );
}
