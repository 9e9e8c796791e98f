// Coming in: set up, sign-up, sign-in, and what happens when something is typed wrong.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { setUpAuthenticator } from './lib/authenticator.mjs'
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

    test('someone sets up a second step, and signs in with a password and a code', async () => {
      const ben = await register('Ben Ward', 'ben@example.org')
      await ben.visit('/my/account')
      await ben.follow('Change the second step at sign-in')
      const authenticator = await setUpAuthenticator(ben)
      await ben.press('Sign out')
      await ben.visit('/sign-in?next=/my/account')
      await ben.fill('Email address', 'ben@example.org')
      await ben.fill('Password', PASSWORD)
      await ben.press('Sign in')
      await ben.fill('Code', '000000')
      await ben.press('Continue')
      await ben.sees('This code is not right')
      await ben.fill('Code', authenticator.nextCode())
      await ben.press('Continue')
      assert.equal(ben.path(), '/my/account')
      await ben.follow('Change where you are signed in')
      await ben.sees('This device')
      await ben.visit('/my/account/recovery-codes')
      await ben.visit('/my/account/authenticator/removal')
      await ben.visit('/my/account/email')
      await ben.visit('/my/account/password')
      await ben.leave()
    })

    test('someone signs in with a link in an e-mail', async () => {
      const cleo = await register('Cleo Marsh', 'cleo@example.org')
      await cleo.press('Sign out')
      await cleo.visit('/my/account')
      await cleo.follow('Email me a link to sign in with')
      await cleo.fill('Email address', 'cleo@example.org')
      await cleo.press('Email me a link')
      await cleo.sees('Check your email')
      const letter = await portal.letterTo('cleo@example.org')
      assert.equal(letter.subject, 'Your link to sign in')
      await cleo.visit(letter.link)
      await cleo.press('Sign in')
      assert.equal(cleo.path(), '/my/account')
      await cleo.visit(letter.link)
      await cleo.sees('This link no longer works')
      await cleo.leave()
    })

    test('nobody needs a mouse: the keyboard reaches the main content first', async () => {
      const asha = await personAt(browser, portal, device)
      await asha.visit('/')
      await asha.page.keyboard.press('Tab')
      await asha.page.keyboard.press('Enter')
      await asha.page.waitForURL(/#main-content$/)
      await asha.leave()
    })

    test('the pages that anyone may open are sound', async () => {
      const visitor = await personAt(browser, portal, device)
      const pages = ['/', '/charter', '/pledges', '/accessibility', '/privacy', '/cookies', '/sign-in', '/no-such-page']
      for (const path of pages) await visitor.visit(path)
      await visitor.leave()
    })

    async function register (name, email) {
      const person = await personAt(browser, portal, device)
      await person.visit('/register')
      await person.fill('Your full name', name)
      await person.fill('Email address', email)
      await person.fill('Create a password', PASSWORD)
      await person.press('Continue')
      await person.visit((await portal.letterTo(email)).link)
      await person.press('Confirm my email address')
      return person
    }
  })
}
