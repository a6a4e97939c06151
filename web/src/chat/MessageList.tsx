import { ArrowDown } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { Button } from "../design/Button";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { Bubble } from "./Bubble";
import type { Row } from "./rows";
import { TimeMark } from "./TimeMark";
import { useOlder } from "./useOlder";
import { useStickyEnd } from "./useStickyEnd";

const AHEAD = 900;

type MessageListProps = {
  matchId: string;
  rows: readonly Row[];
  whole: boolean;
  name: string;
  begin: ReactNode;
  onRetry: () => void;
  onTakeBack: (clientId: string, body: string) => void;
  /** Whether the newest message can be seen. */
  onAtEnd: (atEnd: boolean) => void;
};

/** The messages, the newest at the bottom; only those near the window are in the page. */
export function MessageList({ matchId, rows, whole, name, begin, onRetry, onTakeBack, onAtEnd }: MessageListProps) {
  const { chat } = useTexts();
  const list = useRef<VirtualizerHandle>(null);
  const end = useStickyEnd(list, rows);
  const older = useOlder(matchId, whole);
  const prepended = usePrepended(rows);

  useEffect(() => onAtEnd(end.atEnd), [end.atEnd, onAtEnd]);
  // Also when a page of short messages doesn't fill the window.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again whenever there are other rows
  useEffect(() => {
    if (list.current && list.current.scrollSize <= list.current.viewportSize) older.load();
  }, [rows]);

  const onScroll = (offset: number) => {
    end.onScroll(offset);
    if (offset < AHEAD && !end.isStuck()) older.load();
  };
  return (
    <div className="relative min-h-0 grow">
      <section
        aria-label={chat.conversationWith(name)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
        tabIndex={0}
        onWheel={({ deltaY }) => deltaY < 0 && end.release()}
        className="flex h-full flex-col overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-3"
      >
        <div className="grow" />
        <Virtualizer ref={list} shift={prepended} bufferSize={600} onScroll={onScroll} onResize={end.onResize}>
          {rows.map((row, index) => (
            <div key={row.key} className={index === rows.length - 1 ? "pb-5" : undefined}>
              {row.kind === "begin" && begin}
              {row.kind === "time" && <TimeMark at={row.at} newDay={row.newDay} />}
              {row.kind === "message" && <Bubble row={row} name={name} onRetry={onRetry} onTakeBack={onTakeBack} />}
            </div>
          ))}
        </Virtualizer>
      </section>
      {older.failed && (
        <p
          role="alert"
          className="absolute inset-x-0 top-2 mx-auto flex w-max items-center gap-1 rounded-full border border-line bg-surface pl-4 text-note shadow-card"
        >
          {chat.olderFailed}
          <Button kind="quiet" size="small" onClick={older.retry}>
            {chat.retry}
          </Button>
        </p>
      )}
      {!end.atEnd && <ToEnd missed={end.missed} onClick={end.toEnd} />}
    </div>
  );
}

/** True for the one rendering in which messages came in above. */
function usePrepended(rows: readonly Row[]): boolean {
  const first = rows.find(({ kind }) => kind === "message")?.key;
  const before = useRef(first);
  const prepended =
    first !== before.current && before.current !== undefined && rows.some(({ key }) => key === before.current);
  useLayoutEffect(() => {
    before.current = first;
  }, [first]);
  return prepended;
}

function ToEnd({ missed, onClick }: { missed: number; onClick: () => void }) {
  const { chat } = useTexts();
  const { number } = useFormats();
  const words = missed > 0 ? chat.newMessages(missed, number(missed)) : undefined;
  return (
    <div className="absolute inset-x-0 bottom-3 grid justify-items-center">
      <Button
        size="small"
        kind={words ? "main" : "plain"}
        aria-label={words ?? chat.toTheEnd}
        className="shadow-card"
        onClick={onClick}
      >
        {words}
        <ArrowDown aria-hidden size={18} strokeWidth={2.1} />
      </Button>
    </div>
  );
}
