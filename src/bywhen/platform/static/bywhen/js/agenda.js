// The sections of an agenda move by their buttons and by dragging; what was typed stays, and the order is kept on saving.
const form = document.querySelector("[data-sections]");

const sections = () => [...form.querySelectorAll("[data-section]")];

function settle() {
  const all = sections();
  all.forEach((section, place) => {
    section.querySelector('[data-move="-1"]').disabled = place === 0;
    section.querySelector('[data-move="1"]').disabled = place === all.length - 1;
  });
}

function moveBy(section, step) {
  const all = sections();
  const to = all[all.indexOf(section) + step];
  if (!to) return;
  if (step < 0) to.before(section);
  else to.after(section);
  settle();
}

function startButtons() {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault(); // without this script the server moves it
    moveBy(button.closest("[data-section]"), Number(button.dataset.move));
    (button.disabled ? button.parentElement.querySelector("[data-move]:not([disabled])") : button)?.focus();
  });
}

function startDragging() {
  let held = null;
  for (const section of sections()) {
    const grip = section.querySelector("[data-grip]");
    grip.hidden = false;
    grip.addEventListener("pointerdown", () => { section.draggable = true; });
    section.addEventListener("dragstart", () => { held = section; section.classList.add("dragged"); });
    section.addEventListener("dragend", () => {
      section.draggable = false;
      section.classList.remove("dragged");
      form.querySelectorAll(".over").forEach((each) => each.classList.remove("over"));
      held = null;
      settle();
    });
    section.addEventListener("dragover", (event) => {
      if (!held || held === section) return;
      event.preventDefault();
      section.classList.add("over");
    });
    section.addEventListener("dragleave", () => section.classList.remove("over"));
    section.addEventListener("drop", (event) => {
      event.preventDefault();
      if (held && held !== section) section.before(held);
    });
  }
}

if (form) {
  startButtons();
  startDragging();
}
