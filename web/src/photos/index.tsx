import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { AlbumLead } from "../album/AlbumLead";
import { AlbumSkeleton } from "../album/AlbumSkeleton";
import { Button } from "../design/Button";
import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

// Dragging and sending are half of this page's code: its head and its shape needn't wait for them.
const Album = lazy(() => import("../album/Album").then((module) => ({ default: module.Album })));

export function Component() {
  const { photos } = useTexts();
  return (
    <div className="mx-auto max-w-180">
      <PageHead title={photos.title} back="/me">
        <Button kind="quiet" size="small" className="-mr-3" asChild>
          <Link to="/me">{photos.done}</Link>
        </Button>
      </PageHead>
      <div className="grid gap-4 px-5 pt-1 pb-8 pad:px-6">
        <AlbumLead />
        <Suspense fallback={<AlbumSkeleton />}>
          <Album />
        </Suspense>
      </div>
    </div>
  );
}
