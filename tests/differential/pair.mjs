// Two equal databases: Prisma's client writes to one, Lamina to the other.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sequenceScript } from './data.mjs'
import { fromLamina, fromOracle, difference } from './compare.mjs'
import { maskedText } from './mask.mjs'
import { joinTables, modelsOf } from './model.mjs'
import { Conversation } from './processes.mjs'
import { translate } from './translate.mjs'

/** Runs that share a server do not share its databases. */
const database = (name) => `differential_${process.pid}_${name}`
const isRead = ({ action }) => /^(find|count|aggregate|groupBy)/.test(action ?? '')

export class Pair {
  /** `tools`: {lamina, oracle (folder), folder (to work in), server (PostgreSQL's URL)}. */
  constructor(tools, provider, schemaText) {
    this.tools = tools
    this.provider = provider
    mkdirSync(tools.folder, { recursive: true })
    this.schema = join(tools.folder, `${provider}.prisma`)
    writeFileSync(this.schema, wholeSchema(provider, schemaText))
    const views = new Set([...schemaText.matchAll(/^view (\w+)/gm)].map(([, name]) => name))
    this.models = modelsOf(JSON.parse(this.#oracle('psl.mjs', 'dmmf', this.schema)).datamodel, views)
    this.emulated = schemaText.includes('relationMode = "prisma"')
    this.searches = schemaText.includes('fullTextSearchPostgres')
    this.more = [...schemaText.matchAll(/^\/\/ sql: (.*)$/gm)].map(([, sql]) => sql).join('\n')
  }

  #oracle(...args) {
    return execFileSync('node', [join(this.tools.oracle, args[0]), ...args.slice(1)], { encoding: 'utf8', maxBuffer: 1 << 28 })
  }

  /** Makes both databases anew, and starts who talks to them. */
  async begin() {
    const ddl = this.#oracle('migrate.mjs', 'diff', '--from', 'empty', '--to', this.schema)
    const urls = await this.#emptyDatabases()
    const lamina = (url) => new Conversation(this.tools.lamina, ['query', '--schema', this.schema, '--url', url])
    this.theirs = new Conversation('node', [join(this.tools.oracle, 'client.mjs'), 'run', this.schema, urls[0], '-'])
    this.ours = lamina(urls[1])
    this.janitors = urls.map(lamina)
    await this.script(`${ddl}\n${this.more}`)
    this.dumpQuery = dumpSql(this.provider, this.models)
  }

  async end() {
    await Promise.all([this.theirs, this.ours, ...this.janitors].map((each) => each.stop()))
  }

  async #emptyDatabases() {
    const names = ['theirs', 'ours']
    if (this.provider === 'sqlite') {
      const files = names.map((name) => join(this.tools.folder, `${name}.db`))
      for (const file of files) for (const end of ['', '-journal', '-wal', '-shm']) rmSync(file + end, { force: true })
      return files.map((file) => `file:${file}`)
    }
    const server = new Conversation(this.tools.lamina, ['query', '--schema', this.schema, '--url', this.tools.server])
    for (const name of names) {
      for (const sql of [`DROP DATABASE IF EXISTS "${database(name)}" WITH (FORCE)`, `CREATE DATABASE "${database(name)}"`]) {
        mustWork(await server.ask({ sql }))
      }
    }
    await server.stop()
    return names.map((name) => Object.assign(new URL(this.tools.server), { pathname: `/${database(name)}` }).href)
  }

  /** Runs a script on both databases. */
  async script(sql) {
    for (const answer of await Promise.all(this.janitors.map((each) => each.ask({ sql })))) mustWork(answer)
  }

