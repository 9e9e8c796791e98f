// The self-assessment: a tiny group of volunteers from the first question to submitting, two people who write at once,
// a plan made of what is missing, a comment, and good practice that is shared.

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { signIn } from './lib/demonstration.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const TINY = '/organisations/selston-young-carers-evening'
const WHEELS = '/organisations/clifton-wheels-project'
const ASK = 'What describes you best today?'
const PDF = Buffer.from('%PDF-1.4\n% our rules\n%%EOF\n')

for (const device of DEVICES) {
  describe(`the self-assessment on ${device.name}`, () => {
    let browser, portal
    before(async () => {
      portal = await startPortal('demo')
      browser = await openBrowser()
    })
    after(async () => { await browser?.close(); await portal?.stop() })

    test('a tiny group goes from the first question to submitting', async () => {
      const lead = await personAt(browser, portal, device)
      await signIn(lead, 'ruth.calladine@example.org')
      await lead.visit(`${TINY}/quality`)
      await lead.press('Begin')
      await lead.press('Start with the first question')
      // The first with a photo of the rules on the wall, a link and words pasted out of Word.
      await lead.press('Save and continue')
      await lead.sees('Select what describes you best today')
      await lead.choose(ASK, 'Emerging')
      await lead.fill('In your own words', '• We say “hello” – always…\u000b• Someone shows new people round\u00a0first.')
      await lead.press('Save and add evidence')
      await lead.fill('What it is', 'Our rules')
      await lead.attach('File', 'rules.pdf', PDF)
      await lead.press('Add this evidence')
      await lead.sees('The evidence is added')
      await lead.fill('What it is', 'What to expect')
      await lead.fill('Or a web address', 'www.selston.example/what-to-expect')
      await lead.press('Add this evidence')
      await lead.sees('link to www.selston.example')
      await lead.press('Save and continue')
      let answered = 1
      for (; (await lead.heading()) !== 'Quality self-assessment' && answered < 60; answered += 1) {
        const options = await lead.page.getByRole('group', { name: ASK, exact: true }).getByRole('radio').count()
        assert.ok(options >= 4)
        await lead.choose(ASK, answered === 7 ? 'Not yet' : 'Emerging')
        await lead.press('Save and continue')
      }
      await lead.sees('Nothing is left to answer')
      await lead.follow('See what could come next')
      await lead.sees('What could come next')
      await lead.go(lead.page.locator('.govuk-task-list__link').first())
      await lead.fill('What is the first step?', 'Ask three of them on Thursday.')
      await lead.fillDate('By when?', new Date(Date.now() + 40 * 86400000))
      await lead.choose('What do you work towards?', 'Emerging')
      await lead.press('Save the step')
      await lead.sees('The step is in your plan')
      await lead.visit(`${TINY}/quality`)
      await lead.press('Check and submit')
      await lead.sees('Every question is answered')
      await lead.sees('A reviewer may ask about')
      await lead.press('Sign for the work')
      await lead.sees('Tick the box to confirm')
      await lead.tick('The answers are right as far as I know')
      await lead.press('Sign for the work')
      await lead.sees('Waiting for a signature')
      const chair = await personAt(browser, portal, device)
      await signIn(chair, 'michael.adeyemi@example.org')
      await chair.visit(`${TINY}/quality`)
      await chair.press('Check and sign')
      await chair.tick('We who govern this organisation')
      await chair.press('Sign and send to the VRP')
      await chair.sees('Your self-assessment is with the VRP')
      await chair.leave()
      await lead.leave()
    })

    test('two people write at once, and one page has both texts', async () => {
      const stuart = await personAt(browser, portal, device)
      const priya = await personAt(browser, portal, device)
      await signIn(stuart, 'stuart.hallam@example.org')
      await signIn(priya, 'priya.chauhan@example.org')
      const question = `${WHEELS}/quality/indicators/exp-welcome-first-visit`
      await stuart.visit(question)
      await priya.visit(question)
      await stuart.choose(ASK, 'Established')
      await stuart.fill('In your own words', 'Stuart wrote this.')
      await stuart.press('Save and continue')
      await priya.choose(ASK, 'Emerging')
      await priya.fill('In your own words', 'Priya wrote that.')
      await priya.press('Save and continue')
      await priya.sees('Someone else saved this answer while you were writing')
      await priya.sees('Stuart wrote this.')
      await priya.fill('In your own words', 'Stuart wrote this. Priya wrote that.')
      await priya.press('Save this answer')
      await priya.sees('Your answer is saved')
      await stuart.visit(question)
      const words = await (await stuart.labelled(stuart.page, 'In your own words')).inputValue()
      assert.equal(words, 'Stuart wrote this. Priya wrote that.')
      await stuart.fill('Say something to your colleagues', 'Thank you, Priya.')
      await stuart.press('Add comment')
      await stuart.sees('Your comment is added')
      await priya.visit(question)
      await priya.sees('Thank you, Priya.')
      await stuart.leave()
      await priya.leave()
    })

    test('a plan in every state, with a step taken further', async () => {
      const stuart = await personAt(browser, portal, device)
      await signIn(stuart, 'stuart.hallam@example.org')
      await stuart.visit(`${WHEELS}/quality/plan`)
      await stuart.sees('steps done')
      await stuart.go(stuart.page.getByRole('link', { name: /^Say how it goes/ }).first())
      await stuart.choose('Where is it?', 'Done')
      await stuart.fill('How did it go? (optional)', 'They like it.')
      await stuart.press('Save')
      await stuart.sees('They like it.')
      await stuart.leave()
    })

    test('an endorsed organisation shares what it does well, and makes a pack for a funder', async () => {
      const marcus = await personAt(browser, portal, device)
      await signIn(marcus, 'marcus.tennant@example.org')
      await marcus.visit('/organisations/bulwell-streetside/good-practice')
      await marcus.sees('Your good practice')
      await marcus.go(marcus.page.getByRole('link', { name: /^(Share how you do it|Change it or take it back)/ }).first())
      await marcus.fill('How do you do it?', 'Two of us stand at the door.')
      await marcus.press('Share it')
      await marcus.sees('Tick the box to agree')
      await marcus.tick('Anyone may read this')
      await marcus.press('Share it')
      await marcus.sees('Others can read it now')
      const anyone = await personAt(browser, portal, device)
      await anyone.visit('/good-practice')
      await anyone.sees('Two of us stand at the door.')
      await anyone.leave()
      await marcus.visit('/organisations/bulwell-streetside/funders-pack')
      await marcus.sees('Which documents go along?')
      await marcus.visit('/organisations/bulwell-streetside/documents')
      await marcus.leave()
    })
  })
}
