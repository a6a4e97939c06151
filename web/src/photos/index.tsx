import { Link } from "react-router";
import { Album } from "../album/Album";
import { AlbumLead } from "../album/AlbumLead";
import { Button } from "../design/Button";
import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

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
        <Album />
      </div>
    </div>
  );
}
