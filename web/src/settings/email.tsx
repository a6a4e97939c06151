import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { meQuery } from "../api/queries";
import { ErrorPanel } from "../design/ErrorPanel";
import { Bone, Skeleton } from "../design/Skeleton";
import { EmailForm } from "./EmailForm";
import { Sheet } from "./Group";
import { Resend } from "./Resend";
import { SubPage } from "./SubPage";
import { useTexts } from "./words";

/** One's address, its proof, and another one. */
export function Component() {
  const { email } = useTexts().settings;
  const { data: me, error, refetch } = useQuery(meQuery);
  return (
    <SubPage title={email.title} lead={email.lead}>
      {!me && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && (
        <Skeleton className="grid gap-4">
          <Bone className="h-24 rounded-medium" />
          <Bone className="h-32 rounded-medium" />
        </Skeleton>
      )}
      {me && (
        <>
          <Sheet>
            <Now me={me} />
          </Sheet>
          <EmailForm me={me} />
          <Link
            to="/settings/mails"
            className="justify-self-start font-semibold text-pine-text underline underline-offset-4"
          >
            {email.mails}
          </Link>
        </>
      )}
    </SubPage>
  );
}

function Now({ me }: { me: Schemas["OwnCard"] }) {
  const { email } = useTexts().settings;
  const Icon = me.email_verified ? CircleCheck : CircleAlert;
  return (
    <div className="grid gap-2">
      <h2 className="font-body text-note tracking-normal">{email.now}</h2>
      {me.email ? (
        <>
          <p className="[overflow-wrap:anywhere]">{me.email}</p>
          <p className="flex gap-2 text-note text-ink-2">
            <Icon aria-hidden size={18} strokeWidth={2.1} className="mt-0.5 shrink-0" />
            {me.email_verified ? email.verified : email.unverified}
          </p>
          {!me.email_verified && <Resend />}
        </>
      ) : (
        <p className="text-ink-2">{email.none}</p>
      )}
    </div>
  );
}
