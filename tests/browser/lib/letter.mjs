// An e-mail as it stands in its file: to whom, about what, and its plain text.

/** Reads a letter of one or several parts. */
export function readLetter (raw) {
  const [headers, body] = split(raw)
  const boundary = headers['content-type']?.match(/boundary="([^"]+)"/)?.[1]
  const parts = boundary ? body.split(`--${boundary}`).map(part => split(part.replace(/^\r?\n/, ''))) : [[headers, body]]
  const [partHeaders, text] = parts.find(([h]) => h['content-type']?.startsWith('text/plain'))
  return {
    to: headers.to,
    subject: words(headers.subject),
    text: decode(partHeaders['content-transfer-encoding'], text).replaceAll('\r\n', '\n')
  }
}

function split (text) {
  const at = text.search(/\r?\n\r?\n/)
  const unfolded = text.slice(0, at).replace(/\r?\n[ \t]/g, ' ')
  const headers = Object.fromEntries(unfolded.split(/\r?\n/).map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  }))
  return [headers, text.slice(at).replace(/^\r?\n\r?\n/, '')]
}

function decode (encoding, body) {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding === 'quoted-printable') return unquote(body.replace(/=\r?\n/g, ''))
  return body
}

function words (value) {
  const read = (_, kind, text) =>
    kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString() : unquote(text.replaceAll('_', ' '))
  return value.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, read)
}

function unquote (text) {
  const bytes = Buffer.from(text).toString('latin1').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
