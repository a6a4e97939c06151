import { type KeyboardEvent, useState } from "react";
import { announce } from "../design/Announcer";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { inOrder, moved, movedTo } from "./order";

type Held = { id: string; ids: string[]; byKeys: boolean };

/** An order that changes while something is held, by pointer or by keys, and is kept when it is put down. */
export function useSorting<T extends { id: string }>(items: readonly T[], onOrder: (ids: string[]) => void) {
  const { photos } = useTexts();
  const { number } = useFormats();
  const [held, hold] = useState<Held>();
  const shown = held ? inOrder(items, held.ids) : items;
  const ids = shown.map(({ id }) => id);
  const of = number(ids.length);

  const pickUp = (id: string, byKeys = false) => {
    hold({ id, ids, byKeys });
    if (byKeys) announce(photos.pickedUp(number(ids.indexOf(id) + 1), of));
  };
  const moveTo = (to: number) => {
    if (!held || to < 0) return;
    hold({ ...held, ids: moved(ids, ids.indexOf(held.id), to) });
    if (held.byKeys) announce(photos.movedTo(number(to + 1), of));
  };
  const putDown = () => {
    if (!held) return;
    const place = ids.indexOf(held.id) + 1;
    hold(undefined);
    if (held.byKeys) announce(photos.putDown(number(place), of));
    if (ids.join() !== items.map(({ id }) => id).join()) onOrder(ids);
  };
  const putBack = () => {
    if (held?.byKeys) announce(photos.putBack);
    hold(undefined);
  };

  const onKeyDown = (id: string, event: KeyboardEvent) => {
    const isHeld = held?.id === id && held.byKeys;
    if (event.key === " " && !held) pickUp(id, true);
    else if (!isHeld) return;
    else if (event.key === " " || event.key === "Enter") putDown();
    else if (event.key === "Escape") putBack();
    else {
      const to = movedTo(event.key, ids.indexOf(id), ids.length);
      if (to === undefined) return;
      moveTo(to);
    }
    event.preventDefault();
  };

  return { shown, held, pickUp, moveTo, putDown, putBack, onKeyDown };
}
