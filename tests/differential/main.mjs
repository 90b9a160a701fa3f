#!/usr/bin/env node
// The differential test. See README.md.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadScript, makeRows } from './data.mjs'
import { explanation } from './explained.mjs'
import { Pair } from './pair.mjs'
import { randomOf } from './random.mjs'
import { makeRequest, withLoad } from './requests.mjs'
import { randomSchema } from './schemas.mjs'
import { shrink } from './shrink.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const perRound = 20 // requests on the same data
const perSchema = 200

const { values: options } = parseArgs({
  options: {
    lamina: { type: 'string' },
    oracle: { type: 'string' },
    database: { type: 'string', default: 'sqlite' },
    server: { type: 'string', default: process.env.LAMINA_TEST_POSTGRESQL_URL },
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '400' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    most: { type: 'string', default: '1000' },
    verbose: { type: 'boolean', default: false },
  },
})

/** Fixed schemas and random ones take turns. */
function schemaText(number) {
  const fixed = readdirSync(join(here, 'schemas')).filter((name) => name.endsWith('.prisma')).sort()
    .map((name) => readFileSync(join(here, 'schemas', name), 'utf8')).filter((text) => options.database === 'postgresql' || !text.startsWith('// only: postgresql'))
  const turn = number % (2 * fixed.length)
  if (turn % 2 === 1) return randomSchema(randomOf(`${options.seed}/schema/${number}`), options.database)
  const lines = fixed[turn / 2].split('\n')
  return lines.filter((line) => options.database === 'postgresql' || !line.endsWith('// postgresql')).join('\n')
}

class Run {
  constructor(folder) {
    this.folder = folder
    this.compared = 0
    this.errors = 0
    this.kinds = new Map()
    this.unexplained = 0
  }

  async all() {
    const only = options.only === undefined ? null : Number(options.only)
    const from = only === null ? Number(options.from) : only - (only % perRound)
    const to = only === null ? from + Number(options.requests) : only + 1
    for (let index = from; index < to && !this.stopped && this.unexplained < Number(options.most); index++) {
      if (!this.pair || index % perSchema === 0) await this.nextSchema(Math.floor(index / perSchema))
      if (!this.rows || index % perRound === 0) await this.nextRound(Math.floor(index / perRound))
      await this.one(index, only)
    }
    await this.pair?.end()
  }

  async nextSchema(number) {
    await this.pair?.end()
    const tools = { lamina: options.lamina, oracle: options.oracle, folder: this.folder, server: options.server }
    this.pair = new Pair(tools, options.database, schemaText(number))
    await this.pair.begin()
    this.rows = null
  }

  async nextRound(number) {
    const seed = `${options.seed}/data/${number}`
    this.wild = randomOf(`${seed}/wild`).chance(0.25)
    this.rows = makeRows(this.random(seed), this.pair.models)
    this.load = loadScript(randomOf(`${seed}/sql`), options.database, this.pair.models, this.rows)
    this.done = [] // requests of the round, as far as both sides agreed
    await this.pair.script(this.load)
  }

  random(seed) {
    return Object.assign(randomOf(seed), { wild: this.wild })
  }

  async one(index, only) {
    const made = makeRequest(this.random(`${options.seed}/request/${index}`), this.pair, this.rows)
    const request = withLoad(randomOf(`${options.seed}/load/${index}`), made)
    if (options.verbose || index === only) console.log(`#${index} ${JSON.stringify(request)}`)
    this.compared += 1
    const found = await this.pair.run(request)
    if (this.pair.failed) this.errors += 1
    if (!found) return this.done.push(request)
    await this.report(index, request, found)
    await this.pair.script(this.load)
    this.done = []
  }

  async report(index, request, found) {
    const before = [[], this.done]
    let history = this.done
    for (const each of before) {
      if ((await this.again(each, request))?.kind !== found.kind) continue
      history = each
      break
    }
    const least = await shrink(request, async (smaller) => (await this.again(history, smaller))?.kind === found.kind)
    const shown = (await this.again(history, least)) ?? found
    const why = (await this.why(history, least, shown)) ?? (await this.why(history, request, found))
    const kind = why ? `explained: ${why}` : `${(request.action ?? 'transaction')}: ${found.kind}`
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1)
    if (why) return
    this.unexplained += 1
    console.log(`\n#${index} ${kind}${history.length > 0 ? ` (after ${history.length} requests of its round)` : ''}`)
    console.log(`  request: ${JSON.stringify(least)}`)
    console.log(`  theirs:  ${text(shown.theirs)}\n  ours:    ${text(shown.ours)}`)
    console.log(`  again:   --database ${options.database} --seed ${options.seed} --only ${index}`)
  }

  why(history, request, found) {
    const { pair } = this
    const afresh = async (then) => {
      await this.again(history, null)
      return then()
    }
    return explanation({
      provider: options.database, emulated: pair.emulated, models: pair.models, request, found,
      ask: (other) => afresh(() => pair.theirs.ask(other)),
      askOurs: (other) => afresh(() => pair.askOurs(other)),
      again: (forThem, forUs) => afresh(() => pair.run(forUs, forThem)),
      sameAs: (forUs, transaction, answer) => afresh(() => pair.sameAs(forUs, transaction, answer)),
      codes: (other) => afresh(() => pair.codes(other)),
    })
  }

  /** The request on fresh data, after those. */
  async again(history, request) {
    await this.pair.script(this.load)
    for (const each of history) await this.pair.run(each)
    return request ? this.pair.run(request) : null
  }

  summary() {
    console.log(`\n${options.database}: ${this.compared} requests compared (${this.errors} refused by Prisma), ${this.unexplained} unexplained differences`)
    for (const [kind, count] of [...this.kinds].sort()) console.log(`  ${count} ${kind}`)
  }
}

function text(side) {
  if (side.error) return `${side.error}: ${String(side.message).split('\n').filter(Boolean).slice(-2).join(' | ').slice(0, 700)}`
  return JSON.stringify(side.value)?.slice(0, 900)
}

const folder = mkdtempSync(join(tmpdir(), 'lamina-differential-'))
const run = new Run(folder)
process.once('SIGINT', () => (run.stopped = true)) // the summary still comes
await run.all()
run.summary()
rmSync(folder, { recursive: true, force: true })
process.exitCode = run.unexplained > 0 ? 1 : 0
