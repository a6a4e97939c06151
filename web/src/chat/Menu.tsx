import { Ban, Ellipsis, Flag, UserRound, UserRoundX } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import type { Schemas } from "../api/client";
import type { Message } from "../conversation/history";
import { IconButton } from "../design/Button";
import { classes } from "../design/classes";
import { BlockDialog } from "../safety/BlockDialog";
import { ReportDialog } from "../safety/ReportDialog";
import { useTexts } from "../texts";
import { UnmatchDialog } from "./UnmatchDialog";
import { useLeave } from "./useLeave";

type MenuProps = { matchId: string; person: Schemas["PersonCard"]; messages: readonly Message[]; ended: boolean };
type Open = "unmatch" | "block" | "report" | undefined;

/** What can be done about a conversation; whatever ends something asks first. */
export default function Menu({ matchId, person, messages, ended }: MenuProps) {
  const { chat, safety } = useTexts();
  const navigate = useNavigate();
  const leave = useLeave(matchId);
  const [open, setOpen] = useState<Open>();
  const dialog = (name: Open) => ({
    open: open === name,
    onOpenChange: (next: boolean) => setOpen(next ? name : undefined),
  });
  const theirs = messages.filter(({ sender }) => sender === person.id);
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <IconButton name={chat.menu(person.display_name)}>
            <Ellipsis aria-hidden size={24} strokeWidth={2.1} />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-30 min-w-56 rounded-medium border border-line bg-surface p-1.5 shadow-card"
        >
          {!ended && !person.gone && (
            <Item onSelect={() => void navigate(`/people/${person.id}`)}>
              <UserRound aria-hidden size={20} strokeWidth={2.1} />
              {chat.showProfile}
            </Item>
          )}
          <Item onSelect={() => setOpen("report")}>
            <Flag aria-hidden size={20} strokeWidth={2.1} />
            {safety.report.action}
          </Item>
          {!ended && (
            <>
              <Item danger onSelect={() => setOpen("unmatch")}>
                <UserRoundX aria-hidden size={20} strokeWidth={2.1} />
                {chat.unmatch}
              </Item>
              <Item danger onSelect={() => setOpen("block")}>
                <Ban aria-hidden size={20} strokeWidth={2.1} />
                {safety.block.action}
              </Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      <UnmatchDialog matchId={matchId} name={person.display_name} onDone={leave} {...dialog("unmatch")} />
      <BlockDialog person={person} onDone={leave} {...dialog("block")} />
      <ReportDialog person={person} messages={theirs} onBlocked={leave} {...dialog("report")} />
    </>
  );
}

function Item({ danger, onSelect, children }: { danger?: boolean; onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className={classes(
        "flex min-h-12 cursor-pointer items-center gap-3 rounded-small px-3 font-medium outline-none select-none",
        danger ? "text-ember-text data-[highlighted]:bg-ember-soft" : "data-[highlighted]:bg-sunk",
      )}
    >
      {children}
    </DropdownMenu.Item>
  );
}
