// Follow a running analysis; without this module the page reloads itself.
const EVERY = 1500;
const section = document.querySelector("[data-progress-url]");

async function follow() {
  const bar = section.querySelector("progress");
  const text = section.querySelector("[data-progress-text]");
  try {
    const answer = await fetch(section.dataset.progressUrl);
    if (answer.redirected) return location.reload(); // the session has ended
    if (!answer.ok) throw new Error(answer.status);
    const run = await answer.json();
    bar.value = Math.round(run.progress * 100);
    text.textContent = run.stage;
    if (!run.active) return location.reload();
  } catch {
    text.textContent = "Connexion perdue : nouvel essai dans un instant.";
  }
  setTimeout(follow, EVERY);
}

if (section) setTimeout(follow, EVERY);
