// Drag a contribution to another group: what « Déplacer » does, for those who use a mouse.
import { element } from "./dom.js";

const TYPE = "text/x-semailles";
const form = document.getElementById("glisser");

if (form) {
  for (const source of document.querySelectorAll("[data-drag]")) {
    const title = "Glisser vers un autre regroupement";
    const handle = element("span", { className: "sm-handle", draggable: true, title }, "⠿");
    handle.setAttribute("aria-hidden", "true");
    source.append(handle);
    handle.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData(TYPE, source.dataset.drag);
      event.dataTransfer.effectAllowed = "move";
    });
  }
  for (const target of document.querySelectorAll("[data-drop]")) {
    const ours = (event) => event.dataTransfer.types.includes(TYPE);
    const lit = (on) => target.classList.toggle("sm-drop", on);
    target.addEventListener("dragover", (event) => {
      if (!ours(event)) return;
      event.preventDefault();
      lit(true);
    });
    target.addEventListener("dragleave", () => lit(false));
    target.addEventListener("drop", (event) => {
      if (!ours(event)) return;
      event.preventDefault();
      form.elements.target.value = target.dataset.drop;
      form.elements.excerpts.value = event.dataTransfer.getData(TYPE);
      form.requestSubmit();
    });
  }
}
