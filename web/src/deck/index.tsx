import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { deck } = useTexts();
  return <PageHead title={deck.title} />;
}
