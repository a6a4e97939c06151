import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from "react";
import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { kept, useDraft } from "./kept";
import { outbox } from "./outbox";

const LONGEST = 4000;
const TALLEST = 168;

/** On a touch screen the Enter key breaks the line: the button is near. */
const isTouched = () => matchMedia("(pointer: coarse)").matches;

type MessageBoxProps = {
  matchId: string;
  name: string;
  box?: RefObject<HTMLTextAreaElement | null>;
  autoFocus?: boolean;
  onSend?: () => void;
};

/** Where one writes. What is in it is kept until it is sent. */
export function MessageBox({ matchId, name, box, autoFocus, onSend }: MessageBoxProps) {
  const { conversation } = useTexts();
  const { number } = useFormats();
  const draft = useDraft(matchId);
  const own = useRef<HTMLTextAreaElement>(null);
  const area = box ?? own;
  const body = draft.trim();
  const over = [...body].length - LONGEST;

  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows what is in it
  useLayoutEffect(() => {
    if (!area.current) return;
    area.current.style.height = "auto";
    area.current.style.height = `${Math.min(area.current.scrollHeight, TALLEST)}px`;
  }, [draft, area]);
  useLayoutEffect(() => {
    if (autoFocus && !isTouched()) area.current?.focus({ preventScroll: true });
  }, [autoFocus, area]);

  const send = () => {
    if (body === "" || over > 0) return;
    kept.keepDraft(matchId, "");
    outbox.send(matchId, body);
    onSend?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || isTouched()) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="grid grow gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div
        className={classes(
          "flex items-end gap-2 rounded-[26px] border bg-surface py-1 pr-1 pl-5",
          "focus-within:outline-3 focus-within:outline-pine-soft",
          over > 0 ? "border-ember" : "border-edge focus-within:border-pine",
        )}
      >
        <textarea
          ref={area}
          rows={1}
          value={draft}
          aria-label={conversation.message(name)}
          aria-invalid={over > 0}
          placeholder={conversation.writeTo(name)}
          enterKeyHint={isTouched() ? "enter" : "send"}
          className="min-h-11 grow resize-none bg-transparent py-2.5 text-ink outline-none placeholder:overflow-hidden placeholder:text-ellipsis placeholder:whitespace-nowrap placeholder:text-ink-2"
          onChange={(event) => kept.keepDraft(matchId, event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          aria-label={conversation.send}
          title={conversation.send}
          disabled={body === "" || over > 0}
          // The keyboard of a phone stays open.
          onMouseDown={(event) => event.preventDefault()}
          className="grid size-11 shrink-0 place-items-center rounded-full bg-pine text-on-pine transition hover:brightness-110 active:scale-95 disabled:opacity-45"
        >
          <SendHorizontal aria-hidden size={20} strokeWidth={2.1} />
        </button>
      </div>
      <p aria-live="polite" className={classes("px-5 text-small text-ember-text", over <= 0 && "sr-only")}>
        {over > 0 && conversation.tooLong(number(over))}
      </p>
    </form>
  );
}
