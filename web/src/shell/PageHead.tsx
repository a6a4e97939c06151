import { ChevronLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useNavigate } from "react-router";
import { IconButton } from "../design/Button";
import { useTexts } from "../texts";

/** Names the browser tab while the page is open. */
export function usePageTitle(title: string) {
  const { common } = useTexts();
  useEffect(() => {
    document.title = `${title} · ${common.name}`;
  }, [title, common.name]);
}

type PageHeadProps = {
  title: string;
  /** Shows a way back; it leads here when the page was opened by its address. */
  back?: string;
  /** At the right. */
  children?: ReactNode;
};

/** The head line of a page, which also names the tab. */
export function PageHead({ title, back, children }: PageHeadProps) {
  const { common } = useTexts();
  const navigate = useNavigate();
  usePageTitle(title);
  const goBack = (fallback: string) => (history.state?.idx > 0 ? navigate(-1) : navigate(fallback, { replace: true }));
  return (
    <header className="flex min-h-16 items-center gap-2 px-4 pt-2 pad:px-6">
      {back && (
        <IconButton name={common.back} className="-ml-2" onClick={() => void goBack(back)}>
          <ChevronLeft aria-hidden size={26} strokeWidth={2.1} />
        </IconButton>
      )}
      <h1 className="grow text-title desk:text-head">{title}</h1>
      {children}
    </header>
  );
}
