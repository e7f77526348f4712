// Keep parts of the page up to date by asking again, and count a timer down.
import { say } from "./dom.js";
const EVERY = 4000;
const FIRST = document.querySelector("[data-timer]") ? 0 : EVERY; // a timer waits for the server's clock
// Our own answers, where the server has escaped every word: the only HTML that a script may write.
const ours = window.trustedTypes?.createPolicy("semailles", { createHTML: (html) => html });
let ahead = null; // how far this clock is ahead of the server's, in milliseconds; a phone may be hours wrong

const learn = ({ headers }) => headers.has("Date") && (ahead = Date.now() - new Date(headers.get("Date")));

async function refresh(part, etag = "") {
  if (document.hidden) return setTimeout(refresh, EVERY, part, etag);
  try {
    const answer = await fetch(part.dataset.poll, { headers: { "If-None-Match": etag }, cache: "no-store" });
    learn(answer);
    if (answer.redirected) return location.reload(); // the work is done, or the session has ended: say so
    if (answer.status === 200 && !part.contains(document.activeElement)) {
      etag = answer.headers.get("ETag") ?? "";
      const open = Boolean(part.querySelector("details[open]"));
      const html = await answer.text();
      part.innerHTML = ours?.createHTML(html) ?? html;
      if (open) part.querySelector("details")?.setAttribute("open", "");
    }
  } catch {
    // The network is away: what is shown stays, the next turn asks again.
    part.querySelector("[data-progress-text]")?.replaceChildren(say("lost"));
  }
  setTimeout(refresh, EVERY + Math.random() * 1000, part, etag);
}

function tick() {
  for (const clock of ahead === null ? [] : document.querySelectorAll("[data-timer]")) {
    const left = Math.max(0, Math.ceil((new Date(clock.dataset.timer) - Date.now() + ahead) / 1000));
    const [minutes, seconds] = [(left / 60) | 0, String(left % 60).padStart(2, "0")];
    const text = say(left ? "timer" : "timeUp", { minutes, seconds });
    if (clock.textContent !== text) clock.textContent = text;
  }
  setTimeout(tick, 250);
}

for (const part of document.querySelectorAll("[data-poll]")) setTimeout(refresh, FIRST, part);
tick();
