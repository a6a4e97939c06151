import { EyeOff, MapPin, Sparkles } from "lucide-react";
import { Link, Navigate } from "react-router";
import { useSession } from "../api/session";
import { Button } from "../design/Button";
import { Mark } from "../design/Mark";
import { usePageTitle } from "../shell/PageHead";
import { useTexts } from "../texts";
import { SampleCard } from "./SampleCard";

const ICONS = [Sparkles, MapPin, EyeOff];

export function Component() {
  const { landing, common } = useTexts();
  usePageTitle(landing.title);
  if (useSession().status === "in") return <Navigate to="/discover" replace />;
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-280 flex-col px-5 desk:px-8">
      <header className="flex min-h-18 items-center justify-between">
        <Mark />
        <Button kind="quiet" size="small" asChild>
          <Link to="/login">{common.logIn}</Link>
        </Button>
      </header>
      <main className="grid grow content-center gap-12 py-6 desk:grid-cols-[1.1fr_.9fr] desk:items-center desk:gap-16">
        <div className="grid gap-5">
          <h1 className="text-hero desk:text-[56px] desk:leading-[60px]">{landing.title}</h1>
          <p className="max-w-130 text-lead text-ink-2">{landing.lead}</p>
          <div className="mt-2 flex flex-col gap-3 pad:flex-row">
            <Button kind="main" size="large" asChild>
              <Link to="/sign-up">{landing.start}</Link>
            </Button>
            <Button size="large" asChild>
              <Link to="/login">{landing.have}</Link>
            </Button>
          </div>
        </div>
        <SampleCard />
        <ul className="grid gap-6 pad:grid-cols-3 desk:col-span-2">
          {landing.points.map(({ title, text }, index) => {
            const Icon = ICONS[index] ?? Sparkles;
            return (
              <li key={title} className="grid content-start gap-2">
                <span className="grid size-11 place-items-center rounded-medium bg-pine-soft text-pine-text">
                  <Icon aria-hidden size={22} strokeWidth={2.1} />
                </span>
                <h2 className="mt-1 text-lead">{title}</h2>
                <p className="text-ink-2">{text}</p>
              </li>
            );
          })}
        </ul>
      </main>
      <footer className="py-6 text-note text-ink-2">{landing.openSource}</footer>
    </div>
  );
}
