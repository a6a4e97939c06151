import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

/** How many messages wait; nothing when none does. */
export function Unread({ count, className }: { count: number | undefined; className?: string }) {
  const { common } = useTexts();
  const { number } = useFormats();
  if (!count) return null;
  return (
    <span
      className={classes(
        "grid h-5 min-w-5 place-items-center rounded-full bg-ember px-1.5 text-small font-bold text-on-ember",
        className,
      )}
    >
      <span aria-hidden>{count > 99 ? "99+" : number(count)}</span>
      <span className="sr-only">{common.unread(number(count))}</span>
    </span>
  );
}
