import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { person } = useTexts();
  return <PageHead title={person.title} />;
}
