import { Bone, Skeleton } from "../design/Skeleton";

/** The grid before it is known how many photos there are. */
export function AlbumSkeleton() {
  return (
    <Skeleton className="grid grid-cols-3 gap-2.5 pad:grid-cols-4 pad:gap-3">
      <Bone className="col-span-2 row-span-2 aspect-[4/5] rounded-medium" />
      <Bone className="aspect-[4/5] rounded-medium" />
      <Bone className="aspect-[4/5] rounded-medium" />
    </Skeleton>
  );
}
