// The log of the simulator, followed by long polling for as long as the page is open.

import * as api from "./api.js";

const WAITS = 25;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/**
 * Hand every event on to the news, in order. `onState` hears "here", "away", and "refused" where the key is not that
 * of this run.
 */
export async function follow(store, news, onState) {
  let pause = FIRST_PAUSE;
  for (;;) {
    try {
      const after = store.last;
      const { events, last } = await api.events(after, WAITS);
      if (last < after) {
        location.reload(); // another run at the same address
        return;
      }
      for (const event of events) news.apply(event);
      store.last = last;
      pause = FIRST_PAUSE;
      onState("here");
    } catch (error) {
      if (error instanceof api.Refusal && error.status === 403) {
        onState("refused");
        return;
      }
      onState("away");
      await new Promise((go) => setTimeout(go, pause));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
}
