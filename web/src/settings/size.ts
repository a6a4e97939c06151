const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** Bytes as people say them: `1.4 MB`, in the page's language. */
export function sizeOf(bytes: number, locale = document.documentElement.lang || "en"): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  const unit = UNITS[power] ?? "byte";
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  );
}
