// One stop of the Tab key for a group of controls; the arrow keys go about in it.

const NEXT = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Let the arrow keys, Home and End move the focus among the elements of `container` that fit `selector`.
 * `keys`: which arrows move ("both", "vertical", "horizontal"). Call `refresh` of what is returned after a change.
 */
export function rove(container, selector, { keys = "both", current = () => null, wrap = true } = {}) {
  const items = () => [...container.querySelectorAll(selector)].filter((item) => !item.hidden);

  function refresh(active = document.activeElement) {
    const all = items();
    const chosen = all.includes(active) ? active : (current() ?? all.find((item) => item.tabIndex === 0) ?? all[0]);
    for (const item of all) item.tabIndex = item === chosen ? 0 : -1;
  }

  container.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.indexOf(event.target.closest(selector));
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = target(event.key, at, all.length, keys, wrap);
    if (to === null) return;
    event.preventDefault();
    refresh(all[to]);
    all[to].focus();
  });
  container.addEventListener("focusin", (event) => refresh(event.target));
  refresh();
  return { refresh };
}

function target(key, at, length, keys, wrap) {
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  if (!(key in NEXT)) return null;
  const vertical = key === "ArrowUp" || key === "ArrowDown";
  if ((keys === "vertical" && !vertical) || (keys === "horizontal" && vertical)) return null;
  const to = at + NEXT[key];
  return wrap ? (to + length) % length : Math.min(Math.max(to, 0), length - 1);
}
