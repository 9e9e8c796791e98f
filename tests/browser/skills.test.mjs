// A round of the skills audit: a lead invites someone without an account, who answers on their own device by a link; the lead sees
// the gaps and plans; the VRP looks at the round before. In the demonstration, where people have answered.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { codeOf, signIn } from './lib/demonstration.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const HOME = '/organisations/radford-road-youth-collective'

for (const device of DEVICES) {
  describe(`the skills audit on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('a lead invites someone without an account, who answers by a link', async () => {
      const lead = await personAt(browser, portal, device)
      await signIn(lead, 'leanne.okafor@example.org')
      await lead.visit(`${HOME}/people/new`)
      await lead.fill('Their full name', 'Nia Newcomer')
      await lead.choose('What will they do here?', 'Practitioner')
      await lead.choose('How do they work for you?', 'Volunteer')
      await lead.press('Add this person')
      await lead.visit(`${HOME}/skills-audit/people`)
      await lead.sees('not who')
      await lead.fill('Email address of Nia Newcomer', 'newcomer@families.example.org')
      await lead.press('Send personal links')
      await lead.sees('We have sent 1 personal link')

      const newcomer = await personAt(browser, portal, device)
      await newcomer.visit('/mailbox')
      await newcomer.followIn('newcomer@families.example.org', 'asks what training would help you')
      await newcomer.go(newcomer.page.locator('a[href*="/skills-audit/"]').first())
      await newcomer.sees('alone')
      await newcomer.press('Start now')
      for (let part = 1; part <= 8; part += 1) {
        await newcomer.sees(`Part ${part} of 8`)
        await newcomer.page.locator('fieldset').first().getByText('A little', { exact: true }).click()
        await newcomer.press('Save and continue')
      }
      await newcomer.tick('It costs too much')
      await newcomer.press('Save and continue')
      await newcomer.tick('SEND')
      await newcomer.press('Save and continue')
      await newcomer.fill('What one thing would help you most in your work with young people?', 'A quiet room.')
      await newcomer.press('Save and continue')
      await newcomer.press('Finish and see your results')
      await newcomer.sees('Where you could grow')
      await newcomer.follow('Get a copy of your answers')
      await newcomer.sees('A quiet room.')

      await lead.visit(`${HOME}/skills-audit`)
      await lead.sees('Skills and gaps')
      await lead.follow('A page made for paper')
      await lead.visit(`${HOME}/skills-audit/sheet`)
      await lead.sees('The skills audit on paper')
      await lead.visit(`${HOME}/skills-audit/people`)
      await lead.go(lead.page.getByRole('link', { name: /Type answers from paper/ }).last())
      await lead.sees('You cannot read it here afterwards')
      await lead.visit(`${HOME}/training/plan`)
      await lead.sees('Your training plan')
    })

    test('the VRP sees the round that is over by district and by role', async () => {
      const steward = await personAt(browser, portal, device)
      await signIn(steward, 'sunita.marsh@vrp.example.org')
      await steward.fill('Code', await codeOf(browser, portal, device, 'Sunita Marsh'))
      await steward.press('Continue')
      await steward.visit('/vrp/skills-audit')
      await steward.sees('Closed rounds')
      await steward.go(steward.page.locator('table a').first())
      await steward.sees('Biggest gaps')
      await steward.follow('Gaps by district and by role')
      await steward.sees('The same as a table')
      assert.ok(await steward.page.locator('svg.heat rect').count() > 100, 'a cell a skill and a district')
      await steward.follow('By role')
      await steward.visit('/vrp/skills-audit/questions')
      await steward.sees('This is version 1')
    })
  })
}
