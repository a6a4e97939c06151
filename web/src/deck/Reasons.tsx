import { Sparkles } from "lucide-react";
import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { Person } from "./calls";

/** Hobbies before interests, as the server ranks neither. */
export const sharedOf = (person: Person) => [...person.shared_hobbies, ...person.shared_interests];

/** At most two reasons on the photo: what both share, and how much more. */
export function Reasons({ person }: { person: Person }) {
  const { deck } = useTexts();
  const { number } = useFormats();
  const [first, ...others] = sharedOf(person);
  if (first === undefined) return null;
  return (
    <p className="pointer-events-none absolute inset-x-4 bottom-4 flex gap-2 scheme-light">
      <Reason text={deck.bothLike(first)} icon />
      {others.length > 0 && <Reason text={deck.andMore(number(others.length))} whole />}
    </p>
  );
}

function Reason({ text, icon, whole }: { text: string; icon?: boolean; whole?: boolean }) {
  return (
    <span
      className={classes(
        whole && "shrink-0",
        "inline-flex min-w-0 items-center gap-1.5 rounded-full bg-surface/94 px-3 py-1.5 text-note font-semibold text-ink",
      )}
    >
      {icon && <Sparkles aria-hidden size={16} strokeWidth={2.1} className="shrink-0 text-pine-text" />}
      <span className="truncate">{text}</span>
    </span>
  );
}
