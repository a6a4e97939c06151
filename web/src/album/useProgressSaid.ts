import { useEffect, useRef } from "react";
import { announce } from "../design/Announcer";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import type { Upload } from "./queue";
import type { FileCard } from "./send";

/** Tells screen readers what became of the files, once none is on its way any more. */
export function useProgressSaid(uploads: readonly Upload[], files: readonly FileCard[] | undefined) {
  const { photos } = useTexts();
  const { number } = useFormats();
  const before = useRef<{ files: number; refused: number }>(undefined);
  const refused = uploads.filter(({ stage }) => stage.kind === "refused").length;
  const busy = uploads.length > refused;
  const count = files?.length ?? 0;
  useEffect(() => {
    if (busy) {
      before.current ??= { files: count, refused };
      return;
    }
    if (!before.current) return;
    const added = count - before.current.files;
    const lost = refused - before.current.refused;
    before.current = undefined;
    const words = [
      added > 0 && photos.added(added, number(added)),
      lost > 0 && photos.notAdded(lost, number(lost)),
    ].filter(Boolean);
    if (words.length > 0) announce(words.join(" "));
  }, [busy, count, refused, photos, number]);
}
