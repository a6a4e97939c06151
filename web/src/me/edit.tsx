import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../api/queries";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";
import { EditForm } from "./EditForm";

/** What others read of one, to be changed. */
export function Component() {
  const { me: texts } = useTexts();
  const { data: me, error, refetch } = useQuery(meQuery);
  return (
    <div className="mx-auto max-w-160">
      <PageHead title={texts.form.title} back="/me" />
      {!me && (error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Loading />)}
      {me && <EditForm own={me} />}
    </div>
  );
}

function Loading() {
  return (
    <Skeleton className="grid gap-5 px-4 pt-2 pad:px-6">
      <Bone className="h-20 rounded-medium" />
      <Bone className="h-36 rounded-medium" />
      <Bone className="h-44 rounded-medium" />
      <Bone className="h-44 rounded-medium" />
    </Skeleton>
  );
}
