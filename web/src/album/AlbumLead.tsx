import { useTexts } from "../texts";
import { usePhotos } from "./files";

/** What the order means, and how to change it. */
export function AlbumLead() {
  const { photos: texts } = useTexts();
  const { photos = [] } = usePhotos();
  const chosen = photos.findIndex((photo) => photo.is_profile_image) > 0;
  return (
    <p className="text-ink-2">
      {chosen ? texts.leadChosen : texts.lead}{" "}
      <span className="hidden pointer-fine:inline">{photos.length > 1 && texts.leadKeys}</span>
    </p>
  );
}
