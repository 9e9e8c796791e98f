// A young person answers on a phone; their organisation reads what was said and replies; the young person reads the reply.

import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { signIn } from './lib/demonstration.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const HOME = '/organisations/meadow-lights-dance-company'
const QUESTIONS = 9

for (const device of DEVICES) {
  describe(`young people’s voice on ${device.name}`, () => {
    let browser, portal, lead, form
    before(async () => {
      portal = await startPortal('demo')
      browser = await openBrowser()
      lead = await personAt(browser, portal, device)
      await signIn(lead, 'keisha.bramwell@example.org')
    })
    after(async () => { await browser?.close(); await portal?.stop() })

    test('a lead asks, and hangs up a poster', async () => {
      await lead.visit(`${HOME}/voice`)
      await lead.press('Ask young people')
      await lead.press('Start asking')
      await lead.sees('Enter how many young people could answer')
      await lead.fill('How many young people could answer?', '40')
      const last = new Date(Date.now() + 14 * 86400000)
      await lead.fillDate('What is the last day?', last)
      await lead.press('Start asking')
      await lead.sees('Young people can answer now')
      form = new URL(await lead.page.locator('a[href*="/say/"]').first().getAttribute('href')).pathname
      await lead.press('Show the poster')
      await lead.sees('What is it like here?')
    })

    test('a young person answers by pictures, and skips one', async () => {
      const kim = await personAt(browser, portal, device)
      await kim.visit(form)
      await kim.sees('Please do not write it here')
      await kim.press('Start')
      for (let number = 1; number <= QUESTIONS; number += 1) {
        await kim.sees(`Question ${number} of ${QUESTIONS}`)
        await kim.press(number === 4 ? 'Skip this question' : number === 5 ? 'Sometimes' : 'Yes')
      }
      await kim.press('Go back one question')
      await kim.sees(`Question ${QUESTIONS} of ${QUESTIONS}`)
      await kim.press('No')
      await kim.choose('How old are you?', '14 to 16')
      await kim.fill('Is there one thing you want to tell us?', 'Please turn the music down.')
      await kim.press('Send my answers')
      await kim.sees('Your answers count')
      await kim.leave()
    })

    test('the lead reads what was written, ends the round and replies', async () => {
      await lead.visit(`${HOME}/voice`)
      await lead.go(lead.page.locator('.govuk-task-list a').first())
      await lead.follow('Read what they wrote')
      await lead.sees('Please turn the music down.')
      await lead.page.getByRole('button', { name: /^Keep/ }).first().click()
      await lead.arrive()
      await lead.sees('Kept.')
      await lead.follow('Back')
      await lead.press('Stop asking')
      await lead.sees('Fewer than 5 answered, so nothing is shown')
      await lead.follow('Write “you said, we did”')
      await lead.fill('You said', 'The music is too loud.')
      await lead.fill('We did', 'You now choose the songs, and how loud.')
      await lead.press('Add this')
      await lead.press('Publish')
      await lead.sees('Published')
    })

    test('anyone reads the reply, and what was said where enough said it', async () => {
      const anyone = await personAt(browser, portal, device)
      await anyone.visit(form)
      await anyone.sees('You now choose the songs')
      await anyone.sees('Fewer than 5 young people answered')
      await anyone.leave()
      // The round before, of which there is enough to say.
      await lead.visit(`${HOME}/voice`)
      await lead.go(lead.page.locator('.govuk-task-list a').nth(1))
      await lead.sees('Do you feel welcome here?')
      await lead.follow('Read what they wrote')
      await lead.leave()
    })
  })
}
