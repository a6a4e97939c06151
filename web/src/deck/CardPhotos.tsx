import { useState } from "react";
import { classes } from "../design/classes";
import { PhotoImage } from "../design/PhotoImage";
import { Ticks } from "../design/Ticks";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { Person } from "./calls";
import { Reasons } from "./Reasons";
import { deck } from "./useDeck";

/** The photos, one at a time: a tap on the left or right half goes on; ticks say where one is. */
export function CardPhotos({ person, inHand }: { person: Person; inHand: boolean }) {
  const texts = useTexts();
  const { number } = useFormats();
  const [at, setAt] = useState(0);
  const urls = person.image_urls;
  const index = Math.min(at, Math.max(urls.length - 1, 0));
  const alt =
    urls.length === 0
      ? texts.deck.noPhoto(person.display_name)
      : texts.deck.photo(person.display_name, number(index + 1), number(urls.length));
  return (
    <PhotoImage
      src={urls[index]}
      alt={alt}
      name={person.display_name}
      eager
      className="min-h-40 flex-1"
      onFail={() => void deck.load()}
    >
      {urls.length > 1 && <Ticks count={urls.length} index={index} />}
      <Reasons person={person} />
      {inHand && urls.length > 1 && (
        <>
          <Half
            side="left"
            name={texts.deck.previousPhoto}
            onTap={() => setAt((index + urls.length - 1) % urls.length)}
          />
          <Half side="right" name={texts.deck.nextPhoto} onTap={() => setAt((index + 1) % urls.length)} />
        </>
      )}
    </PhotoImage>
  );
}

function Half({ side, name, onTap }: { side: "left" | "right"; name: string; onTap: () => void }) {
  return (
    <button
      type="button"
      aria-label={name}
      onClick={onTap}
      className={classes(
        "absolute inset-y-0 w-1/2 -outline-offset-8 outline-white",
        side === "left" ? "left-0" : "right-0",
      )}
    />
  );
}
