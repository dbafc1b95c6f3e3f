// Takes the code of a sheet's square, /rejoindre/#CODE, into the field, and out of the address bar. The button sends it.
const field = document.querySelector("[data-slip-code]");

function take() {
  const code = location.hash.slice(1);
  if (!field || !/^[0-9A-Za-z-]{10,12}$/.test(code) || document.getElementById(code)) return;
  field.value = code.replaceAll("-", "").toUpperCase().replace(/^(.{3})(.{3})/, "$1 $2 ");
  history.replaceState(null, "", location.pathname + location.search);
  // Another language must not lose the code; the part after # is never sent.
  for (const link of document.querySelectorAll(".languages a")) link.hash = code;
}

take();
addEventListener("hashchange", take);
