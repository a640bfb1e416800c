// The shapes that the modules share. Never served: types only, read by tsc through JSDoc.

declare namespace Foyer {
  interface Choice {
    id: string;
    label: string;
  }

  interface Citation {
    n: number;
    title: string;
    url: string | null;
    /** Opens at the quoted words. */
    link?: string | null;
    quote: string;
    passage_id?: string;
  }

  /** A recommended product; `reasons` are the cells that met the wish, by their column. */
  interface Card {
    name: string;
    price?: string | null;
    currency?: string | null;
    url?: string | null;
    reasons?: Record<string, string>;
  }

  /** Fields `name email phone company`; the one that was asked for must be filled in. */
  interface Form {
    fields: string[];
    asked?: string | null | undefined;
    consent?: Config['consent'];
  }

  /** What `POST /sessions` tells about the site. */
  interface Config {
    name?: string;
    greeting?: string;
    theme?: { accent?: string; mode?: string; position?: string; avatar?: string };
    choices?: Choice[];
    consent?: { text?: string; version?: string; policy_url?: string | null } | null;
    /** In which the site speaks. */
    locale?: string;
    /** The language of its first words, and of what asks for a slot, where it is another. */
    tongues?: Record<string, string>;
    limits?: { text?: number };
    strings?: Partial<Strings>;
    /** Fields of the form that stands below a question, by the slot it asks for. */
    forms?: Record<string, string[]>;
  }

  interface Session {
    visitor_token: string;
    conversation_id: string | null;
    epoch: string;
    config: Config;
  }

  /** What of a session the browser keeps. */
  interface Kept {
    token: string;
    conversation: string | null;
    epoch: string | null;
    config: Config;
    at: number;
    /** The language in which the configuration was asked for. */
    locale?: string;
    /** Accent and side as CSS, for the button of the next page. */
    look?: string;
    /** What the visitor thought of messages, by their ids. */
    judged?: Record<string, boolean>;
  }

  /** What the browser keeps of a tab. */
  interface Tab {
    isOpen?: boolean;
    outbox?: readonly Outgoing[];
    /** A reply may come while the panel is closed. */
    isAwaited?: boolean;
    /** The last `seq` that the visitor was shown. */
    shown?: number;
    /** What was typed and not sent, by the names of the fields. */
    drafts?: Record<string, string> | undefined;
    referrer?: string | undefined;
  }

  type Say = { text: string } | { choice: string } | { form: Record<string, string> };

  interface Outgoing {
    id: string;
    data: Say;
    /** What people read in the bubble. */
    label: string;
    isFailed?: boolean;
  }

  type Author = 'visitor' | 'bot' | 'operator' | 'system';

  /** A durable message, as it came, with the `seq` of its frame. */
  interface Message {
    seq: number;
    message_id: string;
    author: Author;
    text: string;
    client_message_id?: string | null;
    citations?: Citation[];
    cards?: Card[];
    choices?: Choice[];
    degraded?: boolean;
    /** What kind of reply it is; `consent_given` and `consent_refused` answer the consent question. */
    kind?: string | null;
    /** The slot that the message asks for, if it asks. */
    asked?: string | null;
    in_reply_to?: string | null;
    at?: string | undefined;
  }

  interface Accepted {
    client_message_id: string;
    message_id: string;
    seq: number;
    duplicate?: boolean;
    conversation_id?: string | null;
    at?: string | undefined;
  }

  type Link = 'idle' | 'connecting' | 'online' | 'retrying' | 'refused' | 'stopped' | 'erased';

  interface State {
    isOpen: boolean;
    config: Config | null;
    /** Ascending by `seq`; the server's transcript as far as it is known here. */
    messages: readonly Message[];
    outbox: readonly Outgoing[];
    /** The answer that is being written; the final message replaces it. */
    draft: { in_reply_to: string; n: number; text: string } | null;
    link: Link;
    /** Close code or problem code behind `refused` and `stopped`. */
    reason: string;
    status: string;
    operator: string | null;
    isTyping: boolean;
    /** Message id of ours that has no reply yet. */
    waitingFor: string | null;
    /** True once a whole replay was seen: what comes after that is news. */
    isCurrent: boolean;
    unread: number;
    /** Key of a string that is said once, quietly. */
    notice: string;
    /** What a proactive rule said instead of the site's greeting. */
    greeting: string;
  }

  interface Frame {
    type: string;
    id?: string;
    seq?: number;
    // biome-ignore lint/suspicious/noExplicitAny: what a wire hands us is checked where it is used
    data: any;
  }

  /** A text by number, under the names of CLDR's plural forms; `other` is always there. */
  type Plural = { other: string; [form: string]: string };

  type Strings = typeof import('./strings/en.js').default &
    typeof import('./strings/en_messages.js').default &
    typeof import('./strings/en_more.js').default;

  /** What a visitor does in the panel. */
  interface Actions {
    close: () => void;
    say: (data: Say, label: string) => boolean;
    again: (outgoing: Outgoing) => void;
    /** What was not sent. */
    drop: (id: string) => void;
    /** False when there is no line. */
    judge: (message_id: string, helpful: boolean, comment?: string) => boolean;
    /** What was thought, by message. */
    judged: Record<string, boolean>;
    /** What was typed before this page, by field. */
    drafts: Record<string, string>;
    restart: () => void;
    menu: (button: HTMLElement) => void;
  }

  /** One element of the log: its key, what it is made of, how it is made. */
  type Entry = [key: string, source: unknown, make: () => HTMLElement];

  /** Plain text, or an element from a fixed set; see markdown.js. */
  type Node =
    | string
    | { tag: string; href?: string; cite?: number; props?: object | undefined; children: Node[] };

  /** What connection.js is given; what may be left out is the browser's own. */
  interface LineOptions {
    /** Address of the API, with a slash at its end. */
    base: string;
    // biome-ignore lint/suspicious/noExplicitAny: each event has its own data
    emit: (type: string, data?: any) => void;
    /** What `POST /sessions` is told. */
    visit: () => { locale: string };
    /** What `hello` says of us. */
    client: () => object;
    /** What the browser keeps now. */
    kept: () => Kept | null;
    /** Does work while no other tab does. */
    alone: (work: () => unknown) => Promise<unknown>;
    fetch?: typeof globalThis.fetch;
    open?: (url: string) => SocketLike;
    random?: () => number;
  }

  /** What connection.js needs of a WebSocket; polling.js has the same shape. */
  interface SocketLike {
    onopen: ((event?: unknown) => void) | null;
    onmessage: ((event: { data: string }) => void) | null;
    onclose: ((event: { code: number }) => void) | null;
    send(text: string): void;
    close(code?: number): void;
  }

  /** The panel, as the loader sees it. */
  interface PanelApi {
    destroy(): void;
    [call: string]: (...args: never[]) => unknown;
  }
}

interface Window {
  // biome-ignore lint/suspicious/noExplicitAny: each call has its own arguments, checked by the panel; `from` is where the loader came from
  foyer: Record<string, any>;
}
interface HTMLElementTagNameMap {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  'foyer-chat': HTMLElement & { call(name: string, ...values: any[]): void; stay?: () => void };
}
