import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { useTexts } from "../texts";
import { classes } from "./classes";

type FrameProps = { label: string; optional?: boolean; hint?: ReactNode; error?: string | undefined };

const BOX =
  "w-full rounded-medium border bg-surface px-4 py-3 text-body text-ink placeholder:text-ink-2 " +
  "focus:outline-3 focus:outline-offset-0 focus:outline-pine-soft focus:border-pine";

const edge = (error: string | undefined) => (error ? "border-ember" : "border-edge");

type Given = { id: string; "aria-invalid": boolean; "aria-describedby": string | undefined };

/** Label above, hint or error below: the frame of every field. */
export function Field(props: FrameProps & { children: (given: Given) => ReactNode }) {
  const { common } = useTexts();
  const id = useId();
  const note = props.error ?? props.hint;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-note font-semibold">
        {props.label}
        {props.optional && <span className="font-normal text-ink-2"> ({common.optional})</span>}
      </label>
      {props.children({
        id,
        "aria-invalid": props.error !== undefined,
        "aria-describedby": note ? `${id}-note` : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={classes("text-note", props.error ? "text-ember-text" : "text-ink-2")}>
          {note}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, optional, hint, error, className, ...rest }: FrameProps & ComponentProps<"input">) {
  return (
    <Field label={label} optional={optional ?? false} hint={hint} error={error}>
      {(given) => <input className={classes(BOX, "min-h-13", edge(error), className)} {...given} {...rest} />}
    </Field>
  );
}

export function TextArea({
  label,
  optional,
  hint,
  error,
  className,
  ...rest
}: FrameProps & ComponentProps<"textarea">) {
  return (
    <Field label={label} optional={optional ?? false} hint={hint} error={error}>
      {(given) => <textarea rows={4} className={classes(BOX, edge(error), className)} {...given} {...rest} />}
    </Field>
  );
}

/** With a button that shows what was typed. */
export function PasswordField({ label, hint, error, className, ...rest }: FrameProps & ComponentProps<"input">) {
  const { common } = useTexts();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field label={label} hint={hint} error={error}>
      {(given) => (
        <div className="relative">
          <input
            type={shown ? "text" : "password"}
            autoCapitalize="off"
            spellCheck={false}
            className={classes(BOX, "min-h-13 pr-14", edge(error), className)}
            {...given}
            {...rest}
          />
          <button
            type="button"
            aria-label={shown ? common.hidePassword : common.showPassword}
            className="absolute inset-y-0 right-1 grid w-12 place-items-center rounded-medium text-ink-2 hover:text-ink"
            onClick={() => setShown(!shown)}
          >
            <Icon aria-hidden size={20} strokeWidth={2.1} />
          </button>
        </div>
      )}
    </Field>
  );
}
