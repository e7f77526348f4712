// Drag a contribution to another group, an item to another state: what « Déplacer » does, with a mouse.
import { element } from "./dom.js";

const TYPE = "text/x-semailles";
const form = document.getElementById("glisser");

if (form) {
  const { title = "Glisser vers un autre regroupement", field = "excerpts" } = form.dataset;
  for (const source of document.querySelectorAll("[data-drag]")) {
    const handle = element("span", { className: "sm-handle", draggable: true, title, ariaHidden: "true" }, "⠿");
    source.append(handle);
    handle.addEventListener("dragstart", ({ dataTransfer }) => {
      dataTransfer.setData(TYPE, source.dataset.drag);
      dataTransfer.effectAllowed = "move";
    });
  }
  for (const target of document.querySelectorAll("[data-drop]")) {
    const lit = (on) => target.classList.toggle("sm-drop", on);
    const take = (event) => event.dataTransfer.types.includes(TYPE) && !event.preventDefault();
    target.addEventListener("dragover", (event) => take(event) && lit(true));
    target.addEventListener("dragleave", () => lit(false));
    target.addEventListener("drop", (event) => {
      if (!take(event)) return;
      form.elements.target.value = target.dataset.drop;
      form.elements[field].value = event.dataTransfer.getData(TYPE);
      form.requestSubmit();
    });
  }
}
