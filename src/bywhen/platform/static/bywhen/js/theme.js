// Sets the reader's choice of light or dark before the first paint. Runs in the head, therefore a plain script.
(() => {
  try {
    const chosen = localStorage.getItem("bywhen.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch { /* storage is off: the system decides */ }
})();
