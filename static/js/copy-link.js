// Copies the address in data-copy; the button is hidden until this runs, and says so when it is done (data-done).
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.className = "fine soft";
  button.after(status);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    status.textContent = ` ${button.dataset.done}`;
  });
}
