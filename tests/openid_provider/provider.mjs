// A real OpenID provider on loopback, for the tests of single sign-on. Prints its address; ends when its input does.
// Whoever signs in says who they are: the claims, as JSON. With `forge`, their token is spoilt in one way after the
// provider has made it, to see that it is refused.

import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, decodeJwt, SignJWT } from 'jose'
import Provider from 'oidc-provider'

const people = new Map()
const { privateKey } = await generateKeyPair('RS256', { extractable: true })
const stranger = await generateKeyPair('RS256', { extractable: true })
const key = { ...await exportJWK(privateKey), kid: 'ours', alg: 'RS256', use: 'sig' }

const server = createServer()
await new Promise(resolve => server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', resolve))
const issuer = `http://127.0.0.1:${server.address().port}`

const claimed = ['sub', 'name', 'email', 'email_verified', 'xms_edov', 'tid', 'groups', 'amr', 'acr']
const provider = new Provider(issuer, {
  clients: [{ client_id: 'portal', client_secret: 'a secret of two', redirect_uris: ['http://127.0.0.1/'] }],
  claims: { openid: claimed, profile: [], email: [] },
  // Work accounts say all in the token, as Microsoft's do.
  conformIdTokenClaims: false,
  jwks: { keys: [key] },
  pkce: { required: () => true },
  cookies: { keys: ['of no importance'] },
  features: { devInteractions: { enabled: false } },
  ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => people.get(sub).claims }),
  async loadExistingGrant ({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
    grant.addOIDCScope('openid profile email')
    await grant.save()
    return grant
  }
})
// Each test has a portal on a port of its own.
provider.Client.prototype.redirectUriAllowed = uri => /^http:\/\/(127\.0\.0\.1|localhost):\d+\/sign-in\/work\/return$/.test(uri)

provider.use(async (context, next) => {
  await next()
  const forge = context.oidc?.route === 'token' && people.get(context.oidc.entities.Account?.accountId)?.forge
  if (forge && context.body?.id_token) context.body.id_token = await spoil(context.body.id_token, forge)
})

const spoilt = {
  nonce: claims => ({ ...claims, nonce: 'another' }),
  audience: claims => ({ ...claims, aud: 'another' }),
  issuer: claims => ({ ...claims, iss: 'https://another.example.org' }),
  age: claims => ({ ...claims, exp: claims.iat - 1 })
}

async function spoil (token, how) {
  const claims = decodeJwt(token)
  const plain = part => Buffer.from(JSON.stringify(part)).toString('base64url')
  if (how === 'unsigned') return `${plain({ alg: 'none' })}.${plain(claims)}.`
  const signed = new SignJWT(spoilt[how]?.(claims) ?? claims)
  if (how === 'secret') return signed.setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('a secret of two'.padEnd(32)))
  const header = { alg: 'RS256', kid: 'ours' }
  return signed.setProtectedHeader(header).sign(how === 'signature' ? stranger.privateKey : privateKey)
}

const form = `<!DOCTYPE html><html lang="en"><title>Work accounts</title><main><h1>Work accounts</h1><form method="post">
<label for="claims">Who are you?</label> <textarea id="claims" name="claims"></textarea>
<button name="do" value="in">Sign in</button> <button name="do" value="cancel">Cancel</button></form></main></html>`

async function answer (request, response) {
  if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response)
  if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end(form)
  let body = ''
  for await (const part of request) body += part
  const sent = new URLSearchParams(body)
  if (sent.get('do') === 'cancel') return finish(request, response, { error: 'access_denied' })
  const { forge, ...claims } = JSON.parse(sent.get('claims'))
  people.set(claims.sub, { claims, forge })
  return finish(request, response, { login: { accountId: claims.sub, amr: claims.amr, acr: claims.acr } })
}

function finish (request, response, result) {
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

server.on('request', (request, response) => answer(request, response).catch(error => {
  console.error(error)
  response.writeHead(500).end()
}))
process.stdin.on('end', () => process.exit()).resume()
console.log(`ready ${issuer}`)
