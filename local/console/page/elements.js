export const get = (id) => document.getElementById(id);

/** Makes an element with attributes. All text goes in as text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An id for a sentence: its first digits are enough there. */
export const short = (id) => (id.length > 12 ? `${id.slice(0, 8)}…` : id);

/** Milliseconds as people read them. */
export const milliseconds = (ms) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0));

/** Seconds with one digit behind the point, from milliseconds. */
export const seconds = (ms) => (Math.max(0, ms) / 1000).toFixed(1);

/** How often times that pass are shown anew, in ms. */
const TICK_MS = 200;

/** Calls `act` again and again. @returns the way to stop it */
export function everyTick(act) {
  act();
  const timer = setInterval(act, TICK_MS);
  return () => clearInterval(timer);
}
