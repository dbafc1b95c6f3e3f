// Suggests resources while an address is typed (data-suggest holds where to ask); without it one types the address.
let count = 0;
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${(count += 1)}`;
  field.after(list);
  field.setAttribute("list", list.id);
  field.autocomplete = "off";
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const term = field.value.trim();
    if (term.length < 2) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(term)}`);
      if (!answer.ok || field.value.trim() !== term) return;
      const { results } = await answer.json();
      list.replaceChildren(
        ...results.map(({ slug, title }) => {
          const option = document.createElement("option");
          option.value = slug;
          option.label = title;
          return option;
        }),
      );
    }, 200);
  });
}
