// The whole programme as people walk it: from the first administrator's link to an endorsement that anyone can check.
// Each step begins where the one before it ended; after one that fails the rest are skipped.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { setUpAuthenticator } from './lib/authenticator.mjs'
import { DEVICES, openBrowser } from './lib/browser.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const PASSWORD = 'three blue bicycles'
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const CLUB = 'St Ann’s Evening Club'
const HOME = '/organisations/st-anns-evening-club'

for (const device of DEVICES) {
  describe(`on ${device.name}`, () => {
    let browser, portal
    let steward, reviewer, decider, asha, rob, visitor
    let broken = false
    const sitDown = () => personAt(browser, portal, device)
    before(async () => {
      [browser, portal] = await Promise.all([openBrowser(), startPortal()])
      const people = await Promise.all(Array.from({ length: 6 }, sitDown));
      [steward, reviewer, decider, asha, rob, visitor] = people
    })
    after(async () => { await browser.close(); await portal.stop() })

    function step (name, walk) {
      test(name, async t => {
        if (broken) return t.skip('a step before it failed')
        broken = true
        await walk()
        broken = false
      })
    }

    async function register (person, name, email) {
      await person.visit('/register')
      await person.fill('Your full name', name)
      await person.fill('Email address', email)
      await person.fill('Create a password', PASSWORD)
      await person.press('Continue')
      await person.visit((await portal.letterTo(email)).link)
      await person.press('Confirm my email address')
    }

    step('the printed link makes the first administrator', async () => {
      await steward.visit(portal.setUpLink())
      await steward.fill('Your full name', 'Sam Okoro')
      await steward.fill('Email address', 'sam@vrp.example.org')
      await steward.fill('Create a password', PASSWORD)
      await steward.press('Make me the first administrator')
      await steward.fill('Email address', 'sam@vrp.example.org')
      await steward.fill('Password', PASSWORD)
      await steward.press('Sign in')
      await steward.visit('/vrp')
      await setUpAuthenticator(steward)
    })

    step('who gives others their roles', async () => {
      for (const [person, name, email, role] of [
        [reviewer, 'Rae Winter', 'rae@vrp.example.org', 'Reviewer'],
        [decider, 'Dee Marsh', 'dee@vrp.example.org', 'Decision maker']
      ]) {
        await register(person, name, email)
        await steward.visit('/vrp/roles')
        await steward.fill('Email address', email)
        await steward.choose('Role', role)
        await steward.press('Give this role')
        await steward.sees(name)
        await person.visit(role === 'Reviewer' ? '/review' : '/review/decisions')
        await setUpAuthenticator(person)
        await portal.letterTo(email)
      }
    })

    step('a club without a number registers, one question a page', async () => {
      await register(asha, 'Asha Patel', 'asha@example.org')
      await asha.visit('/organisations/new')
      await asha.fill('What is your organisation called?', CLUB)
      await asha.press('Continue')
      await asha.choose('What kind of organisation are you?', 'Community group or club with no legal form')
      await asha.press('Continue')
      await asha.tick('We have none of these')
      await asha.press('Continue')
      await asha.fill('What do you do with young people?', 'We open the hall on Tuesdays.\nEveryone is welcome.')
      await asha.press('Continue')
      await asha.tick('Sport')
      await asha.press('Continue')
      await asha.fill('Youngest age', '8')
      await asha.fill('Oldest age', '16')
      await asha.press('Continue')
      await asha.tick('Tuesday')
      await asha.press('Continue')
      await asha.tick('Nottingham')
      await asha.press('Continue')
      await asha.fill('What is your postcode?', 'ng3 1aa')
      await asha.press('Continue')
      await asha.fill('Their full name', 'Rob Ward')
      await asha.fill('Their email address', 'rob@example.org')
      await asha.press('Continue')
      await asha.choose('How far along is your organisation?', 'Growing: we have run for a while and are building up')
      await asha.press('Continue')
      assert.equal(await asha.heading(), 'Check your answers')
      await asha.press('Send to the VRP')
    })

    step('the VRP approves it', async () => {
      await steward.visit('/vrp/registrations')
      await steward.follow(CLUB)
      await steward.press('Approve this organisation')
      const letter = await portal.letterTo('asha@example.org')
      assert.equal(letter.subject, `${CLUB} is approved`)
      await asha.visit(letter.link)
      assert.equal(await asha.heading(), CLUB)
    })

    step('a trustee is invited and a volunteer added who has no account', async () => {
      await asha.visit(`${HOME}/people`)
      await asha.press('Invite someone by email')
      await asha.fill('Their full name', 'Rob Ward')
      await asha.fill('Their email address', 'rob@example.org')
      await asha.choose('What will they do here?', 'Governance signatory')
      await asha.choose('How do they work for you?', 'Trustee')
      await asha.press('Send the invitation')
      const { link } = await portal.letterTo('rob@example.org')
      await register(rob, 'Rob Ward', 'rob@example.org')
      await rob.visit(link)
      await rob.press('Accept the invitation')

      await asha.visit(`${HOME}/people/new`)
      await asha.fill('Their full name', 'Callum Deakin')
      await asha.choose('What will they do here?', 'Practitioner')
      await asha.choose('How do they work for you?', 'Volunteer')
      await asha.press('Add this person')
      await asha.sees('Callum Deakin is added')
    })

    step('training is logged with its certificate, for oneself and for a volunteer', async () => {
      await asha.visit('/my/training/new')
      await logSafeguarding(asha)
      await asha.visit(`${HOME}/training`)
      await asha.follow('Log training for Callum Deakin')
      await logSafeguarding(asha)
      await asha.sees('Callum Deakin')
    })

    async function logSafeguarding (person) {
      await person.select('Training', 'Safeguarding (Core)')
      await person.fillDate('When was it completed?', new Date())
      await person.fill('Who gave the training?', 'Base 51')
      await person.attach('Certificate', 'certificate.pdf', PDF)
      await person.press('Log training')
      await person.sees('The training is logged')
    }

    step('a skills audit is answered in pieces and finished', async () => {
      await asha.visit('/my/skills-audit')
      await asha.press('Start now')
      for (let part = 1; part <= 8; part += 1) {
        await asha.sees(`Part ${part} of 8`)
        // The words lie over the button: people press the words.
        await asha.page.locator('fieldset').first().getByText('A little', { exact: true }).click()
        await asha.press('Save and continue')
      }
      await asha.tick('It costs too much')
      await asha.press('Save and continue')
      await asha.sees('What training do you hold already?')
      await asha.press('Save and continue')
      await asha.press('Save and continue')
      await asha.press('Finish and see your results')
      await asha.sees('Where you could grow')
    })

    step('the club says that it is interested in the Charter, and the VRP plans training by young people', async () => {
      await asha.visit(`${HOME}/pledge`)
      await asha.sees('You can begin your pledge when someone of yours has been to Charter training')
      await asha.follow('Say that you are interested')
      await asha.fill('How many people would come?', '2')
      await asha.fill('When and where would suit you? (optional)', 'After seven, in the week')
      await asha.press('Save')
      await asha.sees('2 people want to come to the training')

      await steward.visit('/vrp/providers')
      await steward.press('Run sessions for the VRP')
      await steward.visit('/provider/sessions/new')
      await steward.select('What is it about?', 'Youth Charter training')
      await steward.fill('What will people do there?', 'Young people who wrote the Charter show what it means.')
      await steward.fill('Who leads it?', 'Amara J and Tyrell B')
      await steward.fill('Adult to reach about the young trainers', 'Sam Okoro, 0115 496 0000')
      const { day, time } = soon()
      await steward.fillDate('When is it?', day)
      await steward.fill('When does it start?', time)
      await steward.fill('When does it end?', '23:59')
      await steward.press('Save and continue')
      await steward.follow('Say where it is')
      await steward.fill('Building and street', 'The Old Library, Main Street')
      await steward.press('Save')
      await steward.press('Open it for booking')
      await steward.sees('People can book the session now')
    })

    /** In an hour, in the United Kingdom; on the day after when an hour from now is nearly midnight. */
    function soon () {
      const clock = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Europe/London', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit'
      })
      const partsOf = at => Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
      let parts = partsOf(Date.now() + 3_600_000)
      if (`${parts.hour}:${parts.minute}` === '23:59') parts = partsOf(Date.now() + 3_720_000)
      return {
        day: new Date(Number(parts.year), Number(parts.month) - 1, Number(parts.day), 12),
        time: `${parts.hour}:${parts.minute}`
      }
    }

    step('someone of the club is at the training, which opens the pledge', async () => {
      await asha.visit(`${HOME}/pledge`)
      await asha.follow('Go to Charter training')
      await asha.page.locator('.result').getByRole('link', { name: /^Youth Charter training/ }).click()
      await asha.arrive()
      await asha.sees('Amara J and Tyrell B')
      await asha.tick('Asha Patel')
      await asha.press('Book')
      await steward.visit('/provider')
      await steward.follow('Youth Charter training')
      await steward.press('Keep the register')
      await steward.page.getByLabel('Here', { exact: true }).check()
      await steward.press('Save the register')
      await asha.visit(`${HOME}/pledge`)
      await asha.sees('Someone of yours was there on')
    })

    step('the pledge is written, signed by two people, and public', async () => {
      await asha.visit(`${HOME}/pledge`)
      await asha.press('Begin your pledge')
      await asha.follow('Choice and voice')
      for (let statement = 1; /\/statements\//.test(asha.path()); statement += 1) {
        assert.ok(statement < 30, 'the statements end')
        await asha.page.locator('textarea').fill('We ask everyone, every term, and tell them what changed.')
        await asha.fill('Who sees to it?', 'The lead volunteer')
        await asha.press('Save and continue')
      }
      await asha.visit(`${HOME}/pledge`)
      await asha.press('Check and sign')
      await sign(asha, 'Youth worker in charge')
      await rob.visit((await portal.letterTo('rob@example.org')).link)
      await sign(rob, 'Chair of trustees')
      await asha.visit(`${HOME}/pledge`)
      const certificate = await asha.page.request.get(`${HOME}/pledge/certificate.pdf`)
      assert.equal((await certificate.body()).subarray(0, 5).toString(), '%PDF-')
      await asha.follow('See your pledge as the public sees it')
      const address = asha.path()
      await visitor.visit('/pledges')
      await visitor.sees(CLUB)
      await visitor.visit(address)
      await visitor.sees('We ask everyone, every term')
    })

    async function sign (person, role) {
      await person.fill('Your role in the organisation', role)
      await person.page.getByRole('group', { name: 'Your authority' }).getByRole('checkbox').check()
      await person.press('Sign the pledge')
    }

    step('the organisation assesses itself, with evidence, and submits', async () => {
      await asha.visit(`${HOME}/quality`)
      await asha.press('Begin')
      await asha.press('Start with the first question')
      const first = asha.path()
      const question = 'What describes you best today?'
      await asha.choose(question, 'Established')
      await asha.fill('In your own words', 'We greet everyone by name. They tell us so.')
      await asha.press('Save and add evidence')
      await asha.fill('What it is', 'Welcome checklist')
      await asha.attach('File', 'checklist.pdf', PDF)
      await asha.press('Add this evidence')
      await asha.visit(first)
      await asha.sees('Welcome checklist')
      await asha.press('Save and continue')
      for (let answered = 1; await asha.page.getByRole('group', { name: question }).count(); answered += 1) {
        assert.ok(answered < 100, 'the questions end')
        await asha.choose(question, 'Established')
        await asha.press('Save and continue')
      }
      await asha.visit(`${HOME}/quality/submission`)
      await asha.tick('The answers are right as far as I know')
      await asha.press('Sign for the work')
      await asha.sees('Waiting for a signature')
      await rob.visit(`${HOME}/quality`)
      await rob.press('Check and sign')
      await rob.tick('We who govern this organisation')
      await rob.press('Sign and send to the VRP')
      await rob.sees('Submitted on')
    })

    step('a reviewer looks at every answer and recommends', async () => {
      await reviewer.visit('/review')
      await reviewer.follow(CLUB)
      await reviewer.page.getByRole('group', { name: 'Before you take this review' }).getByRole('checkbox').check()
      await reviewer.press('Take this review')
      await reviewer.press('Look at the next one')
      const question = 'What do you find?'
      for (let found = 0; await reviewer.page.getByRole('group', { name: question }).count(); found += 1) {
        assert.ok(found < 100, 'the questions end')
        await reviewer.choose(question, found === 0 ? 'Good practice' : 'We agree')
        if (found === 0) await reviewer.fill('Note for the organisation', 'Others can learn from your welcome.')
        await reviewer.press('Save and next')
      }
      await reviewer.press('Recommend')
      await reviewer.choose('What do you recommend?', 'Established')
      await reviewer.fill('Your reasons', 'Strong practice, and young people say so.')
      await reviewer.press('Send the recommendation')
    })

    step('someone else decides, and the organisation reads why', async () => {
      await decider.visit('/review/decisions')
      await decider.follow(CLUB)
      await decider.choose('What do you decide?', 'Established')
      await decider.fill('Your reasons', 'Your welcome is a model for others.')
      await decider.press('Decide')
      await asha.visit(`${HOME}/quality/outcome`)
      await asha.sees('Established')
      await asha.sees('Your welcome is a model for others.')
    })

    step('anyone can check the endorsement', async () => {
      const code = await asha.page.locator('a[href*="/verify/"]').first().getAttribute('href')
      await visitor.visit(code)
      await visitor.sees(CLUB)
      await visitor.sees('Established')
    })
  })
}
