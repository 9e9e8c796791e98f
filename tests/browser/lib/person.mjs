// A person at a browser. They act by what they can read; every page they come to is looked at for faults.

import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import axe from 'axe-core'

/** Sits someone down at a device before a portal. */
export async function personAt (browser, portal, device) {
  const context = await browser.newContext({ baseURL: portal.address, locale: 'en-GB', ...device.settings })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return new Person(context, page, portal, device)
}

export class Person {
  static shots = 0

  constructor (context, page, portal, device) {
    Object.assign(this, { context, page, portal, device, faults: [], met: new Map() })
    page.on('pageerror', error => this.faults.push(`a script failed: ${error.message}`))
    page.on('console', message => this.noteConsole(message))
    page.on('response', answer => this.noteAnswer(answer))
  }

  async visit (path) {
    await this.page.goto(path)
    await this.arrive()
  }

  async follow (words) {
    await this.go(this.page.getByRole('link', { name: words, exact: true }).first())
  }

  async press (words) {
    await this.go(this.page.getByRole('button', { name: words, exact: true }).first())
  }

  /** Follows the link in the row, card or list entry that has these words in it. */
  async followIn (near, words) {
    const row = this.page.locator('tr, li, .card, section').filter({ hasText: near }).last()
    await this.go(row.getByRole('link', { name: words }).first())
  }

  async fill (label, text) {
    await (await this.labelled(this.page, label)).fill(text)
  }

  async fillDate (legend, day) {
    const group = this.page.getByRole('group', { name: legend })
    await group.getByLabel('Day').fill(String(day.getDate()))
    await group.getByLabel('Month').fill(String(day.getMonth() + 1))
    await group.getByLabel('Year').fill(String(day.getFullYear()))
  }

  async choose (legend, option) {
    const group = this.page.getByRole('group', { name: legend, exact: true })
    await (await this.labelled(group, option)).check()
  }

  async select (label, option) {
    await (await this.labelled(this.page, label)).selectOption({ label: option })
  }

  async tick (label) {
    await (await this.labelled(this.page, label)).check()
  }

  async attach (label, name, buffer) {
    await (await this.labelled(this.page, label)).setInputFiles({ name, mimeType: 'application/pdf', buffer })
  }

  async sees (words) {
    const text = await this.text()
    const tidy = text.replace(/\s+/g, ' ')
    assert.ok(tidy.includes(words), `“${words}” is not on ${this.page.url()}:\n${text}`)
  }

  async heading () {
    return (await this.page.locator('h1').innerText()).trim()
  }

  path () {
    const { pathname, search } = new URL(this.page.url())
    return pathname + search
  }

  async leave () {
    await this.context.close()
  }

  /** The field called so; where there is none, the one whose label begins so. */
  async labelled (where, label) {
    const exact = where.getByLabel(label, { exact: true })
    if (await exact.count()) return exact
    const begins = where.getByLabel(new RegExp(`^\\s*${label.replace(/[^\w\s]/g, '\\$&')}`))
    assert.equal(await begins.count(), 1, `fields called “${label}” on ${this.page.url()}:\n${await this.text()}`)
    return begins
  }

  text () {
    return this.page.locator('body').innerText()
  }

  async go (target) {
    assert.ok(await target.count(), `${target} is not on ${this.page.url()}:\n${await this.text()}`)
    const before = await this.page.locator('body').elementHandle()
    await target.click()
    // The page is a new one once what was there has gone.
    await before.waitForElementState('hidden').catch(() => {})
    await this.page.waitForLoadState('load')
    await this.arrive()
  }

  async arrive () {
    await this.takePicture()
    await this.expectToFit()
    if (this.device.settings.javaScriptEnabled !== false) await this.expectAccessible()
    assert.deepEqual(this.faults, [], `on ${this.page.url()}`)
  }

  async expectToFit () {
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, `${this.page.url()} is ${wide} pixels wider than the screen`)
  }

  /** Pages that differ in one record only are looked at three times; more would find nothing new. */
  isFamiliar () {
    const kind = this.path().replace(/\/(indicators|statements|groups)\/[^/?]+/, '/$1')
    this.met.set(kind, (this.met.get(kind) ?? 0) + 1)
    return this.met.get(kind) > 3
  }

  async expectAccessible () {
    if (this.isFamiliar()) return
    // The page forbids scripts that are not its own; this one comes from outside it.
    await this.page.evaluate(axe.source)
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    const found = violations.map(v => `${v.id} (${v.impact}): ${v.help}\n  ${v.nodes.map(n => n.html).join('\n  ')}`)
    assert.deepEqual(found, [], `on ${this.page.url()}`)
  }

  async takePicture () {
    if (!process.env.SHOTS) return
    const folder = join(process.env.SHOTS, this.device.name.replaceAll(' ', '-'))
    await mkdir(folder, { recursive: true })
    const name = this.path().replace(/[0-9a-f]{24,}|[0-9a-f-]{36}/g, 'id').replace(/[^a-z0-9]+/gi, '-')
    Person.shots += 1
    await this.page.screenshot({ path: join(folder, `${String(Person.shots).padStart(3, '0')}${name}.png`), fullPage: true })
  }

  noteConsole (message) {
    const refusedInput = /^Failed to load resource: .* status of 4\d\d/.test(message.text())
    if (['error', 'warning'].includes(message.type()) && !refusedInput) this.faults.push(message.text())
  }

  noteAnswer (answer) {
    const { origin, pathname } = new URL(answer.url())
    if (origin !== this.portal.address && origin !== this.portal.friend) this.faults.push(`asked ${origin}`)
    if (answer.status() >= 500) this.faults.push(`${pathname} answered ${answer.status()}`)
  }
}
