// A practitioner's own training: next steps, a link that others open, what organisations see, and letters that stop.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

for (const device of DEVICES) {
  describe(`on ${device.name}`, () => {
    let browser, portal, jordan, anyone
    before(async () => {
      [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')])
      jordan = await personAt(browser, portal, device)
      anyone = await personAt(browser, portal, device)
    })
    after(async () => { await browser.close(); await portal.stop() })

    test('someone signs in and sees what to do next', async () => {
      const [, password] = portal.said.match(/password “([^”]+)”/)
      const [, email] = portal.said.match(/^\s+(\S+@\S+)\s+Youth worker there/m)
      await jordan.visit('/sign-in')
      await jordan.fill('Email address', email)
      await jordan.fill('Password', password)
      await jordan.press('Sign in')
      await jordan.visit('/my')
      await jordan.sees('Your next steps')
      await jordan.follow('My training')
      await jordan.sees('Show it to others')
    })

    test('they make a link, someone opens it, and they end it', async () => {
      await jordan.follow('Share your record with a link')
      await jordan.sees('Application to the council')
      await jordan.sees('Links that are over')
      await jordan.press('Make a link')
      await jordan.choose('What does it show?', 'Only what I choose below')
      await jordan.press('Make the link')
      assert.match(await jordan.page.title(), /^Error: /)
      await jordan.tick('Safeguarding')
      await jordan.choose('How long can it be opened?', '1 month')
      await jordan.fill('For whom is it?', 'For the Scouts')
      await jordan.press('Make the link')
      const card = jordan.page.locator('section').filter({ hasText: 'For the Scouts' })
      const link = await card.getByRole('link', { name: 'Open it' }).getAttribute('href')
      await anyone.visit(link.replace(portal.address, ''))
      await anyone.sees('Jordan Whitmore')
      await anyone.sees('Safeguarding')
      await jordan.visit('/my/training/links')
      await jordan.sees('1 time, last on')
      const paper = await card.getByRole('link', { name: 'Download as a PDF' }).getAttribute('href')
      const answer = await jordan.context.request.get(paper)
      assert.equal(answer.headers()['content-type'], 'application/pdf')
      assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-')
      await jordan.go(card.getByRole('button', { name: 'End this link' }))
      await jordan.sees('Nobody can open it any more')
      assert.equal((await anyone.context.request.get(link)).status(), 410)
      await anyone.visit(link.replace(portal.address, ''))
      await anyone.sees('We do not know this code')
    })

    test('they choose what organisations see, look at certificates, and how often we write', async () => {
      await jordan.visit('/my/training')
      await jordan.follow('What your organisations see')
      await jordan.choose('Radford Road Youth Collective', 'Only what it requires of me, and what was logged there')
      await jordan.press('Save')
      await jordan.sees('Your choices are saved')
      await jordan.visit('/my/training/certificates')
      await jordan.visit('/my/account/notices')
      await jordan.choose('How often may we write about your own training?', 'At most once a month')
      await jordan.press('Save')
      await jordan.sees('Your choice is saved')
    })
  })
}
