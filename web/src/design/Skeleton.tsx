import { type ReactNode, useEffect, useState } from "react";
import { useTexts } from "../texts";
import { classes } from "./classes";

/** One grey shape. Give it the size of what it stands for. */
export function Bone({ className }: { className: string }) {
  return <div aria-hidden className={classes("animate-pulse rounded-small bg-sunk", className)} />;
}

/** Shapes of what is loading, shown after 150 ms: quick answers don't flicker. The room is taken at once. */
export function Skeleton({ children, className }: { children: ReactNode; className?: string }) {
  const { common } = useTexts();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={classes(className, !late && "invisible")}>
      <span className="sr-only">{common.loading}</span>
      {children}
    </div>
  );
}
