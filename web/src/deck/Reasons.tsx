import { Sparkles } from "lucide-react";
import { classes } from "../design/classes";
import { sharedOf } from "../profile/shown";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { Person } from "./calls";

/** At most two reasons on the photo: what both share, and how much more. */
export function Reasons({ person }: { person: Person }) {
  const { deck } = useTexts();
  const { number } = useFormats();
  const [first, ...others] = sharedOf(person);
  if (first === undefined) return null;
  return (
    <p className="pointer-events-none absolute inset-x-4 bottom-4 flex gap-2 scheme-light">
      <span className={classes(SHAPE, "min-w-0")}>
        <Sparkles aria-hidden size={16} strokeWidth={2.1} className="shrink-0 text-pine-text" />
        <span className="truncate">{deck.bothLike(first)}</span>
      </span>
      {others.length > 0 && (
        <span className={classes(SHAPE, "shrink-0")}>
          <span aria-hidden>+{number(others.length)}</span>
          <span className="sr-only">{deck.andMore(number(others.length))}</span>
        </span>
      )}
    </p>
  );
}

const SHAPE =
  "inline-flex items-center gap-1.5 rounded-full bg-surface/94 px-3 py-1.5 text-note font-semibold text-ink";
