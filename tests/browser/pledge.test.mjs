// A pledge from its second signature, given by a link and without an account, to its certificate and its mark.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const HOME = '/organisations/sneinton-sound-room/pledge'

for (const device of DEVICES) {
  describe(`a pledge on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('someone without an account signs by a link, and the pledge can be shown to all', async () => {
      const [, password] = portal.said.match(/password “([^”]+)”/)
      const line = portal.said.split('\n').find(line => line.includes('a pledge that one side has signed'))
      const lead = await personAt(browser, portal, device)
      await lead.visit('/sign-in')
      await lead.fill('Email address', line.trim().split(/\s+/)[0])
      await lead.fill('Password', password)
      await lead.press('Sign in')
      await lead.visit(HOME)
      await lead.visit(`${HOME}/signature`)
      await lead.visit(HOME)
      await lead.follow('Send a link to someone without an account')
      await lead.press('Send the link')
      await lead.sees('Enter their full name')
      await lead.fill('Their full name', 'Dana Whitlock')
      await lead.fill('Their email address', 'dana.whitlock@example.org')
      await lead.press('Send the link')
      await lead.sees('We have written to Dana Whitlock')

      const dana = await personAt(browser, portal, device)
      await dana.visit('/mailbox')
      await dana.page.goto(await dana.page.getByRole('link', { name: /Sign Sneinton Sound Room’s pledge/ }).first().getAttribute('href'))
      const link = await dana.page.locator('a[href*="/pledge-signatures/"]').first().getAttribute('href')
      await dana.visit(new URL(link, portal.address).pathname)
      await dana.sees('asks you to sign its pledge')
      await dana.fill('Your role in the organisation', 'Youth worker in charge')
      await dana.tick('I have the authority to sign this pledge for Sneinton Sound Room')
      await dana.press('Sign the pledge')
      await dana.sees('You have signed')
      await dana.follow('Read it as everyone can')

      await lead.visit(HOME)
      await lead.sees('Show that you have pledged')
      const mark = lead.page.locator('img.badge')
      assert.ok(await mark.evaluate(image => image.complete && image.naturalWidth > 100), 'the mark is drawn')
      const address = new URL(await lead.page.getByRole('link', { name: 'Download your certificate (PDF)' }).getAttribute('href'), portal.address)
      const certificate = await lead.context.request.get(address.href)
      assert.equal(certificate.headers()['content-type'], 'application/pdf')
      assert.equal((await certificate.body()).subarray(0, 5).toString(), '%PDF-')
      await lead.follow('What anyone sees who checks this code')
      await lead.sees('This is real, and it stands today.')
      await lead.visit('/charter')
      await lead.leave()
      await dana.leave()
    })

  })
}
