export const get = (id) => document.getElementById(id);

/** Creates an element. Children that are texts stay texts: no HTML is parsed. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
