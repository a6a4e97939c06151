import { Switch as Radix } from "radix-ui";
import { useId } from "react";

type SwitchProps = { name: string; note: string; checked: boolean; onChange: (checked: boolean) => void };

/** On or off, at once; what it does stands beside it. */
export function Switch({ name, note, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-4">
      <label htmlFor={id} className="grow">
        <span className="block text-note font-semibold">{name}</span>
        <span id={`${id}-note`} className="block text-note text-ink-2">
          {note}
        </span>
      </label>
      <Radix.Root
        id={id}
        aria-label={name}
        aria-describedby={`${id}-note`}
        checked={checked}
        onCheckedChange={onChange}
        className="relative h-8 w-14 shrink-0 rounded-full border-2 border-edge bg-sunk transition before:absolute before:-inset-2 data-[state=checked]:border-pine data-[state=checked]:bg-pine"
      >
        <Radix.Thumb className="block size-6 translate-x-0.5 rounded-full bg-edge transition-transform data-[state=checked]:translate-x-6.5 data-[state=checked]:bg-on-pine" />
      </Radix.Root>
    </div>
  );
}
