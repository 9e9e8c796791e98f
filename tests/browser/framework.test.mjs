// The quality framework as the VRP writes it: the draft, what it changes and asks of whom, and its publication.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { codeOf, signIn } from './lib/demonstration.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const DRAFT = '/vrp/framework/draft'

for (const device of DEVICES) {
  describe(`the framework on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('a steward goes on with the draft, sees what it changes, and publishes it', async () => {
      const steward = await signedIn()
      await steward.visit('/vrp/framework')
      await steward.follow('Go on with the draft')
      await steward.sees('Not asked any more')
      await steward.follow('Safe and welcoming')
      await steward.follow('Add a question')
      await steward.press('Add the question')
      await steward.sees('Enter the words')
      await steward.fill('Question', 'Who notices when someone stays away?')
      await steward.fill('Id', 'exp-stays-away')
      await steward.press('Add the question')
      await steward.sees('To write')
      for (const [name, words] of [
        ['Why it matters', 'Nobody should vanish unseen.'],
        ['Emerging', 'Someone asks after whoever was missing.'],
        ['Established', 'It is somebody’s task, every week.'],
        ['Excelling', 'Young people look after each other, and know whom to tell.'],
        ['Evidence ideas', 'A list of who was there']
      ]) {
        await steward.page.getByRole('link', { name: new RegExp(`^Write\\s*: ${name}$`) }).click()
        await steward.arrive()
        await steward.fill(name, words)
        await steward.press('Save')
      }
      await steward.page.getByRole('link', { name: /^Change\s*: Weight$/ }).click()
      await steward.arrive()
      await steward.choose('How does it weigh?', 'Must')
      await steward.press('Save')
      await steward.page.getByRole('link', { name: /^Change\s*: Who it is not for$/ }).click()
      await steward.arrive()
      await steward.tick('Organisations that go on no trips')
      await steward.press('Save')
      await steward.visit(`${DRAFT}/indicators/exp-feel-safe/split`)
      await steward.visit(`${DRAFT}/words`)
      await steward.visit(`${DRAFT}/words/new`)
      await steward.visit(`${DRAFT}/file`)
      await steward.attach('File', 'framework.toml', Buffer.from('title = "A framework"\nthis is wrong\n'))
      await steward.press('Look it over')
      await steward.sees('Line 2')
      const file = await steward.page.request.get(`${DRAFT}/framework.toml`)
      const text = (await file.text()).replace('Who notices when someone stays away?', 'Who asks after someone who stays away?')
      await steward.attach('File', 'framework.toml', Buffer.from(text))
      await steward.press('Look it over')
      await steward.sees('Who asks after someone who stays away?')
      await steward.press('Put the file in the place of the draft')
      await steward.sees('The file has taken the place of the draft')
      await steward.press('See what publishing would change')
      await steward.sees('organisations would need to answer')
      await steward.sees('Asks for something else')
      await steward.follow('See whom it concerns')
      await steward.visit(`${DRAFT}/publication`)
      await steward.press('Publish this framework')
      await steward.sees('Version 2 of the framework is in force')
      await done(steward)
      await steward.visit('/framework/1')
      await steward.sees('This version has been superseded')
      await steward.leave()
    })

    /** The server brings self-assessments over by itself. */
    async function done (steward) {
      for (let tries = 0; tries < 60; tries++) {
        await steward.visit('/vrp/framework')
        if ((await steward.text()).includes('has gone over to this version')) return
        await new Promise(resolve => setTimeout(resolve, 500))
      }
      assert.fail(`self-assessments are still on their way:\n${await steward.text()}`)
    }

    async function signedIn () {
      const steward = await personAt(browser, portal, device)
      await signIn(steward, 'sunita.marsh@vrp.example.org')
      await steward.fill('Code', await codeOf(browser, portal, device, 'Sunita Marsh'))
      await steward.press('Continue')
      return steward
    }
  })
}
