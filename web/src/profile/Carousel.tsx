import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { announce } from "../design/Announcer";
import { classes } from "../design/classes";
import { PhotoImage } from "../design/PhotoImage";
import { Ticks } from "../design/Ticks";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

type CarouselProps = {
  name: string;
  urls: readonly string[];
  className?: string;
  /** A picture's URL ran out: ask for new ones. */
  onFail?: () => void;
  /** Over the photo. */
  children?: ReactNode;
};

/** Photos to leaf through: by a tap on a half, by swiping, by the arrow keys. */
export function Carousel({ name, urls, className, onFail, children }: CarouselProps) {
  const { profile } = useTexts();
  const { number } = useFormats();
  const [at, setAt] = useState(0);
  const index = Math.min(at, Math.max(urls.length - 1, 0));
  const told = (position: number) => profile.photo(name, number(position + 1), number(urls.length));
  const go = (by: number) => {
    const next = (index + by + urls.length) % urls.length;
    setAt(next);
    announce(told(next));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") go(-1);
    if (event.key === "ArrowRight") go(1);
  };
  return (
    <PhotoImage
      src={urls[index]}
      alt={urls.length === 0 ? profile.noPhoto(name) : told(index)}
      name={name}
      eager
      className={classes("group", className)}
      {...(onFail ? { onFail } : {})}
    >
      {children}
      {urls.length > 1 && (
        <>
          <Ticks count={urls.length} index={index} />
          <Half side="left" name={profile.previousPhoto} onTap={() => go(-1)} onKeyDown={onKeyDown} />
          <Half side="right" name={profile.nextPhoto} onTap={() => go(1)} onKeyDown={onKeyDown} />
        </>
      )}
    </PhotoImage>
  );
}

type HalfProps = {
  side: "left" | "right";
  name: string;
  onTap: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

function Half({ side, name, onTap, onKeyDown }: HalfProps) {
  const Icon = side === "left" ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      aria-label={name}
      onClick={onTap}
      onKeyDown={onKeyDown}
      className={classes(
        "absolute inset-y-0 flex w-1/2 items-center px-3 outline-offset-[-8px] outline-white",
        side === "left" ? "left-0 justify-start" : "right-0 justify-end",
      )}
    >
      <span className="grid size-11 place-items-center rounded-full bg-black/45 text-white opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100">
        <Icon aria-hidden size={24} strokeWidth={2.1} />
      </span>
    </button>
  );
}
