// The page's own small drawings, each 24 × 24, in the colour of the text around them.

import { svg } from "./dom.js";

const PATHS = {
  send: "M4 11.3 19.2 4.6c.6-.3 1.2.3 1 .9l-4.5 14c-.2.7-1.1.8-1.5.2L11 14.4 4.1 12.6c-.7-.2-.8-1-.1-1.3ZM11 14.4l4-4.6",
  back: "M14.5 5.5 8 12l6.5 6.5",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9.5l6 6 6-6",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  plus: "M12 5v14M5 12h14",
  clip: "M19.5 11.5l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.5 1.5 0 0 1-2.2-2.2l7.2-7.2",
  grid: "M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z",
  keys: "M4 7h16v10H4zM7.5 10.5h.01M12 10.5h.01M16.5 10.5h.01M8 14h8",
  lab: "M10 4v6l-4.6 7.4A1.7 1.7 0 0 0 6.9 20h10.200a1.7 1.7 0 0 0 1.5-2.600L14 10V4M8.5 4h7M8 15h8",
  check: "M5 12.5l4.5 4.500L19 7",
  sent: "M6 12.500l4 4L18.5 8",
  read: "M2.5 12.500l4 4L15 8M11.5 15.500l1 1L21 8",
  reply: "M10 7 5 12l5 5M5.5 12H14a5 5 0 0 1 5 5v1",
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  pencil: "m5 19 1-4L16 5l3 3L9 18ZM14 7l3 3",
  bin: "M5 7h14M9.5 7V5h5v2M7 7l1 12h8l1-12M10.5 10.500v5M13.5 10.500v5",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4.500l3 2",
  history: "M5 12a7 7 0 1 0 2.3-5.200M5 4.500V8h3.500M12 8.500V12l2.5 2",
  link: "M9 7H7a5 5 0 0 0 0 10h2M15 7h2a5 5 0 0 1 0 10h-2M8.5 12h7",
  out: "M8 6h10v10M18 6 7 17",
  file: "M7 4h7l4 4v12H7zM14 4v4h4",
  save: "M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 19.500h14",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3.5 19c0-3 2.5-5 5.5-5s5.5 2 5.5 5M15.5 5.300a3 3 0 0 1 0 5.400M17.5 14.500c1.9.7 3 2.3 3 4.5",
  robot: "M6 9.5A2.5 2.5 0 0 1 8.5 7h7A2.5 2.5 0 0 1 18 9.5v6a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 6 15.5ZM12 7V4M12 4h.01M9.5 11.5v1M14.5 11.5v1M10 15.2h4M3.5 11.5v3M20.5 11.5v3",
  person: "M12 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5.5 19.500c0-3.5 3-5.5 6.5-5.500s6.5 2 6.5 5.5",
  bulb: "M9.5 17.500h5M10.5 20h3M12 4a5.5 5.5 0 0 0-3.3 9.900c.5.4.8 1 .8 1.600v.500h5v-.500c0-.6.3-1.2.8-1.600A5.5 5.5 0 0 0 12 4Z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 3v1.500M12 19.500V21M3 12h1.500M19.5 12H21M5.6 5.600l1.1 1.100M17.3 17.300l1.1 1.100M18.4 5.600l-1.1 1.100M6.7 17.300l-1.1 1.1",
  moon: "M19 14.500A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.500Z",
  sliders: "M4 8h9M17 8h3M4 16h3M11 16h9M15 5.5v5M9 13.5v5",
  eye: "M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6ZM12 9.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
};

/** A drawing by its name; it says nothing to a screen reader, the control around it has the name. */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}
