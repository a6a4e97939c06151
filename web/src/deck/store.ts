import type { Schemas } from "../api/client";
import type { PeopleNews } from "../api/people-channel";
import { ApiProblem, isPassing } from "../api/problem";
import { type DeckCalls, type Match, PAGE, type Person, type Verdict } from "./calls";
import type { Waiting, WaitingPlace } from "./waiting";

export type Departing = { person: Person; verdict: Verdict };

export type DeckState = {
  phase: "loading" | "ready" | "empty" | "failed";
  /** The first is on top. */
  people: readonly Person[];
  /** Decided on, and still on their way out of sight. */
  departing: readonly Departing[];
  /** The top card came back from where it went. */
  returned?: { personId: string; from: Verdict } | undefined;
  /** Why a card came back, or couldn't. */
  notice?: { name: string; error: unknown } | undefined;
  canUndo: boolean;
  reason?: Schemas["ReasonEmpty"] | undefined;
  error?: unknown;
};

const START: DeckState = { phase: "loading", people: [], departing: [], canUndo: false };
/** With fewer cards than this, more are asked for. */
const FEW = 6;
const TRIES = 3;
const AGAIN = 1000;

const isDecided = (error: unknown) => error instanceof ApiProblem && error.code === "already_decided";
const waitingOf = ({ person, verdict }: Departing, back = false): Waiting => ({ personId: person.id, verdict, back });

/**
 * The cards, and what was decided. A decision shows at once and is sent in the background, one after the other, so that
 * the server's newest is ours; what couldn't be sent comes back. Lives as long as the tab, not as long as the page; what
 * waits to be sent lives longer.
 */
export class Deck {
  #state = START;
  #listeners = new Set<() => void>();
  #decided = new Set<string>();
  #past: Departing[] = [];
  #unsent: Departing[] = [];
  /** Sent, but the answer never came. */
  #unclear = new Set<string>();
  #sending: Promise<void> = Promise.resolve();
  #loading: Promise<void> | undefined;
  #round = 0;
  #calls: DeckCalls;
  #tell: (news: PeopleNews) => void;
  #waiting: WaitingPlace;
  /** Told when a decision became a match. */
  onMatch: ((match: Match) => void) | undefined;

  constructor(calls: DeckCalls, tell: (news: PeopleNews) => void, waiting: WaitingPlace) {
    this.#calls = calls;
    this.#tell = tell;
    this.#waiting = waiting;
  }

  get = () => this.#state;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  #enter(change: Partial<DeckState>) {
    this.#state = { ...this.#state, ...change, canUndo: this.#past.length > 0 };
    for (const listener of this.#listeners) listener();
  }

