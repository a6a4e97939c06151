import { Clock, MapPin } from "lucide-react";
import { Chip } from "../design/Chip";
import { useTexts } from "../texts";
import { CardPhotos } from "./CardPhotos";
import type { Person } from "./calls";
import { sharedOf } from "./Reasons";

type CardFaceProps = { person: Person; inHand: boolean; onMore: () => void };

/** Everything on a card. */
export function CardFace({ person, inHand, onMore }: CardFaceProps) {
  const { deck } = useTexts();
  return (
    <div className="flex h-full flex-col overflow-hidden rounded-large border border-line bg-surface shadow-card">
      <CardPhotos person={person} inHand={inHand} />
      <div className="relative grid gap-2 px-5 pt-4 pb-5">
        <h2 className="truncate text-head">
          {person.display_name}
          {person.age != null && (
            <span className="ml-2 font-body text-title font-normal tracking-normal text-ink-2">{person.age}</span>
          )}
        </h2>
        <WhereAndWhen person={person} />
        {person.bio && <p className="line-clamp-2 text-body">{person.bio}</p>}
        <Tags person={person} />
        {inHand && (
          <button
            type="button"
            aria-label={deck.moreAbout(person.display_name)}
            className="absolute inset-0 rounded-b-large -outline-offset-4"
            onClick={onMore}
          />
        )}
      </div>
    </div>
  );
}

/** Place, distance band and last-active band. */
export function WhereAndWhen({ person }: { person: Person }) {
  const { common } = useTexts();
  const where = [person.place, person.distance_band && common.away[person.distance_band]].filter(Boolean).join(" · ");
  return (
    <p className="flex flex-wrap gap-x-4 text-note text-ink-2">
      {where && (
        <span className="inline-flex items-center gap-1.5">
          <MapPin aria-hidden size={16} strokeWidth={2.1} className="shrink-0" />
          {where}
        </span>
      )}
      <span className="inline-flex items-center gap-1.5">
        <Clock aria-hidden size={16} strokeWidth={2.1} className="shrink-0" />
        {common.active[person.last_active]}
      </span>
    </p>
  );
}

/** Shared ones first; as many rows as there is room for. */
function Tags({ person }: { person: Person }) {
  const shared = sharedOf(person);
  const others = [...person.hobbies, ...person.interests].filter((tag) => !shared.includes(tag));
  return (
    <p className="flex max-h-7.5 flex-wrap gap-2 overflow-hidden [@media(min-height:660px)]:max-h-16.5 [@media(min-height:760px)]:max-h-26">
      {shared.map((tag) => (
        <Chip key={tag} shared>
          {tag}
        </Chip>
      ))}
      {others.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
    </p>
  );
}
