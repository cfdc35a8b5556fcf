// The page: finds its key, reads what there is, puts the parts together and keeps them fed.

import * as api from "./api.js";
import { Actions } from "./actions.js";
import { Calls } from "./calls.js";
import { Chats } from "./chats.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Faults } from "./faults.js";
import { Frame } from "./frame.js";
import { Head } from "./head.js";
import { News } from "./news.js";
import { Panel } from "./panel.js";
import { Rules } from "./rules.js";
import { Store } from "./store.js";
import { Time } from "./time.js";
import { Topics } from "./topics.js";
import { Toasts } from "./toasts.js";
import { Announcer } from "./announcer.js";
import { askForToken } from "./door.js";
import { takeDrops } from "./drop.js";
import { follow } from "./follow.js";
import { takeToken } from "./token.js";

addEventListener("hashchange", () => takeToken() && location.reload());
await begin(takeToken());

async function begin(token) {
  if (!token) {
    askForToken("no_token");
    return;
  }
  api.useToken(token);
  const store = new Store();
  const news = new News(store);
  try {
    await store.load();
    await news.lookBack();
  } catch (error) {
    if (!(error instanceof api.Refusal || error instanceof api.Away)) throw error;
    askForToken(error.status === 403 ? "wrong_token" : "away");
    return;
  }
  build(store, news);
}

function build(store, news) {
  const toasts = new Toasts();
  const say = (text) => toasts.show(text, "is-wrong");
  const actions = new Actions(store, toasts);
  const frame = new Frame(store, {
    chats: new Chats(store, actions.forChats()),
    head: new Head(store, { back: () => frame.toChats(), panel: () => frame.togglePanel() }),
    conversation: new Conversation(store, actions.forMessages()),
    topics: new Topics(store, { choose: (thread) => store.showThread(thread) }),
    composer: new Composer(store, actions.forComposer()),
    panel: new Panel(store, {
      calls: new Calls(store), rules: new Rules(store), faults: new Faults(store, say), time: new Time(store, say),
    }, { close: () => frame.closePanel() }),
    toasts,
  });
  actions.frame = frame;
  takeDrops(frame.main, (files) => store.open && actions.attach(files));
  new Announcer(store, document.getElementById("announcer"));
  frame.begin();
  follow(store, news, (state) => (state === "refused" ? askForToken("wrong_token") : frame.connection(state)));
}
