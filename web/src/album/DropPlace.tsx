import { ImagePlus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../texts";
import { filesIn } from "./dropped";

const bringsFiles = (data: DataTransfer | null) => data?.types.includes("Files") ?? false;

/** Takes files and folders dropped anywhere on the page, and pasted pictures. */
export function DropPlace({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { photos } = useTexts();
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });

  useEffect(() => {
    const takeAll = (data: DataTransfer) => void filesIn(data).then((files) => take.current(files));
    const onDrag = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return;
      // Without this the browser would open the file instead of the app.
      event.preventDefault();
      setOver(event.type !== "drop");
      if (event.type === "drop" && event.dataTransfer) takeAll(event.dataTransfer);
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onPaste = (event: ClipboardEvent) => {
      if (!event.clipboardData || !bringsFiles(event.clipboardData)) return;
      event.preventDefault();
      takeAll(event.clipboardData);
    };
    for (const type of ["dragenter", "dragover", "drop"] as const) addEventListener(type, onDrag);
    addEventListener("dragleave", onLeave);
    addEventListener("paste", onPaste);
    return () => {
      for (const type of ["dragenter", "dragover", "drop"] as const) removeEventListener(type, onDrag);
      removeEventListener("dragleave", onLeave);
      removeEventListener("paste", onPaste);
    };
  }, []);

  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 grid place-items-center bg-paper/85 p-5">
      <div className="grid size-full place-content-center justify-items-center gap-3 rounded-large border-3 border-dashed border-pine text-pine-text">
        <ImagePlus aria-hidden size={44} strokeWidth={2.1} />
        <p className="font-head text-head font-bold">{photos.dropHere}</p>
      </div>
    </div>
  );
}
