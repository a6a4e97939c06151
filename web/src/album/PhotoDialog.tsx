import { CircleUserRound, Crop, ImageUp, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { TextField } from "../design/Field";
import { PhotoImage } from "../design/PhotoImage";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { useChange } from "./files";
import type { FileCard } from "./send";

/** As many characters as a caption may have. */
const LONGEST_CAPTION = 200;

type PhotoDialogProps = {
  photo: FileCard;
  index: number;
  count: number;
  onClose: () => void;
  onCrop: () => void;
  onFirst: () => void;
  onRemove: () => void;
};

/** One photo, and all that can be done with it. */
export function PhotoDialog({ photo, index, count, onClose, onCrop, onFirst, onRemove }: PhotoDialogProps) {
  const { photos } = useTexts();
  const { number } = useFormats();
  const change = useChange();
  const icon = { "aria-hidden": true, size: 19, strokeWidth: 2.1 } as const;
  return (
    <Dialog open onOpenChange={onClose} title={photos.photo(number(index + 1), number(count))}>
      <PhotoImage
        src={photo.urls?.large}
        alt={photo.caption || photo.filename}
        name={photo.filename}
        blurhash={photo.blurhash ?? null}
        eager
        className="mt-3 aspect-[4/5] max-h-[46dvh] w-full rounded-medium"
      />
      <Caption photo={photo} onSave={(caption) => change.mutate({ id: photo.id, caption })} />
      {photo.is_profile_image && <p className="mt-4 text-note text-ink-2">{photos.isProfile}</p>}
      <div className="mt-4 flex flex-wrap gap-2">
        {!photo.is_profile_image && (
          <Button size="small" onClick={() => change.mutate({ id: photo.id, is_profile_image: true })}>
            <CircleUserRound {...icon} />
            {photos.makeProfile}
          </Button>
        )}
        {index > 0 && (
          <Button size="small" onClick={onFirst}>
            <ImageUp {...icon} />
            {photos.moveFirst}
          </Button>
        )}
        <Button size="small" onClick={onCrop}>
          <Crop {...icon} />
          {photos.crop}
        </Button>
        <Button size="small" kind="dangerQuiet" onClick={onRemove}>
          <Trash2 {...icon} />
          {photos.removePhoto}
        </Button>
      </div>
    </Dialog>
  );
}

function Caption({ photo, onSave }: { photo: FileCard; onSave: (caption: string) => void }) {
  const { photos, common } = useTexts();
  const [caption, setCaption] = useState(photo.caption);
  const tooLong = [...caption].length > LONGEST_CAPTION;
  const changed = caption.trim() !== photo.caption;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (changed && !tooLong) onSave(caption.trim());
  };
  return (
    <form className="mt-4 flex items-start gap-2" onSubmit={save}>
      <div className="grow">
        <TextField
          label={photos.caption}
          optional
          hint={photos.captionHint}
          error={tooLong ? photos.captionTooLong : undefined}
          value={caption}
          onChange={(event) => setCaption(event.target.value)}
        />
      </div>
      <Button type="submit" className="mt-7 min-h-13" disabled={!changed || tooLong}>
        {common.save}
      </Button>
    </form>
  );
}
