// Coming in: set up, sign-up, sign-in, and what happens when something is typed wrong.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const PASSWORD = 'three blue bicycles'

for (const device of DEVICES) {
  describe(`on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal()]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('a wrong answer is explained, linked to its field, and nothing typed is lost', async () => {
      const asha = await personAt(browser, portal, device)
      await asha.visit('/register')
      await asha.fill('Your full name', 'Asha Patel')
      await asha.fill('Email address', 'asha@')
      await asha.press('Continue')
      assert.match(await asha.page.title(), /^Error: /)
      await asha.page.getByRole('link', { name: 'Enter an email address in the correct format' }).click()
      const focused = await asha.page.evaluate(() => document.activeElement.name || document.querySelector(':target')?.name)
      assert.equal(focused, 'email')
      assert.equal(await asha.page.getByLabel('Your full name').inputValue(), 'Asha Patel')
      await asha.leave()
    })

    test('someone registers, confirms their address, signs out and in again', async () => {
      const asha = await personAt(browser, portal, device)
      await asha.visit('/')
      await asha.visit('/register')
      await asha.fill('Your full name', 'Asha Patel')
      await asha.fill('Email address', 'asha@example.org')
      await asha.fill('Create a password', PASSWORD)
      await asha.press('Continue')
      const letter = await portal.letterTo('asha@example.org')
      assert.equal(letter.subject, 'Confirm your email address')
      await asha.visit(letter.link)
      await asha.press('Confirm my email address')
      await asha.sees('Asha Patel')
      await asha.press('Sign out')
      await asha.visit('/sign-in')
      await asha.fill('Email address', 'asha@example.org')
      await asha.fill('Password', PASSWORD)
      await asha.press('Sign in')
      assert.equal(asha.path(), '/my')
      await asha.leave()
    })

    test('nobody needs a mouse: the keyboard reaches the main content first', async () => {
      const asha = await personAt(browser, portal, device)
      await asha.visit('/')
      await asha.page.keyboard.press('Tab')
      await asha.page.keyboard.press('Enter')
      assert.match(asha.page.url(), /#main-content$/)
      await asha.leave()
    })

    test('the pages that anyone may open are sound', async () => {
      const visitor = await personAt(browser, portal, device)
      const pages = ['/', '/charter', '/pledges', '/accessibility', '/privacy', '/cookies', '/sign-in', '/no-such-page']
      for (const path of pages) await visitor.visit(path)
      await visitor.leave()
    })
  })
}
