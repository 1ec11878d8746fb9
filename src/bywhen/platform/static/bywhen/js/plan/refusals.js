// A refusal (4xx) is a sentence for the place that asked, not an error of the page.
export function refusalsShow(place) {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target?.id !== place || xhr.status < 400 || xhr.status >= 500 || xhr.status === 403) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
}
