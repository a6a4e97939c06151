import { ChevronRight, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

/** A list of ways on, one below the other on one sheet. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-medium border border-line bg-surface">{children}</ul>
  );
}

type RowProps = { title: string; note?: ReactNode; Icon?: LucideIcon; end?: ReactNode };

/** How a row looks: an icon, what it is, what it says now. */
export function RowLook({ title, note, Icon, end }: RowProps) {
  return (
    <span className="flex min-h-17 items-center gap-3.5 px-4 py-3 hover:bg-sunk/60">
      {Icon && (
        <span className="grid size-10 shrink-0 place-items-center rounded-small bg-pine-soft text-pine-text">
          <Icon aria-hidden size={20} strokeWidth={2.1} />
        </span>
      )}
      <span className="min-w-0 grow">
        <span className="block font-semibold text-ink">{title}</span>
        {note && <span className="block text-note text-ink-2 [overflow-wrap:anywhere]">{note}</span>}
      </span>
      {end}
    </span>
  );
}

/** A row that leads to a page. */
export function LinkRow({ to, ...row }: RowProps & { to: string }) {
  return (
    <li>
      <Link to={to} className="block -outline-offset-3">
        <RowLook
          {...row}
          end={<ChevronRight aria-hidden size={20} strokeWidth={2.1} className="shrink-0 text-ink-2" />}
        />
      </Link>
    </li>
  );
}
