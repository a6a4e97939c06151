import { ImagePlus } from "lucide-react";
import { Button } from "../design/Button";
import { useTexts } from "../texts";

/** Before the first photo. */
export function EmptyAlbum({ onAdd }: { onAdd: () => void }) {
  const { photos } = useTexts();
  return (
    <div className="grid justify-items-center gap-3 rounded-large border-2 border-dashed border-edge px-5 py-10 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-pine-soft text-pine-text">
        <ImagePlus aria-hidden size={30} strokeWidth={2.1} />
      </span>
      <h2 className="text-title">{photos.empty}</h2>
      <p className="max-w-95 text-ink-2">{photos.emptyText}</p>
      <Button kind="plain" className="mt-1" onClick={onAdd}>
        {photos.add}
      </Button>
    </div>
  );
}
