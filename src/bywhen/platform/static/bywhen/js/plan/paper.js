// The print screen: a choice shows at once, and the button prints.
document.querySelector("[data-print]")?.addEventListener("click", () => print());
document.querySelector("[data-paper]")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
