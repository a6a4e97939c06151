import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";

const TONES = { pine: "bg-pine-soft text-pine-text", sun: "bg-sun-soft text-ink" };

type EmptyProps = {
  Icon: LucideIcon;
  title: string;
  text: string;
  tone?: keyof typeof TONES;
  /** The way out. */
  children?: ReactNode;
  className?: string;
};

/** Nothing is here yet: what would be, and what to do. */
export function Empty({ Icon, title, text, tone = "pine", children, className }: EmptyProps) {
  return (
    <div className={classes("grid justify-items-center gap-3 px-6 text-center", className)}>
      <span className={classes("mb-1 grid size-18 place-items-center rounded-full", TONES[tone])}>
        <Icon aria-hidden size={32} strokeWidth={2.1} />
      </span>
      <h2 className="text-title">{title}</h2>
      <p className="max-w-95 text-ink-2">{text}</p>
      {children}
    </div>
  );
}
