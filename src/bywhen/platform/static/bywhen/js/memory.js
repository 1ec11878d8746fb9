// What this browser remembers for the reader (theme, keys, column choices). Nothing about the project lives here.
export function remembered(name, otherwise) {
  try {
    return localStorage.getItem(`bywhen.${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`bywhen.${name}`, value);
  } catch { /* storage is off: the choice lasts for this page */ }
}
