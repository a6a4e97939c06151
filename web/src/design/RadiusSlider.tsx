import { Slider } from "radix-ui";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

/** The distances that count, in miles: also the edges of the distance bands. */
export const RADII = [5, 10, 25, 50, 100, 250, 500] as const;

type RadiusSliderProps = { value: number; onChange: (miles: number) => void; onCommit?: (miles: number) => void };

/** The fixed steps, evenly spaced. */
export function RadiusSlider({ value, onChange, onCommit }: RadiusSliderProps) {
  const { common } = useTexts();
  const { number } = useFormats();
  const step = RADII.findIndex((miles) => miles >= value);
  const milesAt = ([index]: number[]) => RADII[index ?? 0] ?? value;
  return (
    <Slider.Root
      className="relative flex h-11 w-full touch-none items-center select-none"
      min={0}
      max={RADII.length - 1}
      value={[step < 0 ? RADII.length - 1 : step]}
      onValueChange={(steps) => onChange(milesAt(steps))}
      onValueCommit={(steps) => onCommit?.(milesAt(steps))}
    >
      <Slider.Track className="relative h-2 grow rounded-full bg-line">
        <Slider.Range className="absolute h-full rounded-full bg-pine" />
      </Slider.Track>
      <Slider.Thumb
        aria-label={common.radius}
        aria-valuetext={common.miles(number(value))}
        className="block size-7 rounded-full border-3 border-pine bg-surface shadow-card"
      />
    </Slider.Root>
  );
}
