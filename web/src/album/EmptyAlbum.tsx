import { ImagePlus } from "lucide-react";
import { Button } from "../design/Button";
import { Empty } from "../design/Empty";
import { useTexts } from "../texts";

/** Before the first photo. */
export function EmptyAlbum({ onAdd }: { onAdd: () => void }) {
  const { photos } = useTexts();
  return (
    <Empty
      Icon={ImagePlus}
      title={photos.empty}
      text={photos.emptyText}
      className="rounded-large border-2 border-dashed border-edge py-10"
    >
      <Button kind="plain" className="mt-1" onClick={onAdd}>
        {photos.add}
      </Button>
    </Empty>
  );
}
