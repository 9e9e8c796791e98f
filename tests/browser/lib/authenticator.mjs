// An authenticator app: the codes of a key, as RFC 6238 makes them.

import { createHmac } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const HALF_MINUTE = 30_000

export class Authenticator {
  constructor (key) {
    const bits = [...key.replace(/\s/g, '')].map(letter => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
    this.secret = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
    this.step = 0
  }

  /** The next code that has not been used: of this half minute, else of the coming one, which is taken early. */
  nextCode () {
    this.step = Math.max(Math.floor(Date.now() / HALF_MINUTE), this.step + 1)
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(this.step))
    const hash = createHmac('sha1', this.secret).update(counter).digest()
    const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff
    return String(number % 1_000_000).padStart(6, '0')
  }
}

/** Sets an app up at the page that asks for it, and goes on to one's own page. */
export async function setUpAuthenticator (person) {
  await person.press('Set it up')
  const authenticator = new Authenticator(await person.page.locator('strong.code').textContent())
  await person.fill('The code your app shows now', authenticator.nextCode())
  await person.press('Continue')
  await person.sees('Keep your recovery codes')
  await person.press('I have kept them')
  return authenticator
}
