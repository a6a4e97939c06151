import { useQuery } from "@tanstack/react-query";
import { Clock, type LucideIcon, MapPin, Sparkles } from "lucide-react";
import { Link } from "react-router";
import { answer, api } from "../api/client";
import { sharedOf } from "../profile/shown";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { Person } from "./calls";

const MANY = 50;

const receivedQuery = {
  queryKey: ["received"],
  queryFn: () => answer(api.GET("/api/v1/likes/received", { params: { query: { limit: MANY } } })),
};

/** "Why this person", and who waits; beside the card from 1,200 px. */
export function Why({ person }: { person: Person | undefined }) {
  return (
    <aside className="hidden h-dvh content-start gap-7 overflow-y-auto border-l border-line p-6 pt-7 wide:grid">
      {person && <Reasoning person={person} />}
      <Waiting />
    </aside>
  );
}

function Reasoning({ person }: { person: Person }) {
  const { common, deck } = useTexts();
  const { list, number } = useFormats();
  const shared = sharedOf(person);
  return (
    <section className="grid gap-4">
      <h2 className="text-lead">{deck.why(person.display_name)}</h2>
      {shared.length > 0 && (
        <Point Icon={Sparkles} title={deck.inCommon(shared.length, number(shared.length))} text={list(shared)} />
      )}
      {person.distance_band && (
        <Point Icon={MapPin} title={deck.away(common.away[person.distance_band])} text={deck.onlyZip} />
      )}
      <Point Icon={Clock} title={deck.activeTitle[person.last_active]} text={deck.activeNote} />
    </section>
  );
}

function Point({ Icon, title, text }: { Icon: LucideIcon; title: string; text: string }) {
  return (
    <div className="flex gap-3">
      <span className="grid size-10 shrink-0 place-items-center rounded-small bg-pine-soft text-pine-text">
        <Icon aria-hidden size={20} strokeWidth={2.1} />
      </span>
      <div>
        <p className="font-semibold first-letter:uppercase">{title}</p>
        <p className="text-note text-ink-2 first-letter:uppercase">{text}</p>
      </div>
    </div>
  );
}

function Waiting() {
  const { deck } = useTexts();
  const { number } = useFormats();
  const { data } = useQuery(receivedQuery);
  const count = data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Link to="/said-hi" className="block rounded-medium bg-sun-soft p-4.5 text-ink transition hover:shadow-card">
      <h2 className="text-lead">{deck.waiting}</h2>
      <p className="mt-1 text-note text-ink-2">
        {deck.waitingText(count, number(count) + (data?.next_cursor ? "+" : ""))}
      </p>
    </Link>
  );
}
