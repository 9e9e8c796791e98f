// Asks the device for a passkey, and sends its answer with the form. Served in one file with start.js.
// The form stays hidden where there is no script or the browser knows no passkeys; the page says what to do then.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const asks = {
  create: async ({ publicKey }) => {
    publicKey.challenge = bytes(publicKey.challenge);
    publicKey.user.id = bytes(publicKey.user.id);
    publicKey.excludeCredentials = (publicKey.excludeCredentials ?? []).map((known) => ({ ...known, id: bytes(known.id) }));
    const made = await navigator.credentials.create({ publicKey });
    return answerOf(made, {
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    });
  },
  get: async ({ publicKey }) => {
    publicKey.challenge = bytes(publicKey.challenge);
    const shown = await navigator.credentials.get({ publicKey });
    return answerOf(shown, {
      authenticatorData: text(shown.response.authenticatorData),
      signature: text(shown.response.signature),
      userHandle: shown.response.userHandle ? text(shown.response.userHandle) : null,
    });
  },
};

function answerOf(credential, response) {
  response.clientDataJSON = text(credential.response.clientDataJSON);
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, extensions: {}, response };
}

document.querySelectorAll('form[data-passkey]').forEach((form) => {
  if (!globalThis.PublicKeyCredential) return;
  form.hidden = false;
  document.querySelectorAll('[data-passkey-without]').forEach((element) => { element.hidden = true; });
  const problem = form.querySelector('[data-passkey-problem]');
  form.addEventListener('submit', async (event) => {
    // A form without its name goes to the server at once, which says what is missing.
    if (form.querySelector('[name=name]')?.value.trim() === '') return;
    event.preventDefault();
    problem.hidden = true;
    try {
      const options = JSON.parse(form.dataset.passkeyOptions);
      form.querySelector('[name=credential]').value = JSON.stringify(await asks[form.dataset.passkey](options));
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
});
