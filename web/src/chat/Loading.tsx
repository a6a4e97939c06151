import { classes } from "../design/classes";
import { Bone, Skeleton } from "../design/Skeleton";

const BUBBLES = ["w-3/5", "w-2/5", "ml-auto w-1/2", "w-2/3", "ml-auto w-1/3"];

export function Loading({ className }: { className: string }) {
  return (
    <Skeleton className={className}>
      <div className="flex min-h-18 items-center gap-3 border-b border-line px-4">
        <Bone className="size-11 rounded-full" />
        <Bone className="h-5 w-32" />
      </div>
      <div className="flex grow flex-col justify-end gap-2 p-4 desk:px-6">
        {BUBBLES.map((width) => (
          <Bone key={width} className={classes("h-11 rounded-[22px]", width)} />
        ))}
      </div>
      <div className="border-t border-line p-3">
        <Bone className="h-13 rounded-full" />
      </div>
    </Skeleton>
  );
}
