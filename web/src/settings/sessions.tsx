import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { answer, api, type Schemas } from "../api/client";
import { session } from "../api/session";
import { Button } from "../design/Button";
import { ConfirmDialog } from "../design/Dialog";
import { Notice } from "../design/Notice";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { Listing } from "./Listing";
import { sessionsList } from "./lists";
import { SubPage } from "./SubPage";
import { useRemoval } from "./useRemoval";
import { useTexts } from "./words";

/** Where one is logged in. */
export function Component() {
  const texts = useTexts();
  const { sessions, empty } = texts.settings;
  const query = useInfiniteQuery(sessionsList);
  const end = useRemoval(sessionsList.queryKey, "id", (id) =>
    answer(api.DELETE("/api/v1/sessions/{id}", { params: { path: { id } } })),
  );
  return (
    <SubPage title={sessions.title} lead={sessions.lead}>
      {end.error && (
        <Notice tone="ember" role="alert">
          {problemText(end.error, texts).text}
        </Notice>
      )}
      <Listing query={query} empty={empty}>
        {(card) => <Device key={card.id} card={card} onEnd={() => end.mutate(card.id)} />}
      </Listing>
      <EndAll />
    </SubPage>
  );
}

function Device({ card, onEnd }: { card: Schemas["SessionCard"]; onEnd: () => void }) {
  const { sessions } = useTexts().settings;
  const { moment, date } = useFormats();
  return (
    <li className="flex items-center gap-3.5 px-4 py-3.5">
      <MonitorSmartphone aria-hidden size={22} strokeWidth={2.1} className="shrink-0 text-pine-text" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 font-semibold">
          {card.device}
          {card.current && (
            <span className="rounded-full bg-pine-soft px-2.5 py-0.5 text-small text-pine-text">{sessions.here}</span>
          )}
        </p>
        <p className="text-note text-ink-2">{sessions.used(moment(card.last_used_at))}</p>
        <p className="text-note text-ink-2">{sessions.since(date(card.created_at))}</p>
      </div>
      {!card.current && (
        <Button size="small" aria-label={sessions.endName(card.device)} onClick={onEnd}>
          {sessions.end}
        </Button>
      )}
    </li>
  );
}

function EndAll() {
  const texts = useTexts();
  const { sessions } = texts.settings;
  const [asking, ask] = useState(false);
  const endAll = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/logout/all")),
    onSuccess: () => session.drop(),
  });
  return (
    <>
      <Button kind="dangerQuiet" className="justify-self-start" onClick={() => ask(true)}>
        {sessions.all}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={ask}
        title={sessions.allTitle}
        text={sessions.allText}
        action={sessions.all}
        danger
        busy={endAll.isPending}
        onConfirm={() => endAll.mutate()}
      >
        {endAll.error && (
          <p role="alert" className="mt-4 text-ember-text">
            {problemText(endAll.error, texts).text}
          </p>
        )}
      </ConfirmDialog>
    </>
  );
}
