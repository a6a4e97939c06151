import { Clock, Hand, MapPin } from "lucide-react";
import { Chip } from "../design/Chip";
import { useTexts } from "../texts";

/** A drawn card: what one looks like, of nobody who exists. */
export function SampleCard() {
  const { landing, common } = useTexts();
  return (
    <figure aria-label={landing.sampleLabel} className="relative mx-auto w-full max-w-84">
      <div
        aria-hidden
        className="absolute inset-x-4 -bottom-3 top-6 rotate-3 rounded-large border border-line bg-surface"
      />
      <div className="relative -rotate-2 overflow-hidden rounded-large border border-line bg-surface shadow-card">
        <Drawing />
        <div className="grid gap-2 p-5">
          <p className="font-head text-head font-bold">
            {landing.sampleName}{" "}
            <span className="font-body text-title font-normal text-ink-2">{landing.sampleAge}</span>
          </p>
          <p className="flex items-center gap-4 text-note text-ink-2">
            <span className="inline-flex items-center gap-1.5">
              <MapPin aria-hidden size={16} strokeWidth={2.1} />
              {landing.samplePlace}
            </span>
            <span className="inline-flex items-center gap-1.5">
              <Clock aria-hidden size={16} strokeWidth={2.1} />
              {common.active.today}
            </span>
          </p>
          <p className="mt-1 flex flex-wrap gap-2">
            {landing.sampleShared.map((tag) => (
              <Chip key={tag} shared>
                {tag}
              </Chip>
            ))}
            <Chip>{landing.sampleOther}</Chip>
          </p>
        </div>
      </div>
      <span
        aria-hidden
        className="absolute -right-2 top-8 grid size-18 rotate-12 place-items-center rounded-full bg-sun text-on-sun shadow-card"
      >
        <Hand size={38} strokeWidth={2.1} />
      </span>
    </figure>
  );
}

/** Somebody under the sun, before hills. */
function Drawing() {
  return (
    <svg aria-hidden="true" viewBox="0 0 336 264" className="block w-full bg-sun-soft">
      <circle cx="74" cy="76" r="38" className="fill-sun" />
      <path d="M0 214c70-46 130-50 196-22s100 22 140-4v76H0z" className="fill-pine-soft" />
      <path d="M100 226c-20-34-8-62-2-100 6-46 36-70 76-68 44 2 68 30 70 70 2 38 20 66-2 98z" fill="#2b211a" />
      <path d="M82 264c2-56 38-78 88-78s86 22 88 78z" className="fill-pine" />
      <path d="M150 160h40v30c0 12-40 12-40 0z" fill="#a9683e" />
      <circle cx="170" cy="128" r="48" fill="#b9764a" />
      <path d="M120 122c-2-42 22-58 52-58s50 18 48 56c-24-6-40-18-50-36-8 20-26 34-50 38z" fill="#2b211a" />
      <g fill="none" stroke="#2b211a" strokeWidth="4" strokeLinecap="round">
        <path d="M146 132c4-6 11-6 15 0M181 132c4-6 11-6 15 0" />
      </g>
      <path d="M155 149c8 11 24 11 32 0z" fill="#fff" stroke="#2b211a" strokeWidth="3" strokeLinejoin="round" />
    </svg>
  );
}
