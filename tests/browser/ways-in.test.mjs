// Other ways to sign in: with a passkey, on a device that is unlocked by a finger, and with a work account.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { DEVICES, openBrowser } from './lib/browser.mjs'
import { startOpenIdProvider } from './lib/openid-provider.mjs'
import { personAt } from './lib/person.mjs'
import { startPortalAt } from './lib/portal.mjs'

const PASSWORD = 'three blue bicycles'

for (const device of DEVICES) {
  const withScripts = device.settings.javaScriptEnabled !== false

  describe(`with a passkey, on ${device.name}`, () => {
    let browser, portal
    before(async () => { [browser, portal] = await Promise.all([openBrowser(), startPortalAt('localhost', {})]) })
    after(async () => { await browser.close(); await portal.stop() })

    test('someone adds a passkey and signs in with it, or is told what to do instead', async () => {
      const asha = await personAt(browser, portal, device)
      await asha.visit('/register')
      await asha.fill('Your full name', 'Asha Patel')
      await asha.fill('Email address', 'asha@example.org')
      await asha.fill('Create a password', PASSWORD)
      await asha.press('Continue')
      await asha.visit((await portal.letterTo('asha@example.org')).link)
      await asha.press('Confirm my email address')
      await asha.visit('/my/account/passkeys')
      await asha.press('Add a passkey')
      if (!withScripts) {
        await asha.sees('Passkeys need JavaScript')
        assert.equal(await asha.page.getByRole('button', { name: 'Make a passkey' }).count(), 0)
        return asha.leave()
      }
      await asha.press('Make a passkey')
      await asha.sees('Enter a name for this passkey')
      const phone = await giveDevice(asha)
      await asha.fill('Name of this passkey', 'My phone')
      await asha.press('Make a passkey')
      assert.equal(asha.path(), '/my/account/passkeys')
      await asha.sees('My phone')
      assert.equal((await portal.letterTo('asha@example.org')).subject, 'A passkey was added to your account')

      await asha.press('Sign out')
      await asha.visit('/my/account/passkeys')
      await asha.follow('Sign in with a passkey')
      await phone.unlock(false)
      await asha.page.getByRole('button', { name: 'Use my passkey' }).click()
      await asha.page.getByText('Your device did not answer, or you stopped it').waitFor()
      await asha.expectAccessible()
      await phone.unlock(true)
      await asha.press('Use my passkey')
      assert.equal(asha.path(), '/my/account/passkeys')
      await asha.sees('Last used on')

      await asha.follow('Change My phone')
      await asha.press('Remove this passkey')
      await asha.sees('You have no passkey yet')
      await asha.press('Sign out')
      await asha.visit('/sign-in/passkey')
      await asha.press('Use my passkey')
      await asha.sees('This passkey does not sign you in here')
      await asha.leave()
    })
  })

  describe(`with a work account, on ${device.name}`, () => {
    let browser, portal, provider
    before(async () => {
      provider = await startOpenIdProvider()
      ;[browser, portal] = await Promise.all([openBrowser(), startPortalAt('127.0.0.1', provider.settings)])
      portal.friend = provider.issuer
    })
    after(async () => { await browser.close(); await portal.stop(); provider.stop() })

    test('someone of the VRP signs in there and comes back with the roles of their groups', async () => {
      const wendy = await personAt(browser, portal, device)
      await wendy.visit('/vrp/roles')
      const work = wendy.page.getByRole('button', { name: 'Sign in with your work account' })
      await work.click()
      await wendy.page.getByRole('button', { name: 'Cancel' }).click()
      await wendy.page.waitForURL(`${portal.address}/**`)
      await wendy.arrive()
      await wendy.sees('You did not sign in with your work account')
      await wendy.visit('/vrp/roles')
      await work.click()
      const claims = { sub: 'wendy', name: 'Wendy Ward', email: 'wendy@vrp.example.org', email_verified: true, tid: 'vrp', groups: ['stewards'], amr: ['pwd', 'mfa'] }
      await wendy.page.getByLabel('Who are you?').fill(JSON.stringify(claims))
      await wendy.page.getByRole('button', { name: 'Sign in' }).click()
      await wendy.page.waitForURL(`${portal.address}/**`)
      await wendy.arrive()
      assert.equal(await wendy.heading(), 'People who work for the VRP')
      await wendy.sees('Wendy Ward')
      await wendy.leave()
    })
  })
}

/** A device within the browser that makes and shows passkeys, as a phone does. */
async function giveDevice (person) {
  const session = await person.context.newCDPSession(person.page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  })
  return { unlock: isUserVerified => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }) }
}
