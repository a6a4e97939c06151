import { type Language, useLanguage } from "./index";

/** The browser's region with the shown language: Spanish in the US keeps its own clock and numbers. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}

function formatsOf(language: Language) {
  const locale = localeOf(language);
  const number = new Intl.NumberFormat(locale);
  const days = new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" });
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    number: (value: number) => number.format(value),
    percent: (part: number) => percent.format(part),
    days: (count: number) => days.format(count),
    list: (items: readonly string[]) => list.format(items),
    time: (iso: string) => time.format(new Date(iso)),
    weekday: (iso: string) => weekday.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    date: (iso: string) => date.format(new Date(iso)),
    moment: (iso: string) => moment.format(new Date(iso)),
    relativeDay: (days: number) => relative.format(days, "day"),
  };
}

export type Formats = ReturnType<typeof formatsOf>;
const made = new Map<Language, Formats>();

/** Numbers, lists and times as the browser's locale writes them. */
export function useFormats(): Formats {
  const language = useLanguage();
  const formats = made.get(language) ?? formatsOf(language);
  made.set(language, formats);
  return formats;
}
