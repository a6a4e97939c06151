import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { meQuery } from "../api/queries";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { RadiusSlider } from "../design/RadiusSlider";
import { useTexts } from "../texts";
import { useFormats } from "../texts/format";
import { problemText } from "../texts/problems";
import { reachQuery, useAbout, useRadius } from "./reach";

type RadiusDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** How far one looks, and how many people that reaches. */
export function RadiusDialog({ open, onOpenChange }: RadiusDialogProps) {
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
