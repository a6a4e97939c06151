import { PageHead } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { signUp } = useTexts();
  return (
    <main>
      <PageHead title={signUp.title} back="/" />
    </main>
  );
}
