import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronDown, MapPin } from "lucide-react";
import { useState } from "react";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { RadiusSlider } from "../design/RadiusSlider";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { reachQuery, useAbout, useRadius } from "./reach";

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
      <RadiusDialog key={String(open)} open={open} onOpenChange={setOpen} />
    </>
  );
}

function RadiusDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const texts = useTexts();
  const { common, deck } = texts;
  const { number } = useFormats();
  const about = useAbout();
  const { data: me } = useQuery(meQuery);
  const [miles, setMiles] = useState(me?.effective_radius ?? 25);
  const { data: reach } = useQuery({
    ...reachQuery(me?.location, miles),
    enabled: open && Boolean(me?.location),
    placeholderData: keepPreviousData,
  });
  const radius = useRadius();
  const look = () => radius.mutate(miles, { onSuccess: () => onOpenChange(false) });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={deck.howFar}>
      <div className="mt-4 grid gap-1">
        <p className="text-right font-semibold">{common.miles(number(miles))}</p>
        <RadiusSlider value={miles} onChange={setMiles} />
        <p className="min-h-6 text-note text-ink-2" aria-live="polite">
          {reach && (me?.place ? deck.reach(about(reach.about), me.place) : deck.reachHere(about(reach.about)))}
        </p>
        {radius.error && (
          <p role="alert" className="text-note text-ember-text">
            {problemText(radius.error, texts).text}
          </p>
        )}
        <Button kind="main" size="large" className="mt-4" disabled={radius.isPending} onClick={look}>
          {deck.look(number(miles))}
        </Button>
      </div>
    </Dialog>
  );
}
