import type { Verdict } from "./calls";

export const TURN = 12;

export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Where a card goes, and comes back from. */
export function outside(verdict: Verdict): string {
  if (isCalm()) return "none";
  if (verdict === "later") return "translate(32vw, 60vh) scale(.3) rotate(6deg)";
  const side = verdict === "hi" ? 1 : -1;
  return `translate(${side * 110}vw, 4vh) rotate(${side * TURN}deg)`;
}

/** Lets the card go from where it is; resolves when it is out of sight. */
export function leave(card: HTMLElement, verdict: Verdict): Promise<unknown> {
  const here = getComputedStyle(card).transform;
  const animation = card.animate(
    [
      { transform: here, opacity: 1 },
      { transform: outside(verdict), opacity: verdict === "later" || isCalm() ? 0 : 1 },
    ],
    { duration: isCalm() ? 160 : 340, easing: "cubic-bezier(.4,.1,.7,1)", fill: "forwards" },
  );
  return animation.finished.catch(() => undefined);
}

/** Brings the card back from where it went. */
export function comeBack(card: HTMLElement, from: Verdict) {
  for (const animation of card.getAnimations()) animation.cancel();
  card.style.transform = "";
  card.animate(
    [
      { transform: outside(from), opacity: isCalm() ? 0 : 1 },
      { transform: "none", opacity: 1 },
    ],
    {
      duration: isCalm() ? 160 : 360,
      easing: "cubic-bezier(.2,.9,.3,1)",
    },
  );
}

/** Puts the card where the finger is; the stamps and the next card follow by the stack's variables. */
export function follow(card: HTMLElement, x: number, y: number) {
  const share = x / card.offsetWidth;
  const turn = isCalm() ? 0 : Math.max(-TURN, Math.min(TURN, share * TURN));
  card.style.transition = "none";
  card.style.transform = `translate(${x}px, ${y}px) rotate(${turn}deg)`;
  pull(card, share);
}

/** Back to its place. */
export function release(card: HTMLElement) {
  card.style.transition = isCalm() ? "" : "transform 320ms cubic-bezier(.2,1.3,.4,1)";
  card.style.transform = "";
  pull(card, 0);
}

function pull(card: HTMLElement, share: number) {
  const stack = card.parentElement;
  stack?.style.setProperty("--pull", String(Math.min(1, Math.abs(share) / 0.35)));
  card.style.setProperty("--hi", String(Math.max(0, Math.min(1, share / 0.3))));
  card.style.setProperty("--pass", String(Math.max(0, Math.min(1, -share / 0.3))));
}
