import { CircleAlert, X } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { choose } from "./choose";
import type { Upload } from "./queue";
import { Ring } from "./Ring";
import { mayPass, refusalOf } from "./refusal";
import { uploads } from "./uploads";

/** The round cross at the corner of a tile. */
export function Cross({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      onClick={onClick}
      className="absolute top-0 right-0 grid size-11 place-items-center rounded-full"
    >
      <span className="grid size-7.5 place-items-center rounded-full bg-black/60 text-white">
        <X aria-hidden size={17} strokeWidth={2.4} />
      </span>
    </button>
  );
}

/** A file that is on its way, or that wasn't kept. */
export function UploadTile({ upload }: { upload: Upload }) {
  const { stage } = upload;
  return stage.kind === "refused" ? (
    <Refused upload={upload} error={stage.error} />
  ) : (
    <OnTheWay upload={upload} part={stage.kind === "sending" ? stage.part : undefined} />
  );
}

function OnTheWay({ upload, part }: { upload: Upload; part: number | undefined }) {
  const { photos } = useTexts();
  const { percent } = useFormats();
  const [unseen, setUnseen] = useState(false);
  const { name } = upload.file;
  const said = part === undefined ? photos.waiting : part < 1 ? percent(part) : photos.finishing;
  return (
    <div className="relative grid size-full place-items-center overflow-hidden rounded-medium bg-sunk">
      {!unseen && (
        <img
          src={upload.preview}
          alt=""
          decoding="async"
          className="absolute inset-0 size-full object-cover opacity-15"
          onError={() => setUnseen(true)}
        />
      )}
      <div className="relative grid justify-items-center gap-2">
        <Ring part={part ?? 0} label={photos.sending(name, said)} />
        <span aria-hidden className="text-note text-ink">
          {said}
        </span>
      </div>
      <Cross name={photos.stop(name)} onClick={() => uploads.remove(upload.id)} />
    </div>
  );
}

function Refused({ upload, error }: { upload: Upload; error: unknown }) {
  const texts = useTexts();
  const { photos } = texts;
  const { name } = upload.file;
  const { title, text } = refusalOf(error, texts, name);
  const again = mayPass(error) && title === photos.notSent;
  const act = () => (again ? uploads.retry(upload.id) : choose({}, ([file]) => file && uploads.retry(upload.id, file)));
  return (
    <div
      title={`${name}: ${text}`}
      className="relative grid size-full content-center justify-items-center gap-1 overflow-hidden rounded-medium bg-ember-soft px-1.5 pt-4 text-center text-note text-ember-text"
    >
      <CircleAlert aria-hidden size={24} strokeWidth={2.1} />
      <p className="leading-tight font-semibold">{title}</p>
      <button
        type="button"
        aria-label={again ? photos.again(name) : photos.chooseInstead(name)}
        onClick={act}
        className="min-h-11 rounded-small px-1 leading-tight font-semibold underline underline-offset-4"
      >
        {again ? photos.tryAgain : photos.chooseAnother}
      </button>
      <Cross name={photos.dismiss(name)} onClick={() => uploads.remove(upload.id)} />
    </div>
  );
}
