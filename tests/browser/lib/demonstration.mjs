// Signing in where the portal is the demonstration: everyone has one password, and the codes of telephones are on a page.

import { personAt } from './person.mjs'

export const PASSWORD = 'three blue bicycles'

/** Signs in with the first step; whoever has a second one is asked for it then. */
export async function signIn (person, email) {
  await person.visit('/sign-in')
  await person.fill('Email address', email)
  await person.fill('Password', PASSWORD)
  await person.press('Sign in')
}

/** The code that their telephone shows. It can be used once. */
export async function codeOf (browser, portal, device, name) {
  const reader = await personAt(browser, portal, device)
  await reader.visit('/demonstration')
  const row = reader.page.locator('.govuk-summary-list__row').filter({ hasText: name })
  const code = await row.locator('.code').innerText()
  await reader.leave()
  return code.trim()
}
