import { DndContext, DragOverlay, MouseSensor, pointerWithin, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { Plus } from "lucide-react";
import { useId } from "react";
import { classes } from "../design/classes";
import { PhotoImage } from "../design/PhotoImage";
import { useTexts } from "../texts";
import { PhotoTile } from "./PhotoTile";
import type { Upload } from "./queue";
import type { FileCard } from "./send";
import { UploadTile } from "./UploadTile";
import { useSorting } from "./useSorting";

type GridProps = {
  photos: readonly FileCard[];
  onTheWay: readonly Upload[];
  onOrder: (ids: string[]) => void;
  onOpen: (id: string) => void;
  onRemove: (id: string) => void;
  onAdd: () => void;
  onFail: () => void;
};

const GRID =
  "grid grid-cols-3 gap-2.5 auto-rows-[calc((100cqw-20px)/3*1.25)] " +
  "pad:grid-cols-4 pad:gap-3 pad:auto-rows-[calc((100cqw-36px)/4*1.25)]";

// What is on the screen already tells all that dnd-kit would say, in the person's language.
const SILENT = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
};

/** Photos in their order, the first one double-sized; then what is on its way; then room for more. */
export function Grid({ photos, onTheWay, onOrder, onOpen, onRemove, onAdd, onFail }: GridProps) {
  const texts = useTexts().photos;
  const hintId = useId();
  const { shown, held, pickUp, moveTo, putDown, putBack, onKeyDown } = useSorting(photos, onOrder);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  );
  const dragged = held && !held.byKeys ? photos.find(({ id }) => id === held.id) : undefined;
  const inPlace = (id: string) => onTheWay.find(({ replaces }) => replaces === id);
  const loose = onTheWay.filter(({ replaces }) => !photos.some(({ id }) => id === replaces));
  const big = (index: number) => classes(index === 0 && "col-span-2 row-span-2");
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={SILENT}
      onDragStart={({ active }) => pickUp(String(active.id))}
      onDragOver={({ over }) => over && moveTo(shown.findIndex(({ id }) => id === over.id))}
      onDragEnd={putDown}
      onDragCancel={putBack}
    >
      <p id={hintId} hidden>
        {texts.keysHint}
      </p>
      <div className="[container-type:inline-size]">
        <ul aria-label={texts.list} className={GRID}>
          {shown.map((photo, index) => {
            const next = inPlace(photo.id);
            return (
              <li key={photo.id} className={big(index)}>
                {next ? (
                  <UploadTile upload={next} />
                ) : (
                  <PhotoTile
                    photo={photo}
                    index={index}
                    count={shown.length}
                    held={held?.id === photo.id ? (held.byKeys ? "keys" : "pointer") : undefined}
                    hintId={hintId}
                    onOpen={() => onOpen(photo.id)}
                    onRemove={() => onRemove(photo.id)}
                    onKeyDown={(event) => onKeyDown(photo.id, event)}
                    onPutDown={putDown}
                    onFail={onFail}
                  />
                )}
              </li>
            );
          })}
          {loose.map((upload, index) => (
            <li key={upload.id} className={big(shown.length + index)}>
              <UploadTile upload={upload} />
            </li>
          ))}
          <li>
            <button
              type="button"
              aria-label={texts.add}
              title={texts.add}
              onClick={onAdd}
              className="grid size-full place-items-center rounded-medium border-2 border-dashed border-edge text-ink-2 transition hover:bg-sunk hover:text-ink"
            >
              <Plus aria-hidden size={28} strokeWidth={2.1} />
            </button>
          </li>
        </ul>
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <PhotoImage
            src={dragged.urls?.medium}
            alt=""
            name={dragged.filename}
            blurhash={dragged.blurhash ?? null}
            eager
            className="size-full scale-104 rotate-2 rounded-medium shadow-card motion-reduce:rotate-0"
          />
        )}
      </DragOverlay>
    </DndContext>
  );
}
