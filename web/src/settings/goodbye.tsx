import { useEffect } from "react";
import { Link, useSearchParams } from "react-router";
import { session } from "../api/session";
import { Button } from "../design/Button";
import { Mark } from "../design/Mark";
import { usePageTitle } from "../shell/PageHead";
import { useFormats } from "../texts/format";
import { useTexts } from "./words";

/** After the deletion: until when it can be taken back. */
export function Component() {
  const { delete: words } = useTexts().settings;
  const { date } = useFormats();
  const [query] = useSearchParams();
  const until = query.get("until");
  usePageTitle(words.goneTitle);
  useEffect(() => session.drop(), []);
  return (
    <main className="mx-auto grid min-h-dvh max-w-110 content-center justify-items-start gap-5 p-6">
      <Mark />
      <h1 className="text-head">{words.goneTitle}</h1>
      {until && Date.parse(until) > Date.now() && <p>{words.gone(date(until))}</p>}
      <Button asChild>
        <Link to="/">{words.home}</Link>
      </Button>
    </main>
  );
}
