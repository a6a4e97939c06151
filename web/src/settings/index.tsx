import { useQuery } from "@tanstack/react-query";
import {
  Ban,
  Flag,
  KeyRound,
  LogOut,
  type LucideIcon,
  Mail,
  MonitorSmartphone,
  Package,
  Send,
  ShieldAlert,
  Trash2,
} from "lucide-react";
import type { Schemas } from "../api/client";
import { meQuery } from "../api/queries";
import { session } from "../api/session";
import { ErrorPanel } from "../design/ErrorPanel";
import { LinkRow, RowLook, Rows } from "../design/Rows";
import { Bone, Skeleton } from "../design/Skeleton";
import { PageHead } from "../shell/PageHead";
import { useFormats } from "../texts/format";
import { Group } from "./Group";
import { Looks } from "./Looks";
import { Meeting } from "./Meeting";
import { type Texts, useTexts } from "./words";

/** In groups, the dangerous ones last. */
export function Component() {
  const { settings, common } = useTexts();
  const { days } = useFormats();
  const { data: me, error, refetch } = useQuery(meQuery);
  return (
    <div className="mx-auto max-w-160">
      <PageHead title={settings.title} />
      {!me && (error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Loading />)}
      {me && (
        <div className="grid gap-8 px-4 pt-2 pb-10 pad:px-6">
          <Group title={settings.meeting.title}>
            <Meeting me={me} />
          </Group>
          <Group title={settings.looks.title}>
            <Looks />
          </Group>
          {waysOf(settings, me).map(({ title, ways }) => (
            <Group key={title} title={title}>
              <Rows>
                {ways.map((way) => (
                  <LinkRow key={way.to} {...way} />
                ))}
              </Rows>
            </Group>
          ))}
          <Group title={settings.leave.title}>
            <Rows>
              <li>
                <button type="button" className="w-full text-left" onClick={() => void session.end()}>
                  <RowLook Icon={LogOut} title={common.logOut} note={settings.account.username(me.username)} />
                </button>
              </li>
              <LinkRow
                to="/settings/delete"
                Icon={Trash2}
                title={settings.delete.title}
                note={
                  me.deletion_grace_days > 0
                    ? settings.delete.noteWithin(days(me.deletion_grace_days))
                    : settings.delete.note
                }
              />
            </Rows>
          </Group>
        </div>
      )}
    </div>
  );
}

type Way = { to: string; Icon: LucideIcon; title: string; note: string };

function waysOf(settings: Texts["settings"], me: Schemas["OwnCard"]): { title: string; ways: Way[] }[] {
  const { account, email, password, sessions, blocked, reports, sanctions, mails } = settings;
  const address = !me.email
    ? account.noEmail
    : me.email_verified
      ? account.verified(me.email)
      : account.unverified(me.email);
  return [
    {
      title: account.title,
      ways: [
        { to: "/settings/email", Icon: Mail, title: email.title, note: address },
        { to: "/settings/password", Icon: KeyRound, title: password.title, note: password.note },
        { to: "/settings/sessions", Icon: MonitorSmartphone, title: sessions.title, note: sessions.note },
      ],
    },
    {
      title: settings.safety.title,
      ways: [
        { to: "/settings/blocked", Icon: Ban, title: blocked.title, note: blocked.note },
        { to: "/settings/reports", Icon: Flag, title: reports.title, note: reports.note },
        { to: "/settings/sanctions", Icon: ShieldAlert, title: sanctions.title, note: sanctions.note },
      ],
    },
    {
      title: settings.data.title,
      ways: [
        { to: "/settings/export", Icon: Package, title: settings.export.title, note: settings.export.note },
        { to: "/settings/mails", Icon: Send, title: mails.title, note: mails.lead },
      ],
    },
  ];
}

function Loading() {
  return (
    <Skeleton className="grid gap-8 px-4 pt-2 pad:px-6">
      <Bone className="h-110 rounded-medium" />
      <Bone className="h-60 rounded-medium" />
      <Bone className="h-60 rounded-medium" />
    </Skeleton>
  );
}
