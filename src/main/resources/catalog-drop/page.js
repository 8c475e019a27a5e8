// Makes pages more comfortable. All of them work without it.
"use strict";

// Keeps the parts of a page up to date that change by themselves. The server has escaped them.
function followEvents() {
  const live = document.querySelector("[data-events]");
  if (!live || !window.EventSource) {
    return;
  }
  const shown = {};
  let saidAt = 0;
  const events = new EventSource(live.dataset.events);
  events.onmessage = (event) => {
    const parts = JSON.parse(event.data);
    for (const [id, html] of Object.entries(parts)) {
      const part = document.getElementById(id);
      if (part && shown[id] !== html) {
        shown[id] = html;
        part.innerHTML = html;
      }
    }
    // A screen reader hears of the progress twice a minute, not each second.
    const said = document.getElementById("said");
    if (said && Date.now() - saidAt > 30000) {
      saidAt = Date.now();
      const percent = document.getElementById("percent");
      said.textContent = percent ? percent.textContent + " loaded" : "";
    }
  };
}

// Loads a page again while the program works on what it shows.
function reloadLater() {
  const waits = document.querySelector("[data-reload]");
  if (waits) {
    setTimeout(() => location.reload(), 1000 * Number(waits.dataset.reload));
  }
}

document.addEventListener("DOMContentLoaded", () => {
  followEvents();
  reloadLater();
});
