import "react-easy-crop/react-easy-crop.css";
import { useQuery } from "@tanstack/react-query";
import { Slider, ToggleGroup } from "radix-ui";
import { useEffect, useState } from "react";
import Cropper, { type Area } from "react-easy-crop";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { Bone, Skeleton } from "../design/Skeleton";
import { useTexts } from "../texts";
import { asJpeg } from "./prepare";
import type { FileCard } from "./send";
import { tell } from "./trouble";
import { originalOf, uploads } from "./uploads";

const SHAPES = { portrait: 4 / 5, square: 1, landscape: 4 / 3 };
const MOST_ZOOM = 4;
const isShape = (value: string): value is keyof typeof SHAPES => value in SHAPES;

/** The photo as it was chosen, else as the server keeps it. */
async function pictureOf(photo: FileCard): Promise<File> {
  const original = originalOf(photo.id);
  if (original) return original;
  if (!photo.urls) throw new Error("no link to the photo");
  // Not from the cache: what an <img> has put there must not be read by scripts.
  const response = await fetch(photo.urls.large, { cache: "no-store" });
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
  return new File([await response.blob()], photo.filename, { type: photo.content_type });
}

/** A part of a photo takes its place. */
export function CropDialog({ photo, onClose }: { photo: FileCard; onClose: () => void }) {
  const { photos } = useTexts();
  const { data: file, error } = useQuery({
    queryKey: ["picture", photo.id],
    queryFn: () => pictureOf(photo),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: 1,
  });
  useEffect(() => {
    if (!error) return;
    tell({ what: "crop", error });
    onClose();
  }, [error, onClose]);
  return (
    <Dialog open onOpenChange={onClose} title={photos.cropTitle} text={photos.cropText}>
      {file ? (
        <Cropping file={file} photo={photo} onClose={onClose} />
      ) : (
        <Skeleton className="mt-4">
          <Bone className="h-[min(50dvh,420px)] w-full" />
        </Skeleton>
      )}
    </Dialog>
  );
}

type CroppingProps = { file: File; photo: FileCard; onClose: () => void };

function Cropping({ file, photo, onClose }: CroppingProps) {
  const { photos } = useTexts();
  const [url, setUrl] = useState<string>();
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const [shape, setShape] = useState<keyof typeof SHAPES>("portrait");
  const [area, setArea] = useState<Area>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const use = async () => {
    setBusy(true);
    try {
      uploads.add([await asJpeg(file, area)], photo.id);
    } catch (error) {
      tell({ what: "crop", error });
    }
    onClose();
  };
  return (
    <div className="mt-4 grid gap-4">
      <div className="relative h-[min(46dvh,420px)] overflow-hidden rounded-medium bg-black">
        {url && (
          <Cropper
            image={url}
            crop={crop}
            zoom={zoom}
            maxZoom={MOST_ZOOM}
            aspect={SHAPES[shape]}
            disableAutomaticStylesInjection
            keyboardStep={4}
            cropperProps={{ "aria-label": photos.cropArea, role: "application" }}
            onCropChange={setCrop}
            onZoomChange={setZoom}
            onCropComplete={(_, pixels) => setArea(pixels)}
          />
        )}
      </div>
      <ToggleGroup.Root
        type="single"
        value={shape}
        aria-label={photos.shape}
        className="grid grid-cols-3 gap-1 rounded-full bg-sunk p-1"
        onValueChange={(next) => isShape(next) && setShape(next)}
      >
        {Object.keys(SHAPES)
          .filter(isShape)
          .map((each) => (
            <ToggleGroup.Item
              key={each}
              value={each}
              className="min-h-11 rounded-full text-note font-semibold text-ink-2 data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-card"
            >
              {photos[each]}
            </ToggleGroup.Item>
          ))}
      </ToggleGroup.Root>
      <div className="flex items-center gap-4">
        <span className="text-note font-semibold">{photos.zoom}</span>
        <Slider.Root
          className="relative flex h-11 grow touch-none items-center select-none"
          min={1}
          max={MOST_ZOOM}
          step={0.1}
          value={[zoom]}
          onValueChange={([next]) => setZoom(next ?? 1)}
        >
          <Slider.Track className="relative h-2 grow rounded-full bg-line">
            <Slider.Range className="absolute h-full rounded-full bg-pine" />
          </Slider.Track>
          <Slider.Thumb
            aria-label={photos.zoom}
            className="block size-7 rounded-full border-3 border-pine bg-surface shadow-card"
          />
        </Slider.Root>
      </div>
      <Button kind="main" size="large" disabled={busy || !area} onClick={() => void use()}>
        {busy ? photos.cropping : photos.useIt}
      </Button>
    </div>
  );
}
