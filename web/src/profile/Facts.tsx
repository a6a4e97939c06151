import { Clock, MapPin } from "lucide-react";
import { Chip } from "../design/Chip";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { type Shown, sharedOf, whereOf } from "./shown";

/** Place with its distance band, and when they were last here. */
export function WhereAndWhen({ of }: { of: Shown }) {
  const { common } = useTexts();
  const where = whereOf(of, common);
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
        {common.active[of.last_active]}
      </span>
    </p>
  );
}

/** The name, with the age if it was told. */
export function NameAndAge({ of }: { of: Shown }) {
  const { number } = useFormats();
  return (
    <>
      <bdi>{of.display_name}</bdi>
      {of.age != null && (
        <span className="ml-2 font-body text-title font-normal tracking-normal text-ink-2">{number(of.age)}</span>
      )}
    </>
  );
}

/** What they say of themselves, in the direction of its own script. */
export function Bio({ of }: { of: Pick<Shown, "bio"> }) {
  return of.bio ? (
    <p dir="auto" className="whitespace-pre-line [overflow-wrap:anywhere]">
      {of.bio}
    </p>
  ) : null;
}

/** What both like. */
export function SharedTags({ of }: { of: Shown }) {
  const { profile } = useTexts();
  return <TagList title={profile.shared} tags={sharedOf(of)} shared />;
}

/** What else they like. */
export function OtherTags({ of }: { of: Shown }) {
  const { profile } = useTexts();
  const both = sharedOf(of);
  const others = (tags: readonly string[]) => tags.filter((tag) => !both.includes(tag));
  return (
    <>
      <TagList title={profile.hobbies} tags={others(of.hobbies)} />
      <TagList title={profile.interests} tags={others(of.interests)} />
    </>
  );
}

type TagListProps = { title: string; tags: readonly string[]; shared?: boolean };

function TagList({ title, tags, shared = false }: TagListProps) {
  if (tags.length === 0) return null;
  return (
    <section className="grid gap-2">
      <h3 className="font-body text-note tracking-normal text-ink-2">{title}</h3>
      <p className="flex flex-wrap gap-2">
        {tags.map((tag) => (
          <Chip key={tag} shared={shared}>
            {tag}
          </Chip>
        ))}
      </p>
    </section>
  );
}
