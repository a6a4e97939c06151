import { CircleAlert, FolderPlus, ShieldCheck } from "lucide-react";
import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { Button } from "../design/Button";
import { ErrorPanel } from "../design/ErrorPanel";
import { offerUndo } from "../design/Toast";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";
import { AlbumSkeleton } from "./AlbumSkeleton";
import { choose } from "./choose";
import { DropPlace } from "./DropPlace";
import { EmptyAlbum } from "./EmptyAlbum";
import { useArrange, usePhotos } from "./files";
import { Grid } from "./Grid";
import { PhotoDialog } from "./PhotoDialog";
import { Refusals } from "./Refusals";
import { keep, removeLater } from "./removal";
import { useTrouble } from "./trouble";
import { uploads } from "./uploads";
import { useProgressSaid } from "./useProgressSaid";

const CropDialog = lazy(() => import("./CropDialog").then((module) => ({ default: module.CropDialog })));

/** One's photos: what is there, what is on its way, and everything to do with them. */
export function Album() {
  const texts = useTexts().photos;
  const { photos, error, refetch } = usePhotos();
  const onTheWay = useSyncExternalStore(uploads.subscribe, uploads.get);
  const arrange = useArrange();
  const [open, setOpen] = useState<{ id: string; crops: boolean }>();
  useProgressSaid(onTheWay, photos);

  if (!photos) return error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <AlbumSkeleton />;
  const add = (files: File[]) => uploads.add(files);
  const addSome = () => choose({ many: true }, add);
  const remove = (id: string) => {
    setOpen(undefined);
    removeLater(id);
    offerUndo(texts.removed, () => keep(id));
  };
  const index = photos.findIndex(({ id }) => id === open?.id);
  const shown = photos[index];
  const isEmpty = photos.length === 0 && onTheWay.length === 0;
  return (
    <div className="grid gap-5">
      <DropPlace onFiles={add} />
      <TroubleLine />
      {isEmpty ? (
        <EmptyAlbum onAdd={addSome} />
      ) : (
        <Grid
          photos={photos}
          onTheWay={onTheWay}
          onOrder={(ids) => arrange.mutate(ids)}
          onOpen={(id) => setOpen({ id, crops: false })}
          onRemove={remove}
          onAdd={addSome}
          onFail={() => void refetch()}
        />
      )}
      <Refusals list={onTheWay} />
      <div className="hidden items-center gap-4 text-note text-ink-2 pointer-fine:flex">
        <Button size="small" onClick={() => choose({ folder: true, many: true }, add)}>
          <FolderPlus aria-hidden size={19} strokeWidth={2.1} />
          {texts.addFolder}
        </Button>
        <p>{texts.dropHint}</p>
      </div>
      <p className="flex items-center gap-4 rounded-medium bg-pine-soft p-4 text-note text-pine-text">
        <ShieldCheck aria-hidden size={22} strokeWidth={2.1} className="shrink-0" />
        {texts.private}
      </p>
      {shown && !open?.crops && (
        <PhotoDialog
          photo={shown}
          index={index}
          count={photos.length}
          onClose={() => setOpen(undefined)}
          onCrop={() => setOpen({ id: shown.id, crops: true })}
          onFirst={() => arrange.mutate([shown.id, ...photos.map(({ id }) => id).filter((id) => id !== shown.id)])}
          onRemove={() => remove(shown.id)}
        />
      )}
      {shown && open?.crops && (
        <Suspense fallback={null}>
          <CropDialog photo={shown} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </div>
  );
}

/** What wasn't kept, and why. */
function TroubleLine() {
  const texts = useTexts();
  const trouble = useTrouble();
  if (!trouble) return null;
  return (
    <p role="alert" className="flex gap-3 rounded-medium bg-ember-soft px-4 py-3 text-note text-ember-text">
      <CircleAlert aria-hidden size={20} strokeWidth={2.1} className="shrink-0" />
      <span>
        {texts.photos.trouble[trouble.what]} {problemText(trouble.error, texts).text}
      </span>
    </p>
  );
}