  /** Decides on the top card. */
  decide = (verdict: Verdict) => {
    const [person, ...people] = this.#state.people;
    if (!person) return;
    const step = { person, verdict };
    this.#decided.add(person.id);
    this.#past.push(step);
    this.#unsent.push(step);
    this.#waiting.keep(waitingOf(step));
    this.#enter({
      people,
      departing: [...this.#state.departing, step],
      returned: undefined,
      notice: undefined,
      ...(people.length === 0 && { phase: "loading" }),
    });
    this.#tell({ kind: "gone", personId: person.id });
    this.#then(() => this.#send(step));
    if (people.length < FEW) void this.load();
  };

  /** The card is out of sight. */
  departed = (personId: string) => {
    this.#enter({ departing: this.#state.departing.filter(({ person }) => person.id !== personId) });
  };

  #then(work: () => Promise<void>) {
    this.#sending = this.#sending.then(work);
  }

  async #send(step: Departing) {
    if (!this.#unsent.includes(step)) return;
    try {
      const match = await this.#sendClearly(step);
      this.#unsent = this.#unsent.filter((other) => other !== step);
      this.#unclear.delete(step.person.id);
      this.#waiting.drop(waitingOf(step));
      if (match) {
        this.#past = this.#past.filter((other) => other !== step);
        this.#enter({});
        this.onMatch?.(match);
      }
    } catch (error) {
      this.#comeBack(step, error);
    }
  }

  /** Somebody who came back may have been decided on all the same: then it is the new decision that counts. */
  async #sendClearly({ person: { id }, verdict }: Departing) {
    try {
      return await this.#calls.send(id, verdict);
    } catch (error) {
      if (!isDecided(error) || !this.#unclear.has(id)) throw error;
      await this.#calls.takeBack(id, verdict);
      return await this.#calls.send(id, verdict);
    }
  }

  /** What couldn't be sent is on the deck again; while the server is away, that is all that waits behind it, too. */
  #comeBack(step: Departing, error: unknown) {
    const lost = isPassing(error) ? this.#unsent : [step];
    this.#unsent = this.#unsent.filter((other) => !lost.includes(other));
    this.#past = this.#past.filter((other) => !lost.includes(other));
    for (const each of lost) this.#waiting.drop(waitingOf(each));
    if (isPassing(error)) this.#unclear.add(step.person.id);
    // Gone, or decided elsewhere: there is nothing left to decide.
    if (isDecided(error) || (error instanceof ApiProblem && error.status === 404)) {
      this.#enter({});
      return;
    }
    this.#putBack(lost);
    this.#enter({ notice: { name: step.person.display_name, error } });
  }

  #putBack(steps: readonly Departing[]) {
    const ids = new Set(steps.map(({ person }) => person.id));
    for (const personId of ids) this.#decided.delete(personId);
    const [first] = steps;
    this.#enter({
      phase: "ready",
      people: [...steps.map(({ person }) => person), ...this.#state.people.filter(({ id }) => !ids.has(id))],
      departing: this.#state.departing.filter(({ person }) => !ids.has(person.id)),
      returned: first && { personId: first.person.id, from: first.verdict },
      notice: undefined,
    });
    for (const personId of ids) this.#tell({ kind: "back", personId });
  }

  /** Takes the newest decision back; the same card returns from where it went. */
  undo = () => {
    const step = this.#past.pop();
    if (!step) return;
    this.#putBack([step]);
    // Not on its way yet: then it never goes.
    if (this.#unsent.indexOf(step) > 0) {
      this.#unsent = this.#unsent.filter((other) => other !== step);
      this.#waiting.drop(waitingOf(step));
    } else {
      this.#waiting.keep(waitingOf(step, true));
      this.#then(() => this.#takeBack(step));
    }
  };

  async #takeBack(step: Departing) {
    const { person, verdict } = step;
    try {
      // What came back by itself needs no undo.
      if (!this.#unclear.has(person.id)) await this.#calls.takeBack(person.id, verdict);
    } catch (error) {
      this.#remove(person.id);
      this.#enter({ notice: { name: person.display_name, error } });
    }
    this.#waiting.drop(waitingOf(step, true));
  }

  /** Sends what waits since before a reload. Whoever can't be decided on even now is on the deck again. */
  resume = () => {
    for (const step of this.#waiting.all()) {
      this.#decided.add(step.personId);
      this.#then(() => this.#sendLate(step));
    }
  };

  async #sendLate(step: Waiting) {
    const { personId, verdict, back } = step;
    try {
      const match = await this.#calls[back ? "takeBack" : "send"](personId, verdict);
      if (match) this.onMatch?.(match);
      if (back) this.#mayShow(personId);
    } catch (error) {
      if (isPassing(error)) this.#mayShow(personId);
    }
    this.#waiting.drop(step);
  }

  #remove(personId: string) {
    this.#decided.add(personId);
    this.#past = this.#past.filter(({ person }) => person.id !== personId);
    const people = this.#state.people.filter(({ id }) => id !== personId);
    const wasLast = people.length === 0 && this.#state.people.length > 0;
    this.#enter({ people, ...(wasLast && { phase: "loading" }) });
    if (wasLast) void this.load();
  }

  /** News from other tabs and pages. */
  hear = (news: PeopleNews) => {
    if (news.kind === "anew") this.restart();
    else if (news.kind === "back") this.#mayShow(news.personId);
    else if (!this.#decided.has(news.personId)) this.#remove(news.personId);
  };

  #mayShow(personId: string) {
    this.#decided.delete(personId);
    if (this.#state.phase === "empty") void this.load();
  }

  /** Other conditions, such as the radius: other cards. */
  restart = () => {
    this.#round += 1;
    this.#loading = undefined;
    this.#enter({ ...START, departing: this.#state.departing });
    void this.load();
  };

  /** Somebody else sits here now. */
  forget = () => {
    this.#round += 1;
    this.#loading = undefined;
    this.#decided.clear();
    this.#past = [];
    this.#unsent = [];
    this.#unclear.clear();
    this.#state = START;
    this.#enter({});
  };

  /** More cards, and new links to the photos of those that are there. */
  load = (): Promise<void> => {
    if (this.#loading) return this.#loading;
    const loading = this.#load(this.#round).finally(() => {
      if (this.#loading === loading) this.#loading = undefined;
    });
    this.#loading = loading;
    return loading;
  };

  async #load(round: number, tries = 1): Promise<void> {
    try {
      // With nobody left, the answer must know of everything that was decided.
      if (this.#state.people.length === 0) await this.#sending;
      const page = await this.#calls.page();
      if (round !== this.#round || this.#take(page.items, page.reason_empty ?? undefined)) return;
    } catch (error) {
      if (round === this.#round && this.#state.people.length === 0) this.#enter({ phase: "failed", error });
      return;
    }
    // All of them were decided on while the answer was on its way.
    if (tries < TRIES) await this.#load(round, tries + 1);
    else setTimeout(() => void this.load(), AGAIN);
  }

  /** Whether there is something to show now: people, or a reason why there are none. */
  #take(items: readonly Person[], reason: DeckState["reason"]): boolean {
    const fresh = new Map(items.filter(({ id }) => !this.#decided.has(id)).map((person) => [person.id, person]));
    const [top] = this.#state.people;
    // A short page is all there is: whoever isn't on it is no longer to be shown, but for the card in hand.
    const stays = (person: Person) => items.length === PAGE || fresh.has(person.id) || person === top;
    const kept = this.#state.people.filter(stays).map((person) => fresh.get(person.id) ?? person);
    for (const { id } of kept) fresh.delete(id);
    const people = [...kept, ...fresh.values()];
    if (people.length === 0 && !reason) return false;
    const phase = people.length > 0 ? "ready" : "empty";
    this.#enter({ phase, people, error: undefined, reason: people.length > 0 ? undefined : reason });
    return true;
  }
}
