// The portal, running from its binary in an empty folder, with the e-mails that it writes there.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { readLetter } from './letter.mjs'

const root = resolve(import.meta.dirname, '../../..')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
const binary = process.env.YOUTH_CHARTER_BINARY ?? join(target, 'debug/youth-charter')

/** Starts a portal; `args` are those of its command line. Stop it when the test is over. */
export function startPortal (...args) {
  return startPortalAt('127.0.0.1', {}, ...args)
}

/** [startPortal] called so in its address, with more settings. */
export async function startPortalAt (name, settings, ...args) {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: cargo build, or name it in YOUTH_CHARTER_BINARY`)
  const folder = await mkdtemp(join(tmpdir(), 'youth-charter-'))
  const port = await freePort()
  const address = `http://${name}:${port}`
  const env = { PATH: process.env.PATH, LISTEN: `127.0.0.1:${port}`, BASE_URL: address, RUST_LOG: 'warn', ...settings }
  const server = spawn(binary, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const portal = new Portal(server, folder, address)
  await portal.untilItAnswers()
  return portal
}

class Portal {
  constructor (server, folder, address) {
    Object.assign(this, { server, folder, address, said: '', log: '', opened: new Set() })
    server.stdout.on('data', text => { this.said += text })
    server.stderr.on('data', text => { this.log += text })
  }

  async untilItAnswers () {
    const deadline = Date.now() + 120_000
    while (Date.now() < deadline && this.server.exitCode === null) {
      const answer = await fetch(`${this.address}/health/ready`).catch(() => null)
      if (answer?.ok) return
      await wait(100)
    }
    throw new Error(`the portal does not answer:\n${this.said}${this.log}`)
  }

  /** The one-time link that a new database prints. */
  setUpLink () {
    return this.said.match(/\/set-up\/[0-9a-f]+/)[0]
  }

  /** The next unread letter to an address; waits until it has been sent. */
  async letterTo (address) {
    const folder = join(this.folder, 'data/mail')
    const deadline = Date.now() + 20_000
    while (Date.now() < deadline) {
      const names = existsSync(folder) ? await readdir(folder) : []
      for (const name of names.filter(name => name.endsWith('.eml') && !this.opened.has(name)).sort()) {
        const letter = readLetter(await readFile(join(folder, name), 'utf8'))
        if (letter.to === address) {
          this.opened.add(name)
          return { ...letter, link: linkIn(letter.text, this.address) }
        }
      }
      await wait(200)
    }
    throw new Error(`no letter to ${address} in ${folder}`)
  }

  async stop () {
    const ended = new Promise(resolve => this.server.once('exit', (code, signal) => resolve(code ?? signal)))
    this.server.kill('SIGTERM')
    const code = this.server.exitCode ?? await ended
    await rm(this.folder, { recursive: true, force: true })
    if (code !== 0) throw new Error(`the portal ended with ${code}:\n${this.log}`)
    if (/ERROR|panicked/.test(this.log)) throw new Error(`the portal's log:\n${this.log}`)
  }
}

function linkIn (text, address) {
  const line = text.split('\n').find(line => line.startsWith(address))
  return line?.trim().slice(address.length)
}

function freePort () {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
