// Served after the text of govuk-frontend's own module, in the same file, so that `initAll` is in scope.
// Nothing here is needed for any journey: it only makes the pages kinder.

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

// A link in the error summary may point at a group, such as a date: go on to the first box in it.
document.querySelectorAll('.govuk-error-summary a[href^="#"]').forEach((link) => {
  const target = document.getElementById(link.hash.slice(1));
  if (!target || target.matches('input, select, textarea, button')) return;
  const box = target.querySelector('input, select, textarea');
  if (box) link.addEventListener('click', () => setTimeout(() => box.focus()));
});
