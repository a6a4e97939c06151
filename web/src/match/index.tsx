import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { match } = useTexts();
  return <PageHead title={match.title} />;
}
