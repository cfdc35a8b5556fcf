// The commands and the description of a bot, as it told Telegram: for which chats, and in which language.

const PRIVATE = ["chat", "all_private_chats", "default"];
const GROUP = ["chat", "all_group_chats", "default"];

export class Profiles {
  #told = new Map();

  /** Take note of a call of the bot that was done; others are none of our business. */
  take({ bot, method, parameters, status }) {
    if (status !== 200) return;
    const { language_code: language = "" } = parameters;
    if (method === "setMyCommands" || method === "deleteMyCommands") {
      const commands = method === "setMyCommands" ? list(parameters.commands) : [];
      this.#told.set(key(bot, "commands", scopeName(parameters.scope), language), commands);
    }
    if (method === "setMyDescription") this.#told.set(key(bot, "description", "", language), parameters.description ?? "");
  }

  /** The commands that the person is shown in the chat: of the narrowest scope, in their language if there are any. */
  commands(bot, chat, person) {
    for (const scope of chat.isGroup ? GROUP : PRIVATE) {
      const name = scope === "chat" ? `chat ${chat.id}` : scope;
      for (const language of [person?.language_code ?? "", ""]) {
        const found = this.#told.get(key(bot.id, "commands", name, language));
        if (found?.length) return found;
      }
    }
    return bot.commands ?? [];
  }

  /** What the bot says about itself in a chat without messages. */
  description(bot, person) {
    const told = (language) => this.#told.get(key(bot.id, "description", "", language));
    return told(person?.language_code ?? "") || told("") || "";
  }
}

function list(commands) {
  return typeof commands === "string" ? JSON.parse(commands) : (commands ?? []);
}

function scopeName(given) {
  const scope = (typeof given === "string" ? JSON.parse(given) : given) ?? { type: "default" };
  return scope.type === "chat" ? `chat ${scope.chat_id}` : scope.type;
}

function key(bot, what, scope, language) {
  return [bot, what, scope, language].join("|");
}
