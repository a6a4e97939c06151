import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Button } from "../design/Button";
import { useTexts } from "../texts";

/** The profile lacks what others are to see before one sees them. */
export function Incomplete({ missing }: { missing: readonly Schemas["Missing"][] }) {
  const { deck } = useTexts();
  return (
    <div className="grid flex-1 content-center justify-items-center gap-3 px-2 text-center">
      <h2 className="text-head">{deck.incomplete.title}</h2>
      <p className="text-ink-2">{deck.incomplete.lead}</p>
      <ul className="grid gap-1 font-semibold">
        {missing.map((field) => (
          <li key={field}>{deck.incomplete.fields[field]}</li>
        ))}
      </ul>
      <Button kind="main" size="large" className="mt-3" asChild>
        <Link to="/me">{deck.incomplete.action}</Link>
      </Button>
    </div>
  );
}
