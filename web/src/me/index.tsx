import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { me } = useTexts();
  return <PageHead title={me.title} />;
}
