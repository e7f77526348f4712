// Menus of keys: arrows walk in one, Escape leaves it; words filter the one that searches, Enter takes its first line.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const menu of document.querySelectorAll("[data-menu]")) {
  const field = menu.querySelector("input[type=search]");
  const lines = [...menu.querySelectorAll("li")];
  const left = () => lines.filter((line) => !line.hidden).map((line) => line.firstElementChild);
  if (field) field.parentElement.hidden = false;
  field?.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/);
    for (const line of lines) line.hidden = !words.every((word) => folded(line.textContent).includes(word));
  });
  menu.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const taken = key === "Enter" && target === field && left()[0];
    const reached = step && (left()[left().indexOf(target) + step] ?? field);
    if (!taken && !reached && key !== "Escape") return;
    event.preventDefault();
    if (key === "Escape") menu.open = false;
    if (taken) taken.click();
    else (reached || menu.closest("[data-entry]").querySelector("[data-focus]")).focus();
  });
}
