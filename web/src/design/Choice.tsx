import { type ReactNode, useId } from "react";

type Option<V extends string> = { value: V; name: string };

type ChoiceProps<V extends string> = {
  legend: string;
  hint?: ReactNode;
  error?: string | undefined;
  value: V | undefined;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
};

/** One of a few, all in sight: radio buttons in a column. */
export function Choice<V extends string>({ legend, hint, error, value, options, onChange }: ChoiceProps<V>) {
  const id = useId();
  return (
    <fieldset className="grid min-w-0 gap-1" aria-describedby={error || hint ? `${id}-note` : undefined}>
      <legend className="text-note font-semibold">{legend}</legend>
      <div className="mt-1 grid">
        {options.map((option) => (
          <label key={option.value} className="flex min-h-11 cursor-pointer items-center gap-3 rounded-small px-1">
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="size-5 shrink-0 accent-pine"
            />
            {option.name}
          </label>
        ))}
      </div>
      {(error || hint) && (
        <p id={`${id}-note`} className={error ? "text-note text-ember-text" : "text-note text-ink-2"}>
          {error ?? hint}
        </p>
      )}
    </fieldset>
  );
}
