// Keeps what is typed in a form marked data-draft on this device for seven days, until it is sent; signing out
// clears it by the answer's Clear-Site-Data.
const PREFIX = "preau-draft:";
const LIFE = 7 * 24 * 3600 * 1000;
const KEPT = ["title", "text", "kind"];

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

const all = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));

function forget() {
  const sent = new Set([...document.querySelectorAll("[data-sent]")].map((row) => row.dataset.sent));
  for (const name of all()) {
    const draft = read(name);
    if (!draft || Date.now() - draft.at > LIFE || sent.has(draft.key)) localStorage.removeItem(name);
  }
}

function keep(form) {
  const name = PREFIX + form.dataset.draft;
  const key = form.elements.namedItem("client_key");
  const fields = KEPT.map((field) => form.elements.namedItem(field)).filter(Boolean);
  const draft = read(name);
  // What the page brought, an error or a ready question, comes first.
  if (draft && fields.every((field) => field.tagName === "SELECT" || !field.value)) {
    for (const field of fields) field.value = draft.fields[field.name] ?? field.value;
    // The same key: a sending whose answer was lost is not done twice.
    key.value = draft.key;
  }
  let waiting;
  const store = () => {
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    if (fields.some((field) => field.tagName !== "SELECT" && field.value))
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), key: key.value, fields: values }));
    else localStorage.removeItem(name);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(store, 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    store();
  });
  for (const words of form.querySelectorAll("[data-draft-says]")) words.hidden = false;
}

try {
  forget();
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
} catch {
  // A browser that keeps nothing: one types without a net, as before.
}
