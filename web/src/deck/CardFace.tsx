import { Chip } from "../design/Chip";
import { NameAndAge, WhereAndWhen } from "../profile/Facts";
import { sharedOf } from "../profile/shown";
import { useTexts } from "../texts";
import { CardPhotos } from "./CardPhotos";
import type { Person } from "./calls";

type CardFaceProps = { person: Person; inHand: boolean; onMore: () => void };

/** Everything on a card. */
export function CardFace({ person, inHand, onMore }: CardFaceProps) {
  const { deck } = useTexts();
  return (
    <div className="flex h-full flex-col overflow-hidden rounded-large border border-line bg-surface shadow-card">
      <CardPhotos person={person} inHand={inHand} />
      <div className="relative grid gap-2 px-5 pt-4 pb-5">
        <h2 className="truncate text-head">
          <NameAndAge of={person} />
        </h2>
        <WhereAndWhen of={person} />
        {person.bio && (
          <p dir="auto" className="line-clamp-2 text-body [overflow-wrap:anywhere]">
            {person.bio}
          </p>
        )}
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
