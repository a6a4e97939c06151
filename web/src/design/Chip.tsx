import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";

/** A hobby or an interest; `shared` ones are pine and ticked. */
export function Chip({ shared, children }: { shared?: boolean; children: ReactNode }) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-1.5 rounded-full px-3 py-1 text-note font-medium",
        shared ? "bg-pine-soft text-pine-text" : "bg-sunk text-ink",
      )}
    >
      {shared && <Check aria-hidden size={15} strokeWidth={2.4} className="shrink-0" />}
      <Name>{children}</Name>
    </span>
  );
}

/** Tags are kept in small letters; here they begin with a capital. */
function Name({ children }: { children: ReactNode }) {
  return <span className="inline-block min-w-0 [overflow-wrap:anywhere] first-letter:uppercase">{children}</span>;
}

type ToggleProps = { pressed: boolean; onToggle: () => void; children: ReactNode };

/** A chip to choose; a chosen one is pine and goes away by its cross. */
export function ToggleChip({ pressed, onToggle, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      // The focus stays where it is: a click in the middle of typing doesn't end the typing.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onToggle}
      className={classes(
        "inline-flex min-h-11 items-center gap-1.5 rounded-full border px-4 text-note font-medium transition",
        pressed ? "border-pine bg-pine text-on-pine" : "border-edge bg-surface text-ink hover:bg-sunk",
      )}
    >
      <Name>{children}</Name>
      {pressed && <X aria-hidden size={15} strokeWidth={2.4} className="shrink-0" />}
    </button>
  );
}
