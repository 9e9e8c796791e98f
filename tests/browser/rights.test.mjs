// What people and organisations may ask of the portal: their data, and what an umbrella body and the VRP see of many.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

for (const device of DEVICES) {
  describe(`rights on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')]) })
    after(async () => { await browser.close(); await portal.stop() })

    async function signedIn (work) {
      const [, password] = portal.said.match(/password “([^”]+)”/)
      const line = portal.said.split('\n').find(line => line.includes(work))
      const person = await personAt(browser, portal, device)
      await person.visit('/sign-in')
      await person.fill('Email address', line.trim().split(/\s+/)[0])
      await person.fill('Password', password)
      await person.press('Sign in')
      return person
    }

    test('someone downloads all about themselves, and is erased', async () => {
      const jordan = await signedIn('Youth worker there')
      await jordan.visit('/privacy')
      await jordan.sees('90 days after they were written')
      await jordan.visit('/my/account')
      await jordan.follow('Manage your data')
      const page = jordan.page.url()
      const [download] = await Promise.all([
        jordan.page.waitForEvent('download'),
        jordan.page.getByRole('button', { name: 'Download everything about me' }).click()
      ])
      assert.match(download.suggestedFilename(), /\.zip$/)
      await jordan.visit(new URL(page).pathname)
      await jordan.follow('See what happens if you are erased')
      await jordan.press('Erase me')
      await jordan.sees('Tick the box to confirm that you understand')
    })

    test('a lead takes the organisation’s data along and sees which umbrella bodies see it', async () => {
      const lead = await signedIn('Lead of an organisation that has done it all')
      await lead.visit('/my')
      await lead.follow('Radford Road Youth Collective')
      const home = new URL(lead.page.url()).pathname
      await lead.visit(`${home}/data`)
      await lead.visit(`${home}/umbrellas`)
      await lead.visit(`${home}/people`)
      await lead.visit(`${home}/pledge/progress`)
      await lead.visit(`${home}/pledge/progress/respect`)
      await lead.visit(`${home}/pledge/check`)
    })

    test('the VRP reads training across the sector, and keeps modules and umbrella bodies', async () => {
      const sunita = await signedIn('sunita.marsh@vrp.example.org')
      const reader = await personAt(browser, portal, device)
      await reader.visit('/demonstration')
      const row = reader.page.locator('.govuk-summary-list__row').filter({ hasText: 'Sunita Marsh' })
      await sunita.fill('Code', (await row.locator('.code').innerText()).trim())
      await reader.leave()
      await sunita.press('Continue')
      await sunita.visit('/vrp')
      for (const path of ['', '/compliance?by=module', '/compliance?by=district', '/compliance?by=kind', '/demand', '/delivery', '/access', '/modules']) {
        await sunita.visit(`/vrp/training${path}`)
      }
      for (const path of ['', '/draft', '/draft/preview', '/draft/wording', '/draft/publication', '/draft/statements/new']) {
        await sunita.visit(`/vrp/charter${path}`)
      }
      await sunita.visit('/vrp/umbrellas')
      await sunita.visit('/vrp/imports')
    })

    test('an umbrella body sees totals', async () => {
      const lead = await signedIn('Lead of an umbrella body')
      await lead.visit('/my')
      await lead.follow('Beeston Bridge Youth Trust')
      const home = new URL(lead.page.url()).pathname
      await lead.visit(`${home}/umbrella`)
      await lead.visit(`${home}/umbrella/members`)
      await lead.visit(`${home}/umbrella/asking?q=a`)
    })
  })
}
