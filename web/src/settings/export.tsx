import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, PackageCheck } from "lucide-react";
import { answer, api, type Schemas } from "../api/client";
import { renewIn } from "../api/presigned";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { Notice } from "../design/Notice";
import { Bone, Skeleton } from "../design/Skeleton";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { SubPage } from "./SubPage";
import { sizeOf } from "./size";
import { useTexts } from "./words";

const exportQuery = queryOptions({
  queryKey: ["settings", "export"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/me/export", { signal })),
  refetchInterval: ({ state }) =>
    state.data?.status === "waiting" ? 2500 : renewIn(state.data?.url ? [state.data.url] : []),
});

/** A copy of everything: asked for, made, fetched. */
export function Component() {
  const texts = useTexts();
  const { export: words } = texts.settings;
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(exportQuery);
  const ask = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/me/export")),
    onSuccess: (state) => client.setQueryData(exportQuery.queryKey, state),
  });
  return (
    <SubPage title={words.title} lead={words.lead}>
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Skeleton>
          <Bone className="h-24 rounded-medium" />
        </Skeleton>
      )}
      {data && <State of={data} />}
      {ask.error && (
        <Notice tone="ember" role="alert">
          {problemText(ask.error, texts).text}
        </Notice>
      )}
      {data && data.status !== "waiting" && (
        <Button
          kind={data.status === "ready" ? "plain" : "main"}
          className="justify-self-start"
          disabled={ask.isPending}
          onClick={() => ask.mutate()}
        >
          {data.status === "ready" ? words.askAgain : words.ask}
        </Button>
      )}
    </SubPage>
  );
}

function State({ of: state }: { of: Schemas["ExportAnswer"] }) {
  const { export: words } = useTexts().settings;
  const { moment, date } = useFormats();
  const size = sizeOf(state.size ?? 0);
  if (state.status === "none") return null;
  if (state.status === "failed") return <Notice tone="ember">{words.failed}</Notice>;
  return (
    <div role="status">
      <Notice tone="pine" Icon={PackageCheck}>
        <p>{state.status === "waiting" ? words.waiting : words.ready(date(state.expires_at ?? ""))}</p>
        {state.asked_at && <p className="text-note">{words.asked(moment(state.asked_at))}</p>}
        {state.status === "waiting" && (
          <div className="h-2 animate-pulse rounded-full bg-pine motion-reduce:animate-none" />
        )}
        {state.url && (
          <Button kind="main" asChild className="justify-self-start">
            <a href={state.url} download>
              <Download aria-hidden size={20} strokeWidth={2.1} />
              {words.download(size)}
            </a>
          </Button>
        )}
      </Notice>
    </div>
  );
}
