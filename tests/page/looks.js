(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  function parsed(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const linear = (part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const opacity = (one) => (one ? getComputedStyle(one).opacity * opacity(one.parentElement) : 1);

  // Of a gradient, the colours between which it goes: the worst of them counts.
  function grounds(element) {
    const style = getComputedStyle(element);
    const stops = style.backgroundImage.match(/(rgba?|color|oklch|oklab)\([^)]*\)/g);
    const own = (stops ?? [style.backgroundColor]).map(parsed);
    if (own.every((colour) => colour[3] === 1)) return own;
    const above = element.parentElement ? grounds(element.parentElement) : [[255, 255, 255, 1]];
    return own.flatMap((colour) => above.map((one) => over(colour, one)));
  }

  function contrast(element, ground) {
    const [r, g, b, a] = parsed(getComputedStyle(element).color);
    const text = luminance(over([r, g, b, a * opacity(element)], ground));
    const [light, dark] = [text, luminance(ground)].sort((one, other) => other - one);
    return (light + 0.05) / (dark + 0.05);
  }

  const EXCUSED = ".unseen, :disabled, [aria-disabled=true], [aria-busy=true], .spoiler:not(.is-shown)";

  function faint() {
    const found = new Set();
    for (const element of document.querySelectorAll("body *")) {
      const text = [...element.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data.trim()).join("");
      if (!text || /^[\p{Extended_Pictographic}\s]+$/u.test(text) || element.closest(EXCUSED)) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const { fontSize, fontWeight } = getComputedStyle(element);
      const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && fontWeight >= 700);
      const worst = Math.min(...grounds(element).map((ground) => contrast(element, ground)));
      if (worst < (isLarge ? 3 : 4.5)) found.add(`${worst.toFixed(2)} “${text.slice(0, 30)}” ${element.className}`);
    }
    return [...found];
  }

  function nameless() {
    const controls = "button, a[href], input:not([hidden]), select, textarea, [role=radio], [role=tab], img";
    return [...document.querySelectorAll(controls)]
      .filter((one) => one.checkVisibility() && !(one.tagName === "IMG" && one.alt === ""))
      .filter((one) => {
        const referred = (one.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
        const texts = [...(one.labels ?? []), ...referred, one].map((each) => each?.textContent);
        return ![...texts, one.getAttribute("aria-label"), one.getAttribute("alt")].some((name) => name?.trim());
      })
      .map((one) => one.outerHTML.slice(0, 120));
  }

  function small() {
    const inText = ".text, .meta, .block-head, .quote, .poll-foot, .side-foot";
    return [...document.querySelectorAll("button, a.key, select, textarea, [role=switch]")]
      .filter((one) => one.checkVisibility({ opacityProperty: true }) && !one.closest(inText))
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 24)
      .map(([one, box]) => `${one.className} ${box.width}×${box.height}`);
  }

  function unfocused() {
    const shows = (one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    const one = document.activeElement;
    const around = [one, one.closest(".composer-row")].filter(Boolean);
    return one === document.body || around.some(shows) ? [] : [one.outerHTML.slice(0, 120)];
  }

  return { faint, nameless, small, unfocused };
})()
