import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { chat } = useTexts();
  return <PageHead title={chat.title} />;
}
