import { Bone, Skeleton } from "../design/Skeleton";

/** A card that is on its way. */
export function CardSkeleton() {
  return (
    <Skeleton className="flex min-h-88 flex-1 flex-col overflow-hidden rounded-large border border-line bg-surface">
      <Bone className="min-h-40 flex-1 rounded-none" />
      <div className="grid gap-3 p-5">
        <Bone className="h-8 w-40" />
        <Bone className="h-5 w-56" />
        <Bone className="h-12 w-full" />
        <div className="flex gap-2">
          <Bone className="h-8 w-24 rounded-full" />
          <Bone className="h-8 w-28 rounded-full" />
          <Bone className="h-8 w-20 rounded-full" />
        </div>
      </div>
    </Skeleton>
  );
}
