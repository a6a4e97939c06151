import { classes } from "./classes";

/** Over a photo: how many there are, and which one this is. */
export function Ticks({ count, index }: { count: number; index: number }) {
  return (
    <div aria-hidden className="absolute inset-x-4 top-3 flex gap-1.5">
      {Array.from({ length: count }, (_, tick) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: ticks are nothing but their places
          key={tick}
          className={classes(
            "h-1 flex-1 rounded-full bg-white shadow-[0_0_0_1px_rgb(0_0_0/.12)] transition-opacity",
            tick !== index && "opacity-55",
          )}
        />
      ))}
    </div>
  );
}
