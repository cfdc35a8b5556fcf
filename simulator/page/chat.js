// One chat as the page knows it: its messages, and how far each person has read.

const READ = "simulator-read";

/** What tells chats apart: a private chat belongs to one bot and one person. */
export function keyOf({ id, type, bot }) {
  return type === "private" ? `${bot}:${id}` : String(id);
}

export class Chat {
  messages = new Map();
  isLoaded = false;
  /** Message ids that the bot has taken note of. */
  read = new Set();
  typing = null;
  draft = null;
  #seen = JSON.parse(sessionStorage.getItem(READ) ?? "{}");

  constructor(given) {
    this.key = keyOf(given);
    this.describe(given);
  }

  /** Take over who is in it, and its title. */
  describe({ id, type, bot, title, members, admins, bots, topics, migrated_to: migratedTo }) {
    Object.assign(this, { id, type, bot: type === "private" ? bot : undefined, title, migratedTo });
    this.members = members ?? [];
    this.admins = admins ?? [];
    this.topics = topics ?? [];
    this.bots = type === "private" ? [bot] : (bots ?? []);
  }

  get isGroup() {
    return this.type !== "private";
  }

  hasMember(user) {
    return this.isGroup ? this.members.includes(user) : this.id === user;
  }

  /** Take over all messages; what was there before anybody looked counts as read. */
  take(messages) {
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    if (!this.isLoaded) for (const user of this.isGroup ? this.members : [this.id]) {
      this.#seen[this.#mark(user)] ??= this.#lastId();
    }
    this.isLoaded = true;
  }

  put(message) {
    this.messages.set(message.message_id, message);
  }

  /** Messages that are there, oldest first. */
  shown() {
    return [...this.messages.values()].filter((message) => !message.deleted);
  }

  /** Unix time of the newest message, 0 where there is none. */
  get newest() {
    return this.shown().at(-1)?.date ?? 0;
  }

  unread(user) {
    return this.shown().filter((message) => this.isUnread(message, user)).length;
  }

  isUnread(message, user) {
    return message.from.id !== user && message.message_id > this.seenBy(user);
  }

  /** The id of the last message that the person has seen. */
  seenBy(user) {
    return this.#seen[this.#mark(user)] ?? 0;
  }

  /** The person has seen all; whether that was news. */
  see(user) {
    const last = this.#lastId();
    if (this.seenBy(user) >= last) return false;
    this.#seen[this.#mark(user)] = last;
    const all = JSON.parse(sessionStorage.getItem(READ) ?? "{}");
    sessionStorage.setItem(READ, JSON.stringify({ ...all, [this.#mark(user)]: last }));
    return true;
  }

  #mark(user) {
    return `${user} ${this.key}`;
  }

  #lastId() {
    return Math.max(0, ...this.messages.keys());
  }
}
