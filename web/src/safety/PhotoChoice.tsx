import { pictureOf } from "../api/presigned";
import { PhotoImage } from "../design/PhotoImage";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

type PhotoChoiceProps = {
  person: { display_name: string; image_urls?: readonly string[] };
  /** Links without their signatures, which change. */
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
};

/** Photos that show what a report is about, to be ticked. */
export function PhotoChoice({ person, chosen, onChange }: PhotoChoiceProps) {
  const { report } = useTexts().safety;
  const { number } = useFormats();
  const urls = person.image_urls ?? [];
  if (urls.length === 0) return null;
  const toggle = (picture: string) => {
    const next = new Set(chosen);
    if (!next.delete(picture)) next.add(picture);
    onChange(next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-note font-semibold">{report.photos}</legend>
      <div className="flex flex-wrap gap-3">
        {urls.map((url, index) => (
          <label key={pictureOf(url)} className="relative cursor-pointer">
            <PhotoImage src={url} alt="" name={person.display_name} className="size-20 rounded-small" />
            <input
              type="checkbox"
              aria-label={report.photo(number(index + 1))}
              checked={chosen.has(pictureOf(url))}
              onChange={() => toggle(pictureOf(url))}
              className="absolute top-1 right-1 size-7 accent-pine"
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
