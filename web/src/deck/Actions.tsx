import { Bookmark, Hand, Undo2 } from "lucide-react";
import { type MouseEvent, type ReactNode, useRef } from "react";
import { Button } from "../design/Button";
import { useTexts } from "../texts";
import type { Verdict } from "./calls";

/** Milliseconds within which a second click belongs to the first: the next card must be seen before it is decided on. */
const ONE_CLICK = 350;

type ActionsProps = {
  canUndo: boolean;
  canDecide: boolean;
  onDecide: (verdict: Verdict) => void;
  onUndo: () => void;
};

/** Undo, Pass, Say hi, Later; with the keys below on desktops. */
export function Actions({ canUndo, canDecide, onDecide, onUndo }: ActionsProps) {
  const { deck } = useTexts();
  const { hints } = deck;
  const last = useRef(Number.NEGATIVE_INFINITY);
  const once = (act: () => void) => (event: MouseEvent) => {
    const isSecond = event.detail > 1 && event.timeStamp - last.current < ONE_CLICK;
    last.current = event.timeStamp;
    if (!isSecond) act();
  };
  return (
    <div className="grid justify-items-center gap-4">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        role="group"
        aria-label={deck.actions}
        className="flex w-full items-center justify-center gap-1.5 pad:gap-2.5"
      >
        <Round name={deck.undo} disabled={!canUndo} onClick={once(onUndo)}>
          <Undo2 aria-hidden size={22} strokeWidth={2.1} />
        </Round>
        <Button
          size="large"
          className="min-w-16 grow font-bold max-pad:px-3! pad:min-w-20 pad:grow-0"
          disabled={!canDecide}
          onClick={once(() => onDecide("pass"))}
        >
          {deck.pass}
        </Button>
        <Button
          kind="main"
          size="large"
          className="min-w-24 grow-2 font-bold max-pad:px-3! pad:min-w-30 pad:grow-0"
          disabled={!canDecide}
          onClick={once(() => onDecide("hi"))}
        >
          <Hand aria-hidden size={22} strokeWidth={2.1} className="max-[359px]:hidden" />
          {deck.hi}
        </Button>
        <Round name={deck.later} disabled={!canDecide} onClick={once(() => onDecide("later"))}>
          <Bookmark aria-hidden size={22} strokeWidth={2.1} />
        </Round>
      </div>
      <p aria-hidden className="hidden gap-3 text-note text-ink-2 desk:flex">
        <span>← {hints.pass}</span>
        <span>→ {hints.hi}</span>
        <span>↑ {hints.more}</span>
        <span>L {hints.later}</span>
        <span>Z {hints.undo}</span>
      </p>
    </div>
  );
}

type RoundProps = { name: string; disabled: boolean; onClick: (event: MouseEvent) => void; children: ReactNode };

function Round({ name, children, ...rest }: RoundProps) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      className="grid size-12 shrink-0 place-items-center rounded-full border border-edge text-ink-2 transition hover:bg-sunk hover:text-ink active:scale-95 disabled:opacity-45"
      {...rest}
    >
      {children}
    </button>
  );
}
