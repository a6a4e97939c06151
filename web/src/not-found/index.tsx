import { Link } from "react-router";
import { Button } from "../design/Button";
import { Mark } from "../design/Mark";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";

export function Component() {
  const { notFound } = useTexts();
  usePageTitle(notFound.title);
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center">
      <Mark />
      <h1 className="mt-6 text-head">{notFound.title}</h1>
      <p className="text-ink-2">{notFound.text}</p>
      <Button kind="main" className="mt-2" asChild>
        <Link to="/">{notFound.home}</Link>
      </Button>
    </main>
  );
}
