import { useQuery } from "@tanstack/react-query";
import { ChevronDown, MapPin } from "lucide-react";
import { Suspense, useState } from "react";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { RadiusDialog } from "./dialogs";

/** How far one looks; opens the slider. */
export function RadiusPill() {
  const { common } = useTexts();
  const { number } = useFormats();
  const [open, setOpen] = useState(false);
  const { data: me } = useQuery(meQuery);
  if (!me) return <span className="h-11" />;
  return (
    <>
      <Button size="small" className="pr-3" onClick={() => setOpen(true)}>
        <MapPin aria-hidden size={18} strokeWidth={2.1} />
        {common.withinMiles(number(me.effective_radius))}
        <ChevronDown aria-hidden size={18} strokeWidth={2.1} />
      </Button>
      <Suspense>{open && <RadiusDialog open onOpenChange={setOpen} />}</Suspense>
    </>
  );
}
