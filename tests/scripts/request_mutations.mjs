#!/usr/bin/env node
// Asks Prisma's own query compiler and `lamina query` about the same requests of the JSON protocol, each changed a
// little by chance, and counts where they agree: on the verdict (accepted, or the error's code), on the path to what is
// wrong, and on the message. Differences are grouped, the most frequent first, each with a request that shows it.
//
//   request_mutations.mjs --oracle DIR --lamina COMMAND --provider sqlite|postgresql [--url URL] [--seed 1] [--count 2000]
//                         [--least 99] [--show 20] [--kinds a,b] [--plain] [--keep FILE] CONFORMANCE_DIR
//
// The oracle is ../shared/oracle, installed (`npm ci`) in DIR; the requests and their tables are those of
// CONFORMANCE_DIR/query (../shared/conformance). The same seed makes the same mutations. The database at URL is wiped.
// Ends with 1 when fewer than `least` percent agree or anything crashed, with 77 (skipped) when there is no oracle.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { chance, mutate, kindsOfMutations } from './request_mutations/mutate.mjs'
import { Oracle } from './request_mutations/oracle.mjs'
import { explained } from './request_mutations/explained.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    oracle: { type: 'string', default: process.env.LAMINA_ORACLE ?? '' },
    lamina: { type: 'string', default: 'lamina' },
    provider: { type: 'string', default: 'sqlite' },
    url: { type: 'string', default: process.env.LAMINA_TEST_POSTGRESQL_URL ?? '' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    least: { type: 'string', default: '99' },
    show: { type: 'string', default: '20' },
    kinds: { type: 'string' }, // the mutations to choose from, with commas; all by default
    keep: { type: 'string' }, // a file for the cases that differ, one a line
    plain: { type: 'boolean', default: false }, // the requests as they stand, without mutations
  },
})
if (!options.oracle || !existsSync(join(options.oracle, 'node_modules'))) {
  console.log('skipped: the oracle is not there (--oracle DIR or LAMINA_ORACLE)')
  process.exit(77)
}

// ---- requests, by schema ----

const { random, below, pick } = chance(options.seed)
const readLines = (name) => readFileSync(join(positionals[0], 'query', name), 'utf8').trim().split('\n').map((line) => JSON.parse(line))
const tables = new Map(readLines('ddl.jsonl').filter((d) => d.provider === options.provider).map((d) => [d.schema_id, d.sql]))
const schemas = new Map() // id → {text, requests}
for (const one of readLines('cases.jsonl')) {
  if (!one.providers.includes(options.provider) || !tables.has(one.schema_id)) continue
  const text = one.schema.replaceAll('$PROVIDER', options.provider)
  const known = schemas.get(one.schema_id) ?? { text, requests: [] }
  schemas.set(one.schema_id, known)
  for (const step of one.steps) {
    if (!step.json || /Raw$/.test(step.json.action)) continue // what raw statements do is the database's business
    const line = JSON.stringify(step.json)
    if (!line.includes('${') && line.length < 4000) known.requests.push(step.json)
  }
}
const usable = [...schemas.entries()].filter(([, schema]) => schema.requests.length > 0)

const kinds = options.kinds ? options.kinds.split(',') : kindsOfMutations
const groups = new Map(usable.map(([id]) => [id, []]))
if (options.plain) {
  for (const [id, schema] of usable) groups.set(id, schema.requests.map((json) => ({ name: 'plain', line: JSON.stringify(json) })))
} else {
  for (let i = 0; i < Number(options.count); ++i) {
    const [id, schema] = pick(usable)
    groups.get(id).push(mutate({ random, below, pick }, kinds, schema))
  }
}

// ---- asking ----

/// Everything in the database but the system's own, whichever schemas the tables before lay in.
const wipe = `DO $$ DECLARE s text; BEGIN FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; CREATE SCHEMA public; END $$`
const folder = mkdtempSync(join(tmpdir(), 'lamina-requests-'))
let crashes = 0

/// Our answers to the lines, in their order. A line at which the program dies is an answer, too.
function askLamina(id, text, lines) {
  const schema = join(folder, `${id}.prisma`)
  const file = join(folder, `${id}.db`)
  writeFileSync(schema, text)
  const url = options.provider === 'sqlite' ? `file:${file}` : options.url
  const made = [...(options.provider === 'sqlite' ? [] : [wipe]), tables.get(id)].map((sql) => JSON.stringify({ sql }))
  const answers = []
  while (answers.length < lines.length) {
    rmSync(file, { force: true })
    const input = [...made, ...lines.slice(answers.length)].join('\n') + '\n'
    const ended = spawnSync(options.lamina, ['query', '--schema', schema, '--url', url], { input, encoding: 'utf8', maxBuffer: 1 << 30, timeout: 120_000 })
    const said = (ended.stdout ?? '').split('\n').filter((line) => line !== '')
    if (said.slice(0, made.length).some((line) => line !== '{"ok":true}')) throw new Error(`${id}: ${said.slice(0, made.length)} ${ended.stderr}`)
    const before = answers.length
    for (const line of said.slice(made.length)) answers.push(JSON.parse(line))
    if (answers.length === lines.length) break
    ++crashes
    answers.push({ crash: `${ended.error?.code ?? ended.signal ?? ended.status}: ${ended.stderr.slice(0, 3000)}` })
    console.log(`--- CRASH after ${answers.length - 1 - before} requests\n  ${lines[answers.length - 1]}\n  ${answers.at(-1).crash}`)
  }
  return answers
}

