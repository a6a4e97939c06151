import type { Message } from "../conversation/history";
import type { Unsent } from "../conversation/kept";

/** `sent`, or how far a message of one's own is. */
export type Standing = "sent" | Unsent["state"];

export type Row =
  | { kind: "begin"; key: "begin" }
  | { kind: "time"; key: string; at: string; newDay: boolean }
  | {
      kind: "message";
      key: string;
      clientId: string;
      body: string;
      at: string;
      mine: boolean;
      /** Of a run: messages of one person, one after the other. */
      first: boolean;
      last: boolean;
      standing: Standing;
      why?: string | undefined;
      /** The last message of all, mine, and they have read it. */
      read: boolean;
    };

type MessageRow = Extract<Row, { kind: "message" }>;

type Conversation = {
  items: readonly Message[];
  whole: boolean;
  unsent: readonly Unsent[];
  other: string;
  /** Up to where they have read. */
  otherRead: number;
};

const PAUSE = 3_600_000;

const dayOf = (at: string) => new Date(at).toDateString();

/** A sent message keeps the key that it had on its way: the bubble stays, it doesn't blink. */
function messages({ items, unsent, other, otherRead }: Conversation): MessageRow[] {
  const arrived = new Set(items.filter(({ sender }) => sender !== other).map(({ client_id }) => client_id));
  const newest = items.at(-1);
  const sent = items.map(({ seq, sender, client_id, body, sent_at }) => {
    const mine = sender !== other;
    const read = mine && seq === newest?.seq && otherRead >= seq;
    const key = `${mine ? "mine" : "theirs"} ${client_id}`;
    return { key, clientId: client_id, body, at: sent_at, mine, standing: "sent" as const, read };
  });
  const underway = unsent
    .filter(({ client_id }) => !arrived.has(client_id))
    .map(({ client_id, body, written_at, state, why }) => ({
      key: `mine ${client_id}`,
      clientId: client_id,
      body,
      at: written_at,
      mine: true,
      standing: state,
      why,
      read: false,
    }));
  return [...sent, ...underway].map((row) => ({ kind: "message", first: true, last: true, ...row }));
}

/** What stands in the list: times after pauses and on new days, runs, one "Read" at the end. */
export function rowsOf(conversation: Conversation): Row[] {
  const rows: Row[] = conversation.whole ? [{ kind: "begin", key: "begin" }] : [];
  let before: MessageRow | undefined;
  for (const row of messages(conversation)) {
    const newDay = before === undefined || dayOf(before.at) !== dayOf(row.at);
    if (newDay || (before && Date.parse(row.at) - Date.parse(before.at) > PAUSE)) {
      rows.push({ kind: "time", key: `time ${row.key}`, at: row.at, newDay });
    } else if (before && before.mine === row.mine) {
      before.last = false;
      row.first = false;
    }
    rows.push(row);
    before = row;
  }
  return rows;
}
