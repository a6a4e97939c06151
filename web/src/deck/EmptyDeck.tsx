import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { Around } from "./Around";
import { useAbout, useRadius } from "./reach";
import { deck as store } from "./useDeck";

/** Nobody is left: how many a wider radius would show, and what one's own settings hide. */
export function EmptyDeck({ reason }: { reason: Schemas["ReasonEmpty"] }) {
  const texts = useTexts();
  const { deck } = texts;
  const { number } = useFormats();
  const about = useAbout();
  const radius = useRadius();
  const { data: me } = useQuery(meQuery);
  const { suggested_radius: wider } = reason;
  const found = reason.within.find((within) => within.radius === wider);
  return (
    <div className="grid flex-1 content-center justify-items-center gap-3 px-2 py-6 text-center">
      <Around src={me?.image_urls[0]} name={me?.display_name ?? ""} />
      <h2 className="mt-4 text-head">{deck.empty.title(number(reason.effective_radius))}</h2>
      <p className="text-ink-2">
        {wider && found ? deck.empty.more(about(found.about), number(wider)) : deck.empty.nobody}
      </p>
      {wider ? (
        <Button
          kind="main"
          size="large"
          className="mt-3 w-full max-w-90"
          disabled={radius.isPending}
          onClick={() => radius.mutate(wider)}
        >
          {deck.look(number(wider))}
        </Button>
      ) : (
        <Button kind="main" size="large" className="mt-3 w-full max-w-90" onClick={() => void store.load()}>
          {deck.empty.again}
        </Button>
      )}
      {radius.error && <p className="text-note text-ember-text">{problemText(radius.error, texts).text}</p>}
      <Hidden reason={reason} />
    </div>
  );
}

function Hidden({ reason }: { reason: Schemas["ReasonEmpty"] }) {
  const { deck } = useTexts();
  const { number } = useFormats();
  return (
    <section className="mt-5 grid gap-1 text-note text-ink-2">
      <h3 className="text-note text-ink">{deck.empty.hidden}</h3>
      <p>{deck.empty.radius(number(reason.effective_radius))}</p>
      {reason.decided > 0 && <p>{deck.empty.decided(reason.decided, number(reason.decided))}</p>}
      {reason.later > 0 && (
        <>
          <p>{deck.empty.laterPile(reason.later, number(reason.later))}</p>
          <Link to="/later" className="py-2 font-semibold text-pine-text underline underline-offset-4">
            {deck.empty.openLater}
          </Link>
        </>
      )}
    </section>
  );
}
