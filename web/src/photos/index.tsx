import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { photos } = useTexts();
  return <PageHead title={photos.title} />;
}
