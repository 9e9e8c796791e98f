// The Charter as people meet it: read, printed, illustrated by the VRP, and who has pledged to it, page by page.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { codeOf, signIn } from './lib/demonstration.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const TALKING = readFileSync(new URL('../it/fixtures/talking.png', import.meta.url))

for (const device of DEVICES) {
  describe(`the Charter on ${device.name}`, () => {
    // Signed in once: a code of a telephone can be used once.
    let browser, portal, steward
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('it prints whole: every statement and its fingerprint, and nothing to press', async () => {
      const visitor = await personAt(browser, portal, device)
      await visitor.visit('/charter')
      const statements = await visitor.page.locator('.statement__words').allInnerTexts()
      assert.ok(statements.length > 5)
      const printed = execFileSync('pdftotext', ['-', '-'], { input: await visitor.page.pdf({ format: 'A4' }) })
      const text = flat(printed.toString())
      const themes = await visitor.page.locator('.statement__theme').allTextContents()
      for (const said of [...statements, ...themes]) assert.ok(text.includes(flat(said)), `“${said}” is not printed:\n${text}`)
      const fingerprint = await visitor.page.locator('code.fingerprint').textContent()
      assert.match(fingerprint, /^[0-9a-f]{64}$/)
      assert.ok(text.replaceAll(' ', '').includes(fingerprint), text)
      const navigation = ['Sign in', 'Register', 'Find provision', 'Who has pledged', 'Make a pledge', 'Download', 'Privacy', 'Skip to main content']
      for (const words of navigation) assert.ok(!text.includes(words), `“${words}” is printed:\n${text}`)
      await visitor.leave()
    })

    test('a steward gives a statement a picture, with words for it', async () => {
      steward = await personAt(browser, portal, device)
      await signIn(steward, 'sunita.marsh@vrp.example.org')
      await steward.fill('Code', await codeOf(browser, portal, device, 'Sunita Marsh'))
      await steward.press('Continue')
      await steward.visit('/vrp/charter/draft/statements/respect')
      await steward.page.getByRole('link', { name: /^Choose\s*: The picture$/ }).click()
      await steward.arrive()
      await steward.press('Save the picture')
      await steward.sees('Select a picture')
      await steward.attach('Picture', 'talking.png', TALKING)
      await steward.fill('What the picture shows', 'Four people talk.')
      await steward.press('Save the picture')
      await steward.sees('The picture is in the draft')
      await drawn(steward, 'Four people talk.')
      await steward.visit('/vrp/charter/draft/preview')
      await drawn(steward, 'Four people talk.')
    })

    test('a steward sees who waits on the way to a pledge, and writes to them', async () => {
      await steward.visit('/vrp/charter/way')
      await steward.follow('Who waits where, and for how long')
      await steward.select('Step', 'Pledge begun')
      await steward.press('Show')
      await steward.follow('Write to these organisations')
      await steward.fill('Subject', 'How is your pledge going?')
      await steward.fill('The letter', 'Ring us if something holds you up.')
      await steward.page.getByRole('button', { name: /^Send to/ }).click()
      await steward.sees('Your letter is on its way to')
      await steward.sees('How is your pledge going?')
      await steward.visit('/vrp/charter/way/letters')
      await steward.leave()
    })

    test('who has pledged is found by a word, by district and page by page', async () => {
      const visitor = await personAt(browser, portal, device)
      await visitor.visit('/pledges')
      await visitor.sees('organisations have pledged')
      const name = await visitor.page.locator('.result h3').first().innerText()
      await visitor.fill('Name of the organisation', name.split(' ').at(-1).slice(0, 3))
      await visitor.press('Search')
      await visitor.sees(name)
      await visitor.fill('Name of the organisation', 'zzzz')
      await visitor.press('Search')
      await visitor.sees('No pledge found')
      await visitor.follow('Show all')
      await visitor.leave()
    })

    async function drawn (person, words) {
      const picture = person.page.getByRole('img', { name: words })
      await picture.scrollIntoViewIfNeeded()
      assert.ok(await picture.evaluate(image => image.complete && image.naturalWidth === 250), 'the picture is drawn')
    }
  })
}

function flat (text) {
  return text.replace(/\s+/g, ' ').trim()
}
