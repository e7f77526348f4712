// What the scripts add to a page: words in its language, elements, buttons, and what a screen reader says.
// The page carries the words; of those with a count, the plural form for `num` is taken.
export function say(name, values = {}) {
  const { lang } = document.documentElement;
  const told = JSON.parse(document.getElementById("annonces").dataset.words)[name];
  const text = told[new Intl.PluralRules(lang).select(values.num ?? 0)] ?? told;
  const written = { ...values, num: new Intl.NumberFormat(`${lang}-u-nu-latn`).format(values.num) };
  return text.replace(/%\((\w+)\)s/g, (_, key) => written[key]);
}

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(textContent, onclick) {
  return element("button", { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm", textContent, onclick });
}

export const announce = (text) => (document.getElementById("annonces").textContent = text);
