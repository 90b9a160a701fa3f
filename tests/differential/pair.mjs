// Two equal databases: Prisma's client writes to one, Lamina to the other.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromLamina, fromOracle, difference } from './compare.mjs'
import { joinTables, modelsOf } from './model.mjs'
import { Conversation } from './processes.mjs'
import { translate } from './translate.mjs'

const isRead = ({ action }) => /^(find|count|aggregate|groupBy)/.test(action ?? '')

export class Pair {
  /** `tools`: {lamina, oracle (folder), folder (to work in), server (PostgreSQL's URL)}. */
  constructor(tools, provider, schemaText) {
    this.tools = tools
    this.provider = provider
    mkdirSync(tools.folder, { recursive: true })
    this.schema = join(tools.folder, `${provider}.prisma`)
    writeFileSync(this.schema, `datasource db {\n  provider = "${provider}"\n}\n\n${schemaText}`)
    this.models = modelsOf(JSON.parse(this.#oracle('psl.mjs', 'dmmf', this.schema)).datamodel)
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
    await this.script(ddl)
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
      for (const sql of [`DROP DATABASE IF EXISTS "differential_${name}" WITH (FORCE)`, `CREATE DATABASE "differential_${name}"`]) {
        mustWork(await server.ask({ sql }))
      }
    }
    await server.stop()
    return names.map((name) => Object.assign(new URL(this.tools.server), { pathname: `/differential_${name}` }).href)
  }

  /** Runs a script on both databases. */
  async script(sql) {
    for (const answer of await Promise.all(this.janitors.map((each) => each.ask({ sql })))) mustWork(answer)
  }

  /** Runs the request on both sides; null, or what differs. */
  async run(request) {
    const [theirs, ours] = await Promise.all([this.theirs.ask(request), this.ours.ask(translate(this.models, request))])
    const found = difference(fromOracle(this.models, request, theirs), fromLamina(this.models, request, ours))
    this.failed = theirs.ok === false
    if (found && theirs.ok === false && ours.errors) return { ...found, tables: await this.#compareTables() }
    if (found || isRead(request)) return found
    return this.#compareTables()
  }

  async #compareTables() {
    const [theirs, ours] = await Promise.all(this.janitors.map((each) => this.#dump(each)))
    const missing = theirs.filter((row) => !ours.includes(row))
    const surplus = ours.filter((row) => !theirs.includes(row))
    if (missing.length + surplus.length === 0 && theirs.length === ours.length) return null
    return { kind: 'tables', theirs: { value: missing }, ours: { value: surplus } }
  }

  async #dump(janitor) {
    const query = { arguments: { query: this.dumpQuery, parameters: '[]' }, selection: {} }
    const answer = mustWork(await janitor.ask({ action: 'queryRaw', query }))
    return answer.data.queryRaw.rows.map(([row]) => row)
  }
}

function mustWork(answer) {
  if (answer.died || answer.errors) throw new Error(`the differential test itself: ${JSON.stringify(answer)}`)
  return answer
}

/** One query for all rows of all tables, each as a text that says everything. */
function dumpSql(provider, models) {
  const tables = [...models.values()].map((model) => ({ table: model.table, columns: model.scalars.map((field) => field.column) }))
  for (const { table } of joinTables(models)) tables.push({ table, columns: ['A', 'B'] })
  const select = ({ table, columns }) => {
    if (provider !== 'sqlite') return `SELECT '${table}' || x::text AS r FROM "${table}" x`
    return `SELECT '${table}(' || ${columns.map((column) => `quote("${column}")`).join(" || ',' || ")} || ')' AS r FROM "${table}"`
  }
  return tables.map(select).join('\nUNION ALL\n')
}
