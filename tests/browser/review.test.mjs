// Fair review: ties, who reviews what, endorsements that are suspended or revoked, appeals, and the story of one.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { codeOf, signIn } from './lib/demonstration.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

for (const device of DEVICES) {
  describe(`fair review on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('a reviewer declares a tie and is asked no more, and hands a review over', async () => {
      const rob = await signedIn('Rob Ferriday')
      await rob.visit('/review')
      await rob.sees('Recommend by')
      await rob.sees('You have a tie to this organisation (you declared it)')
      await rob.follow('Your ties to organisations')
      await rob.sees('My brother-in-law coaches there on Saturdays.')
      await rob.sees('Over: it counts until')
      await rob.press('Declare a tie')
      await rob.fill('Which organisation is it to?', 'meadow')
      await rob.press('Search')
      await rob.follow('Meadow Lights Dance Company')
      await rob.press('Declare this tie')
      await rob.sees('Say in a few words what your tie is')
      await rob.fill('What is your tie?', 'My daughter dances there.')
      await rob.press('Declare this tie')
      await rob.sees('Your tie is declared')
      await rob.go(rob.page.getByRole('link', { name: /^This tie is over\s*: Meadow/ }))
      await rob.press('Yes, it is over')
      await rob.sees('It counts on for the time that the programme asks')
      await rob.visit('/review')
      await rob.follow('Chilwell Gurdwara Youth Sangat')
      await rob.press('Hand it over')
      await rob.press('Give them the review')
      await rob.sees('Select a reviewer')
      await rob.choose('Which reviewer?', 'Adaeze Nwosu')
      await rob.fill('Your reason', 'I am away for two weeks.')
      await rob.press('Give them the review')
      await rob.sees('The review is handed over')
      await rob.leave()
    })

    test('a decider puts an endorsement in force again, and everyone reads it', async () => {
      const margaret = await signedIn('Margaret Thorne')
      await margaret.visit('/review/decisions')
      await margaret.sees('Decide by')
      await margaret.follow('Appeals')
      await margaret.sees('You had a part in the decision: someone else answers')
      await margaret.visit('/review/decisions')
      await margaret.follow('Endorsements that were given')
      await margaret.fill('Name of the organisation, or number', 'corner boxing')
      await margaret.press('Search')
      await margaret.follow('St Ann\'s Corner Boxing')
      await margaret.sees('Suspended')
      const anyone = await personAt(browser, portal, device)
      const verify = await margaret.page.getByRole('link', { name: 'See what the public reads' }).getAttribute('href')
      await anyone.visit(verify)
      await anyone.sees('It may stand again')
      await anyone.visit('/directory/st-anns-corner-boxing')
      await anyone.sees('is suspended since')
      await margaret.follow('Put this endorsement in force again')
      await margaret.press('Put this endorsement in force again')
      await margaret.sees('Give your reason')
      await margaret.fill('Your reason', 'The policy names the right person now.')
      await margaret.press('Put this endorsement in force again')
      await margaret.sees('The endorsement is in force again')
      await anyone.visit(verify)
      await anyone.sees('it stands today')
      await anyone.leave()
      await margaret.leave()
    })

    test('an appeal is answered by someone who had no part in it, and the story tells it', async () => {
      const lead = await personAt(browser, portal, device)
      await signIn(lead, 'philippa.marsden@example.org')
      await lead.visit('/organisations/newark-riverside-youth-hub/quality/outcome')
      await lead.sees('Revoked')
      await lead.follow('Appeals')
      await lead.sees('You should have an answer by')
      const sunita = await signedIn('Sunita Marsh')
      await sunita.visit('/vrp')
      await sunita.follow('Appeals to answer: 1')
      await sunita.follow('Newark Riverside Youth Hub')
      await sunita.press('Answer the appeal')
      await sunita.sees('Select what you answer')
      await sunita.choose('What do you answer?', 'Uphold the appeal')
      await sunita.fill('Your reasons', 'You met at the library all along.')
      await sunita.press('Answer the appeal')
      await sunita.sees('The appeal is upheld')
      await lead.visit('/organisations/newark-riverside-youth-hub/quality/appeals')
      await lead.sees('You met at the library all along.')
      await lead.visit('/organisations/newark-riverside-youth-hub/quality/outcome')
      await lead.sees('Established: In force')
      await sunita.visit('/vrp/organisations/newark-riverside-youth-hub')
      await sunita.follow('Read the story of its endorsement')
      await sunita.sees('Sunita Marsh upheld the appeal')
      await sunita.visit('/vrp/reviews')
      await sunita.follow('Stapleford Rainbow Room')
      await sunita.sees('One reviewer has a tie to it')
      await sunita.choose('Which reviewer?', 'Rob Ferriday')
      await sunita.fill('Your reason', 'They have waited for some time.')
      await sunita.press('Give them the review')
      await sunita.sees('The review is given to them')
      assert.equal(sunita.path(), '/vrp/reviews')
      await lead.leave()
      await sunita.leave()
    })

    async function signedIn (name) {
      const person = await personAt(browser, portal, device)
      await signIn(person, `${name.toLowerCase().replace(' ', '.')}@vrp.example.org`)
      await person.fill('Code', await codeOf(browser, portal, device, name))
      await person.press('Continue')
      return person
    }
  })
}
