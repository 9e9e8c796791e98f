// A lead brings people and training out of a spreadsheet, mends what is wrong in it, and reads the matrix.

import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { personAt } from './lib/person.mjs'
import { startPortal } from './lib/portal.mjs'

const HEAD = 'Name,Role here,Paid or volunteer,Training,Date completed,Given by\n'
const ROWS = 'Zainab Lindqvist,Practitioner,Volunteer,Safeguarding,29/02/2024,Base 51\nOmar Lindqvist,Viewer,Paid,,,\n'
const WRONG = 'Ella Lindqvist,Practitioner,Paid,Safegarding,31/02/2024,Base 51\n'

for (const device of DEVICES) {
  describe(`spreadsheets on ${device.name}`, () => {
    let browser, portal, lead, home
    before(async () => {
      [browser, portal] = await Promise.all([openBrowser(), startPortal('demo')])
      lead = await personAt(browser, portal, device)
    })
    after(async () => { await browser.close(); await portal.stop() })

    test('a lead brings a sheet with mistakes in it and nothing is added', async () => {
      const [, password] = portal.said.match(/password “([^”]+)”/)
      const [, email] = portal.said.match(/^\s+(\S+@\S+)\s+Lead of an organisation that has done it all/m)
      await lead.visit('/sign-in')
      await lead.fill('Email address', email)
      await lead.fill('Password', password)
      await lead.press('Sign in')
      await lead.visit('/my')
      await lead.follow('Radford Road Youth Collective')
      home = new URL(lead.page.url()).pathname
      await lead.visit(`${home}/training`)
      await lead.follow('Add people and training from a spreadsheet')
      await lead.attach('Spreadsheet', 'staff.csv', Buffer.from(HEAD + ROWS + WRONG))
      await lead.press('Continue')
      await lead.sees('What is in each column?')
      await lead.press('Check it')
      await lead.sees('2 problems to mend')
      await lead.sees('Did you mean “Safeguarding”?')
      await lead.sees('February 2024 has no day 31')
    })

    test('they mend it, add all of it, and undo it', async () => {
      await lead.visit(`${home}/imports`)
      await lead.attach('Spreadsheet', 'staff.csv', Buffer.from(HEAD + ROWS))
      await lead.press('Continue')
      await lead.press('Check it')
      await lead.press('Add 2 people and 1 completion')
      await lead.sees('Everything is added')
      await lead.visit(`${home}/training`)
      await lead.sees('Zainab Lindqvist')
      await lead.visit(`${home}/imports`)
    })

    test('the matrix is filtered, looked ahead in, and made for paper', async () => {
      await lead.visit(`${home}/training`)
      await lead.fill('Name', 'lindqvist')
      await lead.press('Filter')
      await lead.sees('Omar Lindqvist')
      await lead.visit(`${home}/training`)
      await lead.follow('What expires next')
      await lead.visit(`${home}/training`)
      await lead.follow('What it takes to be complete')
      await lead.visit(`${home}/training/print`)
    })
  })
}
