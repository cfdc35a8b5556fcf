// The key of the run. It comes in the fragment of the address, which no browser sends anywhere, and stays in this tab.

const KEPT = "simulator-token";

/** The key, or an empty text. One in the address is kept, and taken out of the address bar and its history. */
export function takeToken() {
  const given = inFragment(location.hash);
  if (given) {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(history.state, "", location.pathname);
  }
  return sessionStorage.getItem(KEPT) ?? "";
}

/** Keep what a person pasted: the whole address, or the key alone. */
export function keepToken(pasted) {
  const text = pasted.trim();
  const hash = text.indexOf("#");
  sessionStorage.setItem(KEPT, (hash >= 0 && inFragment(text.slice(hash))) || text);
}

/** Forget a key that was refused. */
export function dropToken() {
  sessionStorage.removeItem(KEPT);
}

function inFragment(fragment) {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token") ?? "";
}
