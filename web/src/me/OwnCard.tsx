import { Carousel } from "../profile/Carousel";
import { Bio, NameAndAge, OtherTags, WhereAndWhen } from "../profile/Facts";
import type { Shown } from "../profile/shown";
import { useTexts } from "../texts";

/** One's own card. */
export function OwnCard({ shown, onStale }: { shown: Shown; onStale: () => void }) {
  const { me } = useTexts();
  return (
    <div className="grid gap-3">
      <article className="overflow-hidden rounded-large border border-line bg-surface shadow-card">
        <Carousel name={shown.display_name} urls={shown.image_urls} className="aspect-square" onFail={onStale} />
        <div className="grid gap-3 px-5 pt-4 pb-6">
          <h2 className="text-head [overflow-wrap:anywhere]">
            <NameAndAge of={shown} />
          </h2>
          <WhereAndWhen of={shown} />
          <Bio of={shown} />
          <OtherTags of={shown} />
        </div>
      </article>
      <p className="px-1 text-note text-ink-2">
        {me.seen} {me.seenDistance}
      </p>
    </div>
  );
}
