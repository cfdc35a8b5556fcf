// Before anything is painted: the colours and the language that were chosen here last.
(() => {
  const chosen = localStorage.getItem("simulator-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  const language = localStorage.getItem("simulator-language") ?? navigator.language;
  document.documentElement.lang = language.toLowerCase().startsWith("ru") ? "ru" : "en";
})();
