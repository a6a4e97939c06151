import { useEffect, useState } from "react";
import type { Schemas } from "../api/client";
import { usePause, usePlaceShown, useRadius } from "../api/own";
import { Choice } from "../design/Choice";
import { Switch } from "../design/Switch";
import { RadiusField } from "../fields/RadiusField";
import { problemText } from "../texts/problems";
import { Sheet } from "./Group";
import { useTexts } from "./words";

/** Radius, what others read of one's place, pause: each counts at once, and goes back if it couldn't be kept. */
export function Meeting({ me }: { me: Schemas["OwnCard"] }) {
  const { settings } = useTexts();
  const { meeting } = settings;
  const place = usePlaceShown();
  const pause = usePause();
  return (
    <Sheet>
      <Radius me={me} />
      <div className="grid gap-2">
        <Choice
          legend={meeting.place}
          hint={meeting.placeNote}
          value={me.place_shown}
          options={[
            { value: "town", name: meeting.town },
            { value: "state", name: meeting.state },
            { value: "hidden", name: meeting.hidden },
          ]}
          onChange={(shown) => place.mutate(shown)}
        />
        <p aria-live="polite" className="text-note font-medium text-pine-text">
          {place.isPending ? "" : me.place ? meeting.reads(me.place) : meeting.readsNothing}
        </p>
        <Refusal of={place.error} />
      </div>
      <div className="grid gap-2">
        <Switch
          name={meeting.pause}
          note={meeting.pauseNote}
          checked={me.paused}
          onChange={(paused) => pause.mutate(paused)}
        />
        <Refusal of={pause.error} />
      </div>
    </Sheet>
  );
}

function Radius({ me }: { me: Schemas["OwnCard"] }) {
  const { settings } = useTexts();
  const { meeting } = settings;
  const radius = useRadius();
  const [miles, show] = useState(me.effective_radius);
  useEffect(() => show(me.effective_radius), [me.effective_radius]);
  return (
    <div className="grid gap-2">
      <RadiusField
        zip={me.location ?? ""}
        label={meeting.radius}
        value={miles}
        onChange={show}
        onCommit={(next) => radius.mutate(next)}
      />
      <p className="text-note text-ink-2">{me.location ? meeting.radiusNote : meeting.noZip}</p>
      <Refusal of={radius.error} />
    </div>
  );
}

function Refusal({ of: error }: { of: unknown }) {
  const texts = useTexts();
  if (!error) return null;
  return (
    <p role="alert" className="text-note text-ember-text">
      {texts.settings.couldNot(problemText(error, texts).text)}
    </p>
  );
}
