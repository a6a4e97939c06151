import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";

const TONES = {
  pine: "bg-pine-soft text-pine-text",
  sun: "bg-sun-soft text-ink",
  ember: "bg-ember-soft text-ember-text",
};

type NoticeProps = { tone: keyof typeof TONES; Icon?: LucideIcon; children: ReactNode; role?: "alert" | "status" };

/** A few lines that stand out. */
export function Notice({ tone, Icon, children, role }: NoticeProps) {
  return (
    <div role={role} className={classes("flex gap-3 rounded-medium px-4 py-3.5", TONES[tone])}>
      {Icon && <Icon aria-hidden size={20} strokeWidth={2.1} className="mt-0.5 shrink-0" />}
      <div className="grid min-w-0 grow gap-2">{children}</div>
    </div>
  );
}
