import { useQuery } from "@tanstack/react-query";
import { Plus, Search } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { announce } from "../design/Announcer";
import { ToggleChip } from "../design/Chip";
import { Field } from "../design/Field";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { tagsQuery, useSettled } from "./queries";
import { addTags, LONGEST_TAG, MOST_TAGS, tagOf, toggleTag } from "./tags";

type TagsFieldProps = {
  label: string;
  value: readonly string[];
  onChange: (tags: string[]) => void;
  onBlur?: () => void;
  optional?: boolean;
  hint?: string;
  error?: string | undefined;
  /** How many suggestions stand below. */
  suggestions?: number;
};

/** Hobbies or interests: typed, pasted with commas, or picked from what others like. */
export function TagsField({ value, onChange, onBlur, suggestions = 14, ...frame }: TagsFieldProps) {
  const { fields } = useTexts();
  const { number } = useFormats();
  const [typed, type] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const full = value.length >= MOST_TAGS;
  const tooLong = typed.split(",").some((part) => [...tagOf(part)].length > LONGEST_TAG);
  const problem = tooLong ? fields.tags.tooLong : full && typed ? fields.tags.full(number(MOST_TAGS)) : frame.error;

  const take = (words: string) => {
    if (tagOf(words) === "" || tooLong || full) return;
    onChange(addTags(value, words));
    announce(fields.tags.added(words.trim()));
    type("");
  };
  const toggle = (tag: string) => {
    const had = value.includes(tag);
    if (had || !full) onChange(toggleTag(value, tag));
    if (!had) type("");
    announce(had ? fields.tags.removed(tag) : fields.tags.added(tag));
    input.current?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const adds = event.key === "," || (event.key === "Enter" && typed.trim() !== "");
    if (!adds || event.nativeEvent.isComposing) return;
    event.preventDefault();
    take(typed);
  };
  // What was typed counts when one goes on without Enter, but not when a chip of this field is picked.
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    take(typed);
    onBlur?.();
  };

  return (
    <fieldset aria-label={frame.label} className="grid min-w-0 gap-3" onBlur={leave}>
      <Field {...frame} error={problem}>
        {(given) => (
          <div className="relative">
            <Search aria-hidden size={20} strokeWidth={2.1} className="absolute top-4 left-4 text-ink-2" />
            <input
              ref={input}
              type="text"
              value={typed}
              placeholder={fields.tags.placeholder}
              autoComplete="off"
              autoCapitalize="off"
              enterKeyHint="done"
              onChange={(event) => {
                const text = event.target.value;
                if (text.includes(",") && text.length > typed.length + 1) take(text);
                else type(text);
              }}
              onKeyDown={onKeyDown}
              className="min-h-13 w-full rounded-medium border border-edge bg-surface py-3 pr-4 pl-12 placeholder:text-ink-2 focus:border-pine focus:outline-3 focus:outline-offset-0 focus:outline-pine-soft aria-invalid:border-ember"
              {...given}
            />
          </div>
        )}
      </Field>
      {value.length > 0 && (
        <fieldset className="flex min-w-0 flex-wrap gap-2">
          <legend className="sr-only">{fields.tags.chosen}</legend>
          {value.map((tag) => (
            <ToggleChip key={tag} pressed onToggle={() => toggle(tag)}>
              {tag}
            </ToggleChip>
          ))}
        </fieldset>
      )}
      {!full && <Suggestions typed={typed} chosen={value} count={suggestions} onPick={toggle} />}
    </fieldset>
  );
}

type SuggestionsProps = { typed: string; chosen: readonly string[]; count: number; onPick: (tag: string) => void };

/** What others like, or what begins like the typed letters; the typed word itself comes first. */
function Suggestions({ typed, chosen, count, onPick }: SuggestionsProps) {
  const { fields } = useTexts();
  const prefix = useSettled(tagOf(typed));
  const id = useId();
  const { data } = useQuery(tagsQuery(prefix, count + chosen.length));
  const own = tagOf(typed);
  const names = (data?.items ?? []).map(({ name }) => name).filter((name) => !chosen.includes(name));
  const shown = names.filter((name) => name !== own && name.startsWith(own)).slice(0, count);
  if (shown.length === 0 && own === "") return null;
  return (
    <div>
      <p id={id} className="mb-2 text-note font-semibold text-ink-2">
        {own ? fields.tags.matching(typed.trim()) : fields.tags.suggestions}
      </p>
      <fieldset aria-labelledby={id} className="flex min-w-0 flex-wrap gap-2">
        {own !== "" && !chosen.includes(own) && (
          <ToggleChip pressed={false} onToggle={() => onPick(own)}>
            <span className="inline-flex items-center gap-1.5">
              <Plus aria-hidden size={16} strokeWidth={2.1} />
              {fields.tags.add(typed.trim())}
            </span>
          </ToggleChip>
        )}
        {shown.map((name) => (
          <ToggleChip key={name} pressed={false} onToggle={() => onPick(name)}>
            {name}
          </ToggleChip>
        ))}
      </fieldset>
    </div>
  );
}
