// Chromium, as it is installed on this machine, and the devices that people use.

import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** What people hold in their hands. Every journey works on each. */
export const DEVICES = [
  { name: 'desktop', settings: { viewport: { width: 1280, height: 900 } } },
  { name: 'phone', settings: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } },
  { name: 'without scripts', settings: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false } }
]

/** Opens a browser. */
export async function openBrowser () {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const executablePath = places.find(place => place && existsSync(place))
  if (!executablePath) throw new Error('Chromium was not found: install it, or name it in CHROMIUM')
  const args = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'
  ]
  return chromium.launch({ executablePath, args })
}