  /** Runs the request on both sides, or `forThem` on theirs; null, or what differs. */
  async run(request, forThem = request) {
    if (this.failed && this.provider === 'postgresql') await this.#alignSequences()
    const [theirs, ours] = await Promise.all([this.theirs.ask(forThem), this.#askOurs(request)])
    this.answers = [fromOracle(this.models, request, theirs), fromLamina(this.models, request, ours)]
    const found = difference(...this.answers)
    this.failed = theirs.ok === false
    if (found && theirs.ok === false && ours.errors) return { ...found, tables: await this.#compareTables() }
    if (found || isRead(request)) return found
    return this.#compareTables()
  }

  /** A request that fails may use up numbers, here others than there. */
  async #alignSequences() {
    this.next = (this.next ?? 1000) + 100
    const lines = [...this.models.values()].filter((model) => !model.view).flatMap((model) => sequenceScript(this.provider, model, this.next))
    if (lines.length > 0) await this.script(lines.join('\n'))
  }

  /** The codes of the errors that both sides answer with, null for none. */
  async codes(request) {
    await this.run(request)
    return this.answers.map(({ error }) => error ?? null)
  }

  /** Whether the request on ours and the transaction on theirs leave the same rows, and ours answers what `answer` makes of
   *  the transaction's answers. */
  async sameAs(request, transaction, answer) {
    const [theirs, ours] = await Promise.all([this.theirs.ask({ transaction }), this.#askOurs(request)])
    if (!theirs.ok) return false
    const result = fromOracle(this.models, request, { ok: true, result: answer(theirs.result) })
    return difference(result, fromLamina(this.models, request, ours)) === null && (await this.#compareTables()) === null
  }

  /** Our answer alone, as the client would have given it. */
  async askOurs(request) {
    return fromLamina(this.models, request, await this.#askOurs(request))
  }

  /** An interactive transaction ends with the first request that fails. */
  async #askOurs(request) {
    if (!request.interactive) return this.ours.ask(translate(this.models, request))
    const begun = await this.ours.ask({ op: 'tx_start', tx: 't', timeout: 30000 })
    if (begun.errors || begun.died) return begun
    const answers = []
    for (const each of request.transaction) {
      const answer = await this.ours.ask({ ...translate(this.models, each), tx: 't' })
      if (!answer.errors && !answer.died) answers.push(answer)
      else {
        if (!answer.died) mustWork(await this.ours.ask({ op: 'tx_rollback', tx: 't' }))
        return answer
      }
    }
    const ended = await this.ours.ask({ op: 'tx_commit', tx: 't' })
    return ended.errors || ended.died ? ended : { batchResult: answers }
  }

  async #compareTables() {
    const [theirs, ours] = await this.tables()
    const missing = without(theirs, ours)
    const surplus = without(ours, theirs)
    return missing.length + surplus.length === 0 ? null : { kind: 'tables', theirs: { value: missing }, ours: { value: surplus } }
  }

  /** All rows of all tables as texts, theirs and ours. */
  tables() {
    return Promise.all(this.janitors.map((each) => this.#dump(each)))
  }

  async #dump(janitor) {
    const query = { arguments: { query: this.dumpQuery, parameters: '[]' }, selection: {} }
    const answer = mustWork(await janitor.ask({ action: 'queryRaw', query }))
    return answer.data.queryRaw.rows.map(([row]) => maskedText(row))
  }
}

/** The schema, with the lines that it wants in its datasource and generator ("// datasource: …", "// generator: …"). */
function wholeSchema(provider, text) {
  const block = (kind) => [...text.matchAll(new RegExp(`^// ${kind}: (.*)$`, 'gm'))].map(([, line]) => `  ${line}\n`).join('')
  const generator = block('generator')
  const head = generator ? `generator client {\n  provider = "prisma-client"\n  output = "generated"\n${generator}}\n\n` : ''
  return `${head}datasource db {\n  provider = "${provider}"\n${block('datasource')}}\n\n${text}`
}

/** Those of the one list that the other lacks, as often as it lacks them. */
function without(list, other) {
  const left = new Map()
  for (const each of other) left.set(each, (left.get(each) ?? 0) + 1)
  return list.filter((each) => {
    const count = left.get(each) ?? 0
    if (count > 0) left.set(each, count - 1)
    return count === 0
  })
}

function mustWork(answer) {
  if (answer.died || answer.errors) throw new Error(`the differential test itself: ${JSON.stringify(answer)}`)
  return answer
}

/** One query for all rows of all tables, each as a text that says everything. */
function dumpSql(provider, models) {
  const tables = [...models.values()].filter((model) => !model.view)
    .map(({ table, place, scalars }) => ({ table, place, columns: scalars.map((field) => field.column) }))
  for (const { table, place } of joinTables(models)) tables.push({ table, place, columns: ['A', 'B'] })
  const select = ({ table, place, columns }) => {
    if (provider !== 'sqlite') return `SELECT '${table}' || x::text AS r FROM ${place} x`
    return `SELECT '${table}(' || ${columns.map((column) => `quote("${column}")`).join(" || ',' || ")} || ')' AS r FROM ${place}`
  }
  return tables.map(select).join('\nUNION ALL\n')
}
