import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";

const KINDS = {
  main: "bg-pine text-on-pine shadow-card hover:brightness-110",
  plain: "bg-surface text-ink border border-edge hover:bg-sunk",
  quiet: "text-pine-text hover:bg-pine-soft",
  danger: "bg-ember text-on-ember hover:brightness-110",
  dangerQuiet: "text-ember-text hover:bg-ember-soft",
};

const SIZES = {
  small: "min-h-11 px-4 text-note",
  normal: "min-h-12 px-5 text-body",
  large: "min-h-14 px-7 text-lead",
};

export type ButtonProps = ComponentProps<"button"> & {
  kind?: keyof typeof KINDS;
  size?: keyof typeof SIZES;
  /** Gives the look to the one child, such as a link. */
  asChild?: boolean;
};

const SHAPE =
  "inline-flex items-center justify-center gap-2 rounded-full font-semibold whitespace-nowrap select-none transition " +
  "active:scale-[.98] disabled:opacity-55 disabled:active:scale-100";

export function Button({ kind = "plain", size = "normal", asChild, className, ...rest }: ButtonProps) {
  const look = classes(SHAPE, KINDS[kind], SIZES[size], className);
  return asChild ? <Slot.Root className={look} {...rest} /> : <button type="button" className={look} {...rest} />;
}

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & { name: string; children: ReactNode };

/** A round button with only an icon: `name` is what screen readers and the tooltip say. */
export function IconButton({ name, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      className={classes(
        "inline-grid size-11 shrink-0 place-items-center rounded-full text-ink-2 transition hover:bg-sunk hover:text-ink",
        "active:scale-95 disabled:opacity-45",
        className,
      )}
      {...rest}
    />
  );
}
