import { CircleAlert } from "lucide-react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Button } from "../design/Button";
import { Notice } from "../design/Notice";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";

/** What a profile needs before the deck opens. */
export function Incomplete({ missing }: { missing: readonly Schemas["Missing"][] }) {
  const { me } = useTexts();
  const { list } = useFormats();
  return (
    <Notice tone="sun" Icon={CircleAlert}>
      <h2 className="text-lead">{me.incomplete}</h2>
      <p>{me.incompleteText(list(missing.map((field) => me.missing[field])))}</p>
      <Button kind="main" asChild className="justify-self-start">
        <Link to="/me/edit">{me.complete}</Link>
      </Button>
    </Notice>
  );
}
