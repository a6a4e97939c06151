import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { SanctionBody } from "../safety/SanctionBody";
import { useFormats } from "../texts/format";
import { Listing } from "./Listing";
import { sanctionsList } from "./lists";
import { SubPage } from "./SubPage";
import { useTexts } from "./words";

/** What moderators laid on one, and what one says against it. */
export function Component() {
  const { settings, safety } = useTexts();
  const { sanctions } = settings;
  const { date } = useFormats();
  const client = useQueryClient();
  const query = useInfiniteQuery(sanctionsList);
  return (
    <SubPage title={sanctions.title} lead={sanctions.lead}>
      <Listing query={query} empty={sanctions.empty}>
        {(sanction) => (
          <li key={sanction.id} className="grid gap-4 px-4 py-5">
            <h2 className="flex flex-wrap items-baseline justify-between gap-x-4 text-lead">
              {safety.kinds[sanction.kind]}
              {sanction.lifted_at && (
                <span className="font-body text-note font-normal tracking-normal text-ink-2">
                  {safety.lifted(date(sanction.lifted_at))}
                </span>
              )}
            </h2>
            <SanctionBody
              sanction={sanction}
              onChange={() => void client.invalidateQueries({ queryKey: sanctionsList.queryKey })}
            />
          </li>
        )}
      </Listing>
    </SubPage>
  );
}
