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
    const loadable = document.querySelector("[data-loadable]");
    const load = document.getElementById("load-button");
    if (loadable && load) {
      load.hidden = loadable.dataset.loadable !== "yes";
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

// A file can be dropped onto the form instead of chosen.
function takeDroppedFiles() {
  const form = document.getElementById("bring");
  const zone = document.getElementById("drop-zone");
  if (!form || !zone) {
    return;
  }
  const input = document.getElementById("file");
  document.querySelectorAll(".script-only").forEach((one) => { one.hidden = false; });
  const state = (over) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", over);
  };
  zone.addEventListener("dragenter", state(true));
  zone.addEventListener("dragover", state(true));
  zone.addEventListener("dragleave", state(false));
  zone.addEventListener("drop", (event) => {
    state(false)(event);
    if (event.dataTransfer.files.length === 1) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    const said = document.getElementById("bring-state");
    const file = input.files[0];
    // A server can refuse it only after the browser has begun to send it.
    if (file && file.size > Number(input.dataset.most)) {
      event.preventDefault();
      said.textContent = "This file is too large to be brought here, so it was not sent. Copy it into the inbox yourself, or set drop.page-upload-limit.";
      said.className = "bad-text";
      return;
    }
    said.className = "";
    said.textContent = "The file is being sent …";
  });
}

// Calls when someone has changed a form and pauses.
function afterChanges(form, call) {
  let timer = 0;
  let turn = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      const body = new URLSearchParams(new FormData(form));
      body.set("do", "try");
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
      if (answer.ok && mine === turn) {
        await call(answer);
      }
    }, 400);
  });
}

// Shows only what a column of its type can have. What is hidden stays as it is.
function fitToTypes() {
  document.querySelectorAll(".entry").forEach((entry) => {
    const type = entry.querySelector("select[name$='.type']");
    const fit = () => entry.querySelectorAll("[data-for]").forEach((one) => {
      const isOpen = type.value === "" && type.options[0].text === "as the field";
      one.hidden = !isOpen && one.dataset.for !== type.value;
    });
    type.addEventListener("change", fit);
    fit();
  });
}

// Shows what the first rows of a file become while its mapping is edited.
function tryMapping() {
  const form = document.getElementById("mapping");
  if (form) {
    afterChanges(form, async (answer) => {
      document.getElementById("trial").innerHTML = await answer.text();
    });
  }
}

// Shows which rejected rows would be sent while they are edited.
function tryRejects() {
  const form = document.getElementById("rejects");
  if (!form) {
    return;
  }
  afterChanges(form, async (answer) => {
    const problems = await answer.json();
    let good = 0;
    const rows = form.querySelectorAll("tbody tr");
    rows.forEach((row) => {
      const number = row.id.substring(3);
      const why = document.getElementById("why" + number);
      const problem = problems[number];
      good += problem ? 0 : 1;
      why.className = "reason " + (problem ? "bad-text" : "good-text");
      why.textContent = problem ? problem.code + " " + problem.message : "would be sent";
      row.querySelectorAll("input:not([type=checkbox]), textarea").forEach((cell) => {
        if (problem && cell.getAttribute("aria-label") === problem.column + ", row " + number) {
          cell.setAttribute("aria-invalid", "true");
        } else {
          cell.removeAttribute("aria-invalid");
        }
      });
    });
    document.getElementById("reject-state").textContent = good + " of " + rows.length + (rows.length === 1 ? " row" : " rows") + " would be sent now.";
  });
}

for (const each of [followEvents, reloadLater, takeDroppedFiles, fitToTypes, tryMapping, tryRejects]) {
  document.addEventListener("DOMContentLoaded", each);
}
