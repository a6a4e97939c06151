import { useInfiniteQuery } from "@tanstack/react-query";
import { useFormats } from "../texts/format";
import { Listing } from "./Listing";
import { reportsList } from "./lists";
import { SubPage } from "./SubPage";
import { useTexts } from "./words";

/** What one reported, and what came of it. */
export function Component() {
  const { settings, safety } = useTexts();
  const { reports } = settings;
  const { date } = useFormats();
  const query = useInfiniteQuery(reportsList);
  return (
    <SubPage title={reports.title} lead={reports.lead}>
      <Listing query={query} empty={reports.empty}>
        {(report) => (
          <li key={report.id} className="grid gap-1 px-4 py-3.5">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="font-semibold">@{report.username}</span>
              <span className="text-note text-ink-2">{reports.of(date(report.created_at))}</span>
            </p>
            <p>{safety.grounds[report.reason]}</p>
            {report.detail && (
              <p className="text-note whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">{report.detail}</p>
            )}
            <p className="text-note font-semibold text-pine-text">
              {report.outcome ? reports.outcomes[report.outcome] : reports.open}
            </p>
          </li>
        )}
      </Listing>
    </SubPage>
  );
}
