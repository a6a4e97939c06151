import { Link } from "react-router";
import { Button } from "../design/Button";
import { classes } from "../design/classes";
import { useTexts } from "../texts";

/** Over: below what is still on the page, or alone when nothing is known. */
export function Ended({ name, className }: { name?: string; className?: string }) {
  const { chat } = useTexts();
  return (
    <div
      role="status"
      className={classes(className, "flex flex-col items-center justify-center gap-1 px-5 py-3 text-center")}
    >
      <h2 className="text-lead">{chat.ended}</h2>
      <p className="max-w-110 text-note text-ink-2">{name ? chat.endedText(name) : chat.endedUnknown}</p>
      <Button kind="quiet" size="small" className="mt-1" asChild>
        <Link to="/chats">{chat.toChats}</Link>
      </Button>
    </div>
  );
}
