import type { Formats } from "../texts/format";

const DAY = 86_400_000;

function midnight(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** Today's by the clock, this week's by the weekday, others by the date. */
export function when(iso: string, { time, weekday, day }: Formats, now = new Date()): string {
  const days = Math.round((midnight(now) - midnight(new Date(iso))) / DAY);
  if (days <= 0) return time(iso);
  return days < 7 ? weekday(iso) : day(iso);
}
