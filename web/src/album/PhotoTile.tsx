import { useDraggable, useDroppable } from "@dnd-kit/core";
import { CircleUserRound } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { classes } from "../design/classes";
import { PhotoImage } from "../design/PhotoImage";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { FileCard } from "./send";
import { Cross } from "./UploadTile";

type PhotoTileProps = {
  photo: FileCard;
  index: number;
  count: number;
  /** Picked up by keys, or dragged: then it stands here only as a shadow of the one below the pointer. */
  held: "keys" | "pointer" | undefined;
  hintId: string;
  onOpen: () => void;
  onRemove: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onPutDown: () => void;
  onFail: () => void;
};

/** One photo of the album: opens, moves, goes. */
export function PhotoTile({ photo, index, count, held, hintId, onOpen, onRemove, ...on }: PhotoTileProps) {
  const { photos } = useTexts();
  const { number } = useFormats();
  const button = useRef<HTMLButtonElement>(null);
  const { setNodeRef: setDrag, listeners } = useDraggable({ id: photo.id });
  const { setNodeRef: setDrop } = useDroppable({ id: photo.id });
  // A tile that moves in the page loses the focus there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each move
  useEffect(() => {
    if (held === "keys") button.current?.focus();
  }, [held, index]);
  const place = photos.photo(number(index + 1), number(count));
  const name = photo.caption ? `${place}: ${photo.caption}` : place;
  return (
    <div ref={setDrop} className="relative size-full">
      <button
        ref={(node) => {
          button.current = node;
          setDrag(node);
        }}
        type="button"
        aria-label={name}
        aria-describedby={hintId}
        {...listeners}
        onClick={onOpen}
        onKeyDown={on.onKeyDown}
        onKeyUp={(event) => event.key === " " && event.preventDefault()}
        onBlur={(event) => held === "keys" && event.relatedTarget && on.onPutDown()}
        onContextMenu={(event) => event.preventDefault()}
        className={classes(
          "block size-full touch-manipulation overflow-hidden rounded-medium transition select-none [-webkit-touch-callout:none]",
          held === "keys" && "scale-95 shadow-card ring-4 ring-pine ring-offset-2 ring-offset-paper",
          held === "pointer" && "opacity-35",
        )}
      >
        <PhotoImage
          src={index === 0 ? photo.urls?.large : photo.urls?.medium}
          alt=""
          name={photo.filename}
          blurhash={photo.blurhash ?? null}
          eager={index < 6}
          className="size-full"
          onFail={on.onFail}
        />
      </button>
      <div className="pointer-events-none absolute inset-x-2 bottom-2 flex items-end justify-between gap-1">
        {index === 0 && (
          <span className="rounded-full bg-surface px-3 py-1 text-note font-semibold text-ink">{photos.first}</span>
        )}
        {photo.is_profile_image && (
          <span
            title={photos.profileImage}
            className="ml-auto grid size-7.5 place-items-center rounded-full bg-surface text-pine-text"
          >
            <CircleUserRound aria-hidden size={18} strokeWidth={2.1} />
            <span className="sr-only">{photos.profileImage}</span>
          </span>
        )}
      </div>
      <Cross name={photos.remove(place)} onClick={onRemove} />
    </div>
  );
}
