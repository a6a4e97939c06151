import { type ReactNode, useId } from "react";

/** Settings that belong together, under their name. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="text-lead">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** A sheet with settings that are changed in place. */
export function Sheet({ children }: { children: ReactNode }) {
  return (
    <div className="grid divide-y divide-line rounded-medium border border-line bg-surface px-4 *:py-4">{children}</div>
  );
}
