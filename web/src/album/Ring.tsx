import { classes } from "../design/classes";

const RADIUS = 21;
const AROUND = 2 * Math.PI * RADIUS;

/** How much of a file has gone, as a ring. All gone, it breathes until the server has answered. */
export function Ring({ part, label }: { part: number; label: string }) {
  return (
    <svg
      viewBox="0 0 50 50"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
      className={classes("size-12 -rotate-90", part >= 1 && "animate-pulse")}
    >
      <circle cx={25} cy={25} r={RADIUS} fill="none" strokeWidth={6} className="stroke-line" />
      <circle
        cx={25}
        cy={25}
        r={RADIUS}
        fill="none"
        strokeWidth={6}
        strokeLinecap="round"
        strokeDasharray={AROUND}
        strokeDashoffset={AROUND * (1 - part)}
        className="stroke-pine transition-[stroke-dashoffset] duration-200"
      />
    </svg>
  );
}
