// Mask what is selected in the text that will be shown, with a word that says what was there.
import { announce, button, element } from "./dom.js";

const text = document.querySelector("[data-mask]");
const MASKS = ["nom", "téléphone", "lieu", "détail de santé", "passage"];

function mask(word) {
  const { selectionStart: start, selectionEnd: end } = text;
  if (start === end) {
    announce("Sélectionnez d’abord les mots à masquer.");
  } else {
    text.setRangeText(`[${word} masqué]`, start, end, "end");
    announce(`Passage masqué : ${word}.`);
  }
  text.focus();
}

if (text) {
  const help = element("p", { className: "sm-meta" }, "Sélectionnez des mots, puis :");
  const buttons = MASKS.map((word) => button(`masquer : ${word}`, () => mask(word)));
  text.after(element("div", { className: "fr-btns-group sm-tools" }, help, ...buttons));
}
