export const get = (id) => document.getElementById(id);

/** Seconds with one digit behind the point, from milliseconds. */
export const seconds = (ms) => (ms / 1_000).toFixed(1);

/** Makes an element with attributes. All text goes in as text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
