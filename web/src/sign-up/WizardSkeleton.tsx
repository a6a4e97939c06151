import { Bone, Skeleton } from "../design/Skeleton";

/** A step before its fields are there. */
export function WizardSkeleton() {
  return (
    <Skeleton className="mx-auto grid w-full max-w-150 gap-6 px-5 pt-7 pad:px-6">
      <Bone className="h-2" />
      <Bone className="h-10 w-4/5" />
      <Bone className="h-14 rounded-medium" />
      <Bone className="h-14 rounded-medium" />
      <Bone className="h-14 rounded-medium" />
    </Skeleton>
  );
}
