// A real OpenID provider on loopback, where people have work accounts.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../openid_provider')

/** Starts it. Stop it when the test is over. */
export async function startOpenIdProvider () {
  if (!existsSync(resolve(folder, 'node_modules'))) fetchPackages()
  const process = spawn('node', ['provider.mjs'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
  let said = ''
  for await (const text of process.stdout) {
    said += text
    const issuer = said.match(/^ready (\S+)$/m)?.[1]
    if (issuer) return { issuer, settings: settingsFor(issuer), stop: () => process.kill() }
  }
  throw new Error(`the OpenID provider did not start: ${said}`)
}

function settingsFor (issuer) {
  return {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'portal',
    OIDC_CLIENT_SECRET: 'a secret of two',
    OIDC_TENANT: 'vrp',
    OIDC_ROLES: 'stewards=steward,reviewers=reviewer'
  }
}

function fetchPackages () {
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  const npm = spawnSync('npm', flags, { cwd: folder, encoding: 'utf8' })
  if (npm.status !== 0) throw new Error(`npm ci in ${folder}: ${npm.stderr}`)
}
