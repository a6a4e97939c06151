import { useDrag } from "@use-gesture/react";
import { useLayoutEffect, useRef } from "react";
import { classes } from "../design/classes";
import { useTexts } from "../texts";
import { CardFace } from "./CardFace";
import type { Person, Verdict } from "./calls";
import { comeBack, follow, leave, release } from "./motion";

/** Commits at this share of the width … */
const SHARE = 0.35;
/** … or at this speed (pixels a millisecond), if the hand had moved at all. */
const SPEED = 0.6;
const MOVED = 24;
const UP = 90;

export type Part =
  | { role: "next" }
  | { role: "top"; returnedFrom?: Verdict | undefined }
  | { role: "departing"; verdict: Verdict };

type SwipeCardProps = {
  person: Person;
  part: Part;
  onDecide: (verdict: Verdict) => void;
  onMore: () => void;
  onDeparted: (personId: string) => void;
};

/** One card of the stack. It stays the same element from "next" to "departing", so that it moves on from where it is. */
export function SwipeCard({ person, part, onDecide, onMore, onDeparted }: SwipeCardProps) {
  const card = useRef<HTMLElement>(null);
  const { deck } = useTexts();
  const { role } = part;
  const verdict = part.role === "departing" ? part.verdict : undefined;
  const returnedFrom = part.role === "top" ? part.returnedFrom : undefined;

  useLayoutEffect(() => {
    if (card.current && returnedFrom) comeBack(card.current, returnedFrom);
  }, [returnedFrom]);

  useLayoutEffect(() => {
    if (!card.current || !verdict) return;
    card.current.parentElement?.style.removeProperty("--pull");
    card.current.style.setProperty(`--${verdict}`, "1");
    let stays = false;
    void leave(card.current, verdict).then(() => !stays && onDeparted(person.id));
    const element = card.current;
    return () => {
      stays = true;
      element.style.setProperty(`--${verdict}`, "0");
    };
  }, [verdict, person.id, onDeparted]);

  const bind = useDrag(
    ({ movement: [x, y], velocity: [vx, vy], direction: [dx, dy], last, canceled, tap }) => {
      if (!card.current || tap) return;
      if (!last) return follow(card.current, x, y);
      const far = Math.abs(x) > SHARE * card.current.offsetWidth;
      const fast = vx > SPEED && Math.abs(x) > MOVED && Math.sign(dx) === Math.sign(x);
      if (!canceled && (far || fast)) return onDecide(x > 0 ? "hi" : "pass");
      release(card.current);
      const upwards = -y > Math.abs(x) && (-y > UP || (vy > SPEED && dy < 0 && -y > MOVED));
      if (!canceled && upwards) onMore();
    },
    { enabled: role === "top", filterTaps: true, pointer: { keys: false } },
  );

  return (
    <article
      ref={card}
      {...bind()}
      aria-hidden={role !== "top"}
      inert={role !== "top"}
      data-role={role}
      data-person={person.id}
      className={classes(
        "absolute inset-0 touch-none select-none",
        role === "next" && "translate-y-3 scale-[calc(.95+.05*var(--pull,0))]",
        role !== "next" && "transition-[scale,translate] duration-250 motion-reduce:transition-none",
        role === "top" && "cursor-grab active:cursor-grabbing",
        role === "departing" && "pointer-events-none",
      )}
    >
      <CardFace person={person} inHand={role === "top"} onMore={onMore} />
      <Stamp text={deck.stampHi} className="left-6 -rotate-12 bg-pine text-on-pine opacity-(--hi,0)" />
      <Stamp text={deck.stampPass} className="right-6 rotate-12 bg-surface text-ink opacity-(--pass,0)" />
    </article>
  );
}

function Stamp({ text, className }: { text: string; className: string }) {
  return (
    <span
      aria-hidden
      className={classes(
        "pointer-events-none absolute top-12 rounded-medium px-5 py-2 font-head text-head font-bold shadow-card",
        className,
      )}
    >
      {text}
    </span>
  );
}
