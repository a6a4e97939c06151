import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { settings } = useTexts();
  return <PageHead title={settings.title} />;
}
