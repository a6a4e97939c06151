import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

const DAY = 86_400_000;

function daysAgo(at: string): number {
  const day = (time: Date) => new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
  return Math.round((day(new Date()) - day(new Date(at))) / DAY);
}

/** A new day, or the clock after a pause. */
export function TimeMark({ at, newDay }: { at: string; newDay: boolean }) {
  const { chat } = useTexts();
  const { date, time } = useFormats();
  const ago = daysAgo(at);
  const day = ago <= 0 ? chat.today : ago === 1 ? chat.yesterday : date(at);
  return (
    <p className="flex justify-center pt-5 pb-2">
      <time dateTime={at} className="rounded-full bg-sunk px-3 py-0.5 text-small font-semibold text-ink-2">
        {newDay && `${day} · `}
        {time(at)}
      </time>
    </p>
  );
}
