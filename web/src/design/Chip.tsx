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
      {shared && <Check aria-hidden size={15} strokeWidth={2.4} />}
      {children}
    </span>
  );
}

type ToggleProps = { pressed: boolean; onToggle: () => void; children: ReactNode };

/** A chip to choose; a chosen one is pine and goes away by its cross. */
export function ToggleChip({ pressed, onToggle, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onToggle}
      className={classes(
        "inline-flex min-h-11 items-center gap-1.5 rounded-full border px-4 text-note font-medium transition",
        pressed ? "border-pine bg-pine text-on-pine" : "border-edge bg-surface text-ink hover:bg-sunk",
      )}
    >
      {children}
      {pressed && <X aria-hidden size={15} strokeWidth={2.4} />}
    </button>
  );
}
