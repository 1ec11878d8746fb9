// Ctrl-K: goes anywhere or does anything. A combobox with a list: the input keeps the focus, the arrows move the choice.
// What it knows: the screens, the projects, further places of the page, and every control of the page that has data-command.
const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "[]") || [];

function commands() {
  const go = (one, note) => ({ title: one.title, note: one.note || note, run: () => { location.href = one.url; } });
  const controls = [...document.querySelectorAll("[data-command]")].filter((element) => !element.disabled);
  return [
    ...controls.map((element) => ({ title: element.dataset.command, note: element.dataset.key ?? "do", run: () => element.click() })),
    ...read("places-data").map((one) => go(one, "screen")),
    ...read("across-data").map((one) => go(one, "screen")),
    ...read("projects-data").map((one) => go(one, "project")),
    ...read("palette-data").map((one) => go(one, "")),
    { title: "Change between light and dark", note: "do", run: () => document.querySelector("[data-theme-next]")?.click() },
    { title: "Show the keys", note: "?", run: () => document.getElementById("keys")?.showModal() },
    { title: "Print this screen", note: "do", run: () => print() },
  ];
}

/** All words must occur; those that begin a word come first. */
export function ranked(all, words) {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const score = (title) => {
    let sum = 0;
    for (const word of wanted) {
      const at = title.indexOf(word);
      if (at < 0) return -1;
      sum += at === 0 ? 3 : title[at - 1] === " " ? 2 : 1;
    }
    return sum;
  };
  return all
    .map((one, order) => ({ one, order, score: score(one.title.toLocaleLowerCase()) }))
    .filter((row) => row.score >= 0 || row.one.found === words.trim()) // the server also finds by quotes, people and other spellings
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, 12)
    .map((row) => row.one);
}

export function startPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const none = document.getElementById("palette-none");
  let shown = [];
  let found = []; // what the server knows of the words typed: tasks, open loops
  let asked = 0;
  let at = 0;

  const mark = () => {
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = list.children[at];
    if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    shown = ranked([...commands(), ...found], input.value);
    at = 0;
    list.replaceChildren(...shown.map((one, index) => {
      const option = document.createElement("li");
      option.id = `palette-${index}`;
      option.setAttribute("role", "option");
      const note = document.createElement("small");
      note.textContent = one.note;
      option.append(one.title, note);
      option.addEventListener("click", () => { at = index; run(); });
      return option;
    }));
    list.hidden = !shown.length;
    none.hidden = shown.length > 0;
    mark();
  };
  const run = () => {
    const chosen = shown[at];
    dialog.close();
    chosen?.run();
  };
  const ask = () => {
    clearTimeout(asked);
    const words = input.value.trim();
    if (words.length < 2 || !dialog.dataset.find) { found = []; return; }
    asked = setTimeout(async () => {
      try {
        const answer = await fetch(`${dialog.dataset.find}?q=${encodeURIComponent(words)}`);
        const { places } = await answer.json();
        if (input.value.trim() !== words) return;
        found = places.map((one) => ({ ...one, found: words, run: () => { location.href = one.url; } }));
        draw();
      } catch { /* the places that the page knows are enough */ }
    }, 120);
  };
  input.addEventListener("input", () => { draw(); ask(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % Math.max(1, shown.length);
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      run();
    }
  });
  const opened = new MutationObserver(() => {
    if (!dialog.open) return;
    input.value = "";
    found = [];
    draw();
    input.focus();
  });
  opened.observe(dialog, { attributes: true, attributeFilter: ["open"] });
}
