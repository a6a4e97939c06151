import type { ReactNode } from "react";
import { PageHead } from "../shell/PageHead";

/** A page behind a row of the settings: what it is for, then what can be done. */
export function SubPage({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-160">
      <PageHead title={title} back="/settings" />
      <div className="grid gap-6 px-4 pt-1 pb-10 pad:px-6">
        <p className="text-ink-2">{lead}</p>
        {children}
      </div>
    </div>
  );
}
