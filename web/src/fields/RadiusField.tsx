import { useQuery } from "@tanstack/react-query";
import { RadiusSlider } from "../design/RadiusSlider";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { reachQuery, useSettled } from "./queries";
import { useZip } from "./ZipField";

type RadiusFieldProps = {
  /** Around which ZIP code; without a whole one nobody is counted. */
  zip: string;
  value: number;
  onChange: (miles: number) => void;
  /** The slider was let go. */
  onCommit?: (miles: number) => void;
  label?: string;
};

/** The fixed steps, and how many people each reaches. */
export function RadiusField({ zip, value, onChange, onCommit, label }: RadiusFieldProps) {
  const { fields, common } = useTexts();
  const { number } = useFormats();
  return (
    <div className="grid gap-1">
      <p className="flex items-baseline justify-between gap-4 text-note font-semibold">
        <span>{label ?? fields.radius.label}</span>
        <span>{common.miles(number(value))}</span>
      </p>
      <RadiusSlider value={value} onChange={onChange} {...(onCommit ? { onCommit } : {})} />
      <Reach zip={zip} radius={value} />
    </div>
  );
}

function Reach({ zip, radius }: { zip: string; radius: number }) {
  const { fields } = useTexts();
  const { number } = useFormats();
  const { place } = useZip(zip);
  const { data, error } = useQuery(reachQuery(zip, useSettled(radius)));
  return (
    <p className="min-h-[21px] text-note text-ink-2" aria-live="polite">
      {data ? said(Number(data.about)) : error ? fields.radius.unknown : ""}
    </p>
  );

  // Below ten, the server answers in words.
  function said(about: number): string {
    if (Number.isNaN(about)) return place ? fields.radius.fewAround(place) : fields.radius.few;
    return place ? fields.radius.reachAround(number(about), place) : fields.radius.reach(number(about));
  }
}
