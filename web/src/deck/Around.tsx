import { Portrait } from "../design/PhotoImage";

/** Oneself in the middle, nobody yet farther out: the drawing of the empty deck. */
export function Around({ src, name }: { src: string | undefined; name: string }) {
  return (
    <div aria-hidden className="relative size-54">
      <svg aria-hidden="true" viewBox="0 0 216 216" className="absolute inset-0 size-full">
        <circle cx="108" cy="108" r="104" fill="none" strokeWidth="2" strokeDasharray="8 7" className="stroke-line" />
        <circle cx="108" cy="108" r="62" className="fill-pine-soft" />
        <Friend x={180} y={38} skin="#8d5524" hair="#2b211a" ground="fill-sun-soft" />
        <Friend x={30} y={68} skin="#e0ac69" hair="#5b3a1e" ground="fill-ember-soft" />
        <Friend x={190} y={150} skin="#b9764a" hair="#2b211a" ground="fill-pine-soft" />
        <Friend x={52} y={190} skin="#f1c8a0" hair="#c98a2b" ground="fill-sun" />
      </svg>
      <div className="absolute inset-0 grid place-items-center">
        <Portrait src={src} name={name} className="size-16 ring-4 ring-surface" />
      </div>
    </div>
  );
}

type FriendProps = { x: number; y: number; skin: string; hair: string; ground: string };

/** A small drawn face. */
function Friend({ x, y, skin, hair, ground }: FriendProps) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle r="24" className={ground} />
      <g transform="translate(0 1) scale(1.3)">
        <path d="M-13 4c-4-24 30-24 26 0z" fill={hair} />
        <circle r="10.5" cy="2" fill={skin} />
        <path d="M-11 0c4-12 18-12 22 0-8 0-14-2-17-6-1 3-2 5-5 6z" fill={hair} />
        <path d="M-4 6c2 3 6 3 8 0" fill="none" stroke="#2b211a" strokeWidth="1.6" strokeLinecap="round" />
      </g>
    </g>
  );
}
