import { ChevronLeft } from "lucide-react";
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import type { Message } from "../conversation/history";
import { Portrait } from "../design/PhotoImage";
import { sharedOf } from "../profile/shown";
import { useTexts } from "../texts";

// Seldom used, and large.
const Menu = lazy(() => import("./Menu"));

type Person = Schemas["PersonCard"];
type HeadProps = { matchId: string; person: Person; messages: readonly Message[]; ended: boolean };

/** With whom one writes, and what can be done about it. */
export function Head({ matchId, person, messages, ended }: HeadProps) {
  const { common, chat } = useTexts();
  const name = person.display_name;
  const who = (
    <>
      <Portrait src={person.image_urls[0]} name={name} className="size-11" />
      <span className="min-w-0">
        <h2 className="truncate text-lead leading-6">{name}</h2>
        <Line person={person} />
      </span>
    </>
  );
  const place = "flex min-h-14 min-w-0 grow items-center gap-3 rounded-medium px-1.5";
  return (
    <header className="flex min-h-18 items-center gap-1 border-b border-line bg-surface px-2 desk:px-4">
      <Link
        to="/chats"
        aria-label={common.back}
        title={common.back}
        className="grid size-11 shrink-0 place-items-center rounded-full text-ink-2 hover:bg-sunk desk:hidden"
      >
        <ChevronLeft aria-hidden size={26} strokeWidth={2.1} />
      </Link>
      {person.gone || ended ? (
        <div className={place}>{who}</div>
      ) : (
        <Link to={`/people/${person.id}`} title={chat.profileOf(name)} className={place}>
          {who}
        </Link>
      )}
      <Suspense fallback={<span className="size-11 shrink-0" />}>
        <Menu matchId={matchId} person={person} messages={messages} ended={ended} />
      </Suspense>
    </header>
  );
}

/** How far, and what both like: only what the API gives. */
function Line({ person }: { person: Person }) {
  const { common, chat } = useTexts();
  const shared = sharedOf(person).slice(0, 2);
  const words = person.gone
    ? [chat.gone]
    : [
        person.distance_band ? common.away[person.distance_band] : undefined,
        shared.length > 0 ? chat.bothInto(shared.join(", ")) : undefined,
      ].filter((part) => part !== undefined);
  return words.length > 0 && <span className="block truncate text-note text-ink-2">{words.join(" · ")}</span>;
}
