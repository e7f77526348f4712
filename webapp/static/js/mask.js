// Mask what is selected in the text that will be shown, with a word that says what was there.
const text = document.querySelector("[data-mask]");
const MASKS = ["nom", "téléphone", "lieu", "détail de santé", "passage"];

function mask(word) {
  const { selectionStart: start, selectionEnd: end } = text;
  const told = document.getElementById("annonces");
  if (start === end) {
    told.textContent = "Sélectionnez d’abord les mots à masquer.";
  } else {
    text.setRangeText(`[${word} masqué]`, start, end, "end");
    told.textContent = `Passage masqué : ${word}.`;
  }
  text.focus();
}

if (text) {
  const row = document.createElement("div");
  row.className = "fr-btns-group sm-tools";
  row.append(Object.assign(document.createElement("p"), { className: "sm-meta", textContent: "Sélectionnez des mots, puis :" }));
  for (const word of MASKS) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm", textContent: `masquer : ${word}` });
    button.addEventListener("click", () => mask(word));
    row.append(button);
  }
  text.after(row);
}
