import { useInfiniteQuery } from "@tanstack/react-query";
import { useFormats } from "../texts/format";
import { Listing } from "./Listing";
import { mailsList } from "./lists";
import { SubPage } from "./SubPage";
import { useTexts } from "./words";

/** What was mailed, and whether it arrived. */
export function Component() {
  const { mails } = useTexts().settings;
  const { moment } = useFormats();
  const query = useInfiniteQuery({ ...mailsList, refetchInterval: 15_000 });
  return (
    <SubPage title={mails.title} lead={mails.lead}>
      <Listing query={query} empty={mails.empty}>
        {(mail) => (
          <li key={mail.id} className="grid gap-0.5 px-4 py-3.5">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="font-semibold">{mails.kinds[mail.kind]}</span>
              <span className="text-note text-ink-2">{moment(mail.asked_at)}</span>
            </p>
            <p className="text-note text-ink-2 [overflow-wrap:anywhere]">{mail.address}</p>
            <p
              className={
                mail.state === "refused" || mail.state === "failed"
                  ? "text-note text-ember-text"
                  : "text-note text-ink-2"
              }
            >
              {mails.states[mail.state]}
              {mail.reason && `: ${mail.reason}`}
            </p>
          </li>
        )}
      </Listing>
    </SubPage>
  );
}
