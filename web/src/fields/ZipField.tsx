import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { isPassing } from "../api/problem";
import { announce } from "../design/Announcer";
import { TextField } from "../design/Field";
import { useTexts } from "../texts";
import { isZip, zipQuery } from "./queries";

/** What is known of a ZIP code as typed: `place` once it is there, `unknown` if the server has none. */
export function useZip(zip: string) {
  const { fields } = useTexts();
  const { data, error, isFetching } = useQuery(zipQuery(zip));
  const place = data && isZip(zip) ? fields.zip.place(data.place, data.state) : undefined;
  const away = isZip(zip) && error !== null && isPassing(error);
  return { place, unknown: isZip(zip) && error !== null && !away, away, checking: isFetching };
}

type ZipFieldProps = {
  value: string;
  onChange: (zip: string) => void;
  onBlur?: () => void;
  label?: string;
  optional?: boolean;
  hint?: string;
  error?: string | undefined;
};

/** A ZIP code, checked as typed: five digits show their place. */
export function ZipField({ value, onChange, onBlur, label, hint, error, ...rest }: ZipFieldProps) {
  const { fields } = useTexts();
  const [left, leave] = useState(false);
  const { place, unknown, away, checking } = useZip(value);
  useEffect(() => {
    if (place) announce(place);
  }, [place]);
  const own = unknown ? fields.zip.unknown : left && value !== "" && !isZip(value) ? fields.zip.short : undefined;
  const note = away ? fields.zip.unreachable : checking ? fields.zip.checking : hint;
  return (
    <TextField
      label={label ?? fields.zip.label}
      inputMode="numeric"
      autoComplete="postal-code"
      maxLength={5}
      value={value}
      error={own ?? error}
      hint={
        place ? (
          <span className="inline-flex items-center gap-1.5 font-medium text-pine-text">
            <Check aria-hidden size={16} strokeWidth={2.4} />
            {place}
          </span>
        ) : (
          note
        )
      }
      onChange={(event) => onChange(event.target.value.replace(/\D/g, "").slice(0, 5))}
      onBlur={() => {
        leave(true);
        onBlur?.();
      }}
      {...rest}
    />
  );
}
