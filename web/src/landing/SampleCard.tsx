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
        className="absolute inset-x-4 -bottom-3 top-6 rotate-3 rounded-l border border-line bg-surface"
      />
      <div className="relative -rotate-2 overflow-hidden rounded-l border border-line bg-surface shadow-card">
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

/** Somebody under the sun, on a hill. */
function Drawing() {
  return (
    <svg aria-hidden="true" viewBox="0 0 336 264" className="block w-full bg-sun-soft">
      <circle cx="258" cy="74" r="40" className="fill-sun" />
      <path d="M0 214c70-46 130-50 196-22s100 22 140-4v76H0z" className="fill-pine-soft" />
      <path d="M88 264c2-66 34-96 78-96s76 30 78 96z" className="fill-pine" />
      <circle cx="166" cy="122" r="52" fill="#b9764a" />
      <path
        d="M112 128c-8-54 24-82 58-80 36 2 58 32 50 76-10-14-14-30-16-40-24 12-52 12-74 4-4 14-8 28-18 40z"
        fill="#2b211a"
      />
      <path
        d="M148 128c4-5 10-5 14 0M178 128c4-5 10-5 14 0"
        fill="none"
        stroke="#2b211a"
        strokeWidth="4"
        strokeLinecap="round"
      />
      <path d="M152 146c8 10 24 10 32 0z" fill="#fff" stroke="#2b211a" strokeWidth="3" strokeLinejoin="round" />
    </svg>
  );
}
