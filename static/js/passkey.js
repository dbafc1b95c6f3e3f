// Shows the passkey buttons where the browser knows passkeys, and says so when one does not answer.
const known = Boolean(window.PublicKeyCredential && navigator.credentials);
for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = !known;
for (const note of document.querySelectorAll("[data-passkey-error]")) {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    note.hidden = false;
  });
}
