import { Link } from "react-router";
import { Button } from "../design/Button";
import { Chip } from "../design/Chip";
import { Dialog } from "../design/Dialog";
import { Bio, WhereAndWhen } from "../profile/Facts";
import { nameAndAge } from "../profile/shown";
import { useTexts } from "../texts";
import type { Person } from "./calls";

type DetailsProps = { person: Person; open: boolean; onOpenChange: (open: boolean) => void };

/** All there is to read about the person on the card. */
export function Details({ person, open, onOpenChange }: DetailsProps) {
  const { deck } = useTexts();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={nameAndAge(person)}>
      <div className="mt-2 grid gap-5">
        <WhereAndWhen of={person} />
        <Bio of={person} />
        <Tags title={deck.hobbies} tags={person.hobbies} shared={person.shared_hobbies} />
        <Tags title={deck.interests} tags={person.interests} shared={person.shared_interests} />
        <Button asChild>
          <Link to={`/people/${person.id}`}>{deck.fullProfile}</Link>
        </Button>
      </div>
    </Dialog>
  );
}

function Tags({ title, tags, shared }: { title: string; tags: readonly string[]; shared: readonly string[] }) {
  if (tags.length === 0) return null;
  const others = tags.filter((tag) => !shared.includes(tag));
  return (
    <section className="grid gap-2">
      <h3 className="text-body">{title}</h3>
      <p className="flex flex-wrap gap-2">
        {shared.map((tag) => (
          <Chip key={tag} shared>
            {tag}
          </Chip>
        ))}
        {others.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
      </p>
    </section>
  );
}
