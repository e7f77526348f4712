// What the scripts add to a page: elements, buttons, figures, and what a screen reader says.
export const number = new Intl.NumberFormat("fr");

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(textContent, onclick) {
  return element("button", { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm", textContent, onclick });
}

export const announce = (text) => (document.getElementById("annonces").textContent = text);
