// Mask what is selected in the text that will be shown, with a word that says what was there.
import { announce, button, element } from "./dom.js";

const text = document.querySelector("[data-mask]");
const MASKS = ["nom", "téléphone", "lieu", "détail de santé", "passage"];

function mask(word) {
  const chosen = text.selectionStart !== text.selectionEnd;
  if (chosen) text.setRangeText(`[${word} masqué]`, text.selectionStart, text.selectionEnd, "end");
  announce(chosen ? `Passage masqué : ${word}.` : "Sélectionnez d’abord les mots à masquer.");
  text.focus();
}

if (text) {
  const help = element("p", { className: "sm-meta" }, "Sélectionnez des mots, puis :");
  const buttons = MASKS.map((word) => button(`masquer : ${word}`, () => mask(word)));
  text.after(element("div", { className: "fr-btns-group sm-tools" }, help, ...buttons));
}