// ---- comparing ----

const validation = new Set(['P2008', 'P2009', 'P2012', 'P2013', 'P2019', 'P2026'])
/// What we said, as a verdict. Errors of the run time come after the request was accepted.
function verdictOfOurs(answer) {
  if (answer.crash) return { code: 'crash', message: answer.crash }
  const error = answer.errors?.[0]
  if (!error || !validation.has(error.code)) return { code: 'accepted', message: error ? `${error.code} ${error.message}` : '' }
  return { code: error.code, message: error.message, meta: error.meta }
}
const paths = (meta) =>
  !meta ? [] : meta.kind === 'Union' ? meta.errors.flatMap(paths) : meta.selectionPath ? [[...meta.selectionPath, ...(meta.argumentPath ?? [])].join('.')] : []
const samePaths = (a, b) => {
  const [x, y] = [paths(a), paths(b)].map((list) => [...new Set(list)].sort().join(' '))
  return x === y
}
const mask = (message) => message.replace(/`[^`]*`/g, '`…`').replace(/'[^']*'/g, "'…'").replace(/-?\d+(\.\d+)?/g, '#').replace(/\([^()]*\)/g, '(…)')

const score = { requests: 0, skipped: 0, explained: 0, refused: 0, verdict: 0, path: 0, message: 0 }
const differences = new Map()
const reasons = new Map()
const kept = []
function note(level, request, theirs, ours) {
  const wide = level === 'VERDICT' ? `${mask(theirs.message)} | ${mask(ours.message)}` : `${theirs.code} ${mask(theirs.message)}`
  const key = `${level} ${theirs.code} → ${ours.code}: ${wide}`.slice(0, 400)
  const group = differences.get(key) ?? { level, count: 0, request, theirs, ours }
  group.count += 1
  if (request.line.length < group.request.line.length) Object.assign(group, { request, theirs, ours })
  differences.set(key, group)
  kept.push({ level, ...request, theirs, ours })
}

const oracle = new Oracle(options.oracle, options.provider)
for (const [id, list] of groups) {
  if (list.length === 0) continue
  const { text } = schemas.get(id)
  const theirs = await oracle.compile(text, list.map((request) => request.line))
  const answers = askLamina(id, text, list.map((request) => request.line))
  list.forEach((request, i) => {
    request.schema = id
    const [a, b] = [theirs[i], verdictOfOurs(answers[i])]
    if (a.code === 'panic') return void ++score.skipped
    if (b.code === 'crash') return
    ++score.requests
    if (a.code !== 'accepted') ++score.refused
    const reason = a.code !== b.code && explained(request, a, b, options.provider)
    if (reason) {
      ++score.explained
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    const verdict = a.code === b.code
    const path = verdict && samePaths(a.meta, b.meta)
    const message = verdict && (a.code === 'accepted' || a.code === 'P2008' || a.message === b.message)
    score.verdict += verdict || Boolean(reason)
    score.path += path || Boolean(reason)
    score.message += message || Boolean(reason)
    if (reason) return
    if (!verdict) note('VERDICT', request, a, b)
    else if (!path) note('PATH', request, a, b)
    else if (!message) note('MESSAGE', request, a, b)
  })
}
rmSync(folder, { recursive: true })

const rank = { VERDICT: 0, PATH: 1, MESSAGE: 2 }
const sorted = [...differences.values()].sort((a, b) => rank[a.level] - rank[b.level] || b.count - a.count)
for (const { level, count, request, theirs, ours } of sorted.slice(0, Number(options.show))) {
  console.log(`--- ${level} ${count}× (${request.name}, schema ${request.schema})\n  ${request.line}`)
  for (const [who, said] of [['prisma', theirs], ['lamina', ours]]) {
    console.log(`  ${who} ${said.code} ${said.message.slice(0, 600)}${level === 'PATH' ? ` [${paths(said.meta).join(' ')}]` : ''}`)
  }
}
if (options.keep) writeFileSync(resolve(options.keep), kept.map((one) => JSON.stringify(one) + '\n').join(''))
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`explained ${count}×: ${reason}`)
const percent = (n) => `${n} (${((100 * n) / Math.max(1, score.requests)).toFixed(2)} %)`
console.log(
  `${options.provider}, seed ${options.seed}: ${score.requests} requests (${score.refused} refused by Prisma, ${score.skipped} skipped because it panicked, ` +
    `${score.explained} explained differences): verdict and code ${percent(score.verdict)}, path ${percent(score.path)}, message ${percent(score.message)}, crashes ${crashes}`,
)
process.exit(crashes === 0 && score.verdict >= (Number(options.least) / 100) * score.requests ? 0 : 1)
