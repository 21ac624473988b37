// Copies the text that a button names; pages must not contain scripts of their own.
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copy]');
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  getSelection().selectAllChildren(text);
  // Browsers have no clipboard on plain HTTP from another machine; the selection can still be copied by hand.
  await navigator.clipboard?.writeText(text.textContent);
  button.textContent = navigator.clipboard ? 'Copied' : 'Selected';
});
