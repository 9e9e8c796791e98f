// A session of training: a provider plans it and keeps the register, a practitioner books on a phone, a lead books for
// their people. In the demonstration, where there are organisations to come from.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { codeOf, signIn } from './lib/demonstration.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

for (const device of DEVICES) {
  describe(`training on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('a provider plans a session, a practitioner and a lead book it, and the register is kept', async () => {
      const jo = await personAt(browser, portal, device)
      await signIn(jo, 'jo.bright@base51.example.org')
      await jo.fill('Code', await codeOf(browser, portal, device, 'Jo Bright'))
      await jo.press('Continue')
      await jo.visit('/my')
      await jo.follow('Run training sessions for Base 51')
      await jo.press('Plan a session')
      await jo.select('What is it about?', 'SEND')
      await jo.fill('What will people do there?', 'We try out what helps in an ordinary evening. Lunch is included.')
      await jo.fill('Who leads it?', 'Jo Bright')
      await jo.fillDate('When is it?', new Date(Date.now() + 40 * 86_400_000))
      await jo.fill('When does it start?', '10am')
      await jo.fill('When does it end?', '1pm')
      await jo.press('Save and continue')
      await jo.follow('Say where it is')
      await jo.choose('Where will people meet?', 'Online')
      await jo.fill('Link to join online', 'https://meet.example.org/send')
      await jo.press('Save')
      await jo.follow('Change Places and price')
      await jo.press('Save')
      await jo.press('Open it for booking')
      await jo.sees('Open for booking')
      await jo.visit('/provider')
      await jo.follow('Health, safety and risk assessment')
      await jo.press('Keep the register')
      await jo.sees('people marked')
      for (const here of await jo.page.getByLabel('Here', { exact: true }).all()) await here.check()
      await jo.press('Save the register')
      await jo.press('Finish the register')
      await jo.sees('verified')
      await jo.visit('/provider')
      await jo.follow('Engaging and communication')
      await jo.follow('What people said')
      await jo.sees('How useful it was')
      await jo.leave()

      const jordan = await personAt(browser, portal, device)
      await signIn(jordan, 'jordan.whitmore@example.org')
      await jordan.visit('/my/sessions')
      await jordan.page.getByRole('link', { name: /^SEND/ }).last().click()
      await jordan.arrive()
      await jordan.fill('What do you need to take part?', 'A seat near the door')
      await jordan.press('Book')
      await jordan.sees('You have a place')
      await jordan.sees('https://meet.example.org/send')
      await jordan.press('Give up my place')
      await jordan.sees('The place is given up')
      await jordan.visit('/my/training')
      await jordan.leave()

      const leanne = await personAt(browser, portal, device)
      await signIn(leanne, 'leanne.okafor@example.org')
      await leanne.visit('/organisations/radford-road-youth-collective/training')
      await leanne.follow('Book training for your people')
      await leanne.page.getByRole('link', { name: /^SEND/ }).last().click()
      await leanne.arrive()
      await leanne.press('Book')
      await leanne.sees('Select who is to come')
      await leanne.page.getByRole('checkbox').first().check()
      await leanne.press('Book')
      await leanne.sees('1 place booked')
      await leanne.leave()

      const sunita = await personAt(browser, portal, device)
      await signIn(sunita, 'sunita.marsh@vrp.example.org')
      await sunita.fill('Code', await codeOf(browser, portal, device, 'Sunita Marsh'))
      await sunita.press('Continue')
      await sunita.visit('/vrp/providers')
      await sunita.follow('Base 51')
      await sunita.sees('Runs sessions')
      assert.equal(await sunita.heading(), 'Base 51')
      await sunita.leave()
    })
  })
}
