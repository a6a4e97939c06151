import { CheckCheck, CircleAlert } from "lucide-react";
import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { Linked } from "./Linked";
import type { Row } from "./rows";

type BubbleProps = {
  row: Extract<Row, { kind: "message" }>;
  name: string;
  onRetry: () => void;
  onTakeBack: (clientId: string, body: string) => void;
};

/** One message: mine pine and right, theirs surface and left. */
export function Bubble({ row, name, onRetry, onTakeBack }: BubbleProps) {
  const { chat } = useTexts();
  const { time } = useFormats();
  const { mine, body, at, first, last, standing } = row;
  return (
    <div
      className={classes(
        "flex flex-col px-4 desk:px-6",
        first ? "pt-2" : "pt-1",
        mine ? "items-end pl-14" : "items-start pr-14",
      )}
    >
      <p
        dir="auto"
        title={time(at)}
        className={classes(
          "max-w-130 rounded-[22px] border px-4 py-2 whitespace-pre-wrap [overflow-wrap:anywhere] transition-opacity",
          mine ? "border-pine bg-pine text-on-pine" : "border-line bg-surface text-ink",
          last && (mine ? "rounded-br-[6px]" : "rounded-bl-[6px]"),
          standing === "sending" && "opacity-65",
        )}
      >
        <span className="sr-only">{chat.said(mine ? chat.you : name, time(at))} </span>
        <Linked text={body} />
        {standing === "sending" && <span className="sr-only"> ({chat.sending})</span>}
      </p>
      {row.read && (
        <p className="flex items-center gap-1.5 pt-1.5 text-small text-ink-2">
          <CheckCheck aria-hidden size={15} strokeWidth={2.1} />
          {chat.read}
        </p>
      )}
      {standing === "failed" && <Failure words={chat.notSent} action={chat.retry} onAction={onRetry} />}
      {standing === "refused" && (
        <Failure
          words={chat.refused(row.why ?? "")}
          action={chat.takeBack}
          onAction={() => onTakeBack(row.clientId, body)}
        />
      )}
    </div>
  );
}

/** The text stays in its bubble; this says what became of it. */
function Failure({ words, action, onAction }: { words: string; action: string; onAction: () => void }) {
  return (
    <p role="alert" className="flex flex-wrap items-center justify-end gap-x-1 pt-0.5 text-small text-ember-text">
      <CircleAlert aria-hidden size={15} strokeWidth={2.1} className="shrink-0" />
      {words}
      <button
        type="button"
        onClick={onAction}
        className="min-h-11 rounded-full px-2 font-semibold underline underline-offset-3"
      >
        {action}
      </button>
    </p>
  );
}
