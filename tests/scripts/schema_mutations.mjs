#!/usr/bin/env node
// Asks Prisma's own engine and `lamina validate` about the same schemas, each changed a little by chance, and counts
// where they agree: on the verdict, on the first error's line and text, and on the whole list of errors. With --format
// it asks both to format them instead, and counts where they write the same.
//
//   schema_mutations.mjs --oracle DIR --lamina COMMAND [--format] [--kinds a,b] [--seed 1] [--count 1000] [--least 98] [--show 10] SCHEMA|DIR…
//
// The oracle is ../shared/oracle, installed (`npm ci`) in DIR. The same seed makes the same mutations of the same
// schemas. Ends with 1 when fewer than `least` percent agree, with 77 (skipped) when there is no oracle.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    oracle: { type: 'string', default: process.env.LAMINA_ORACLE ?? '' },
    lamina: { type: 'string', default: 'lamina' },
    batch: { type: 'string' }, // a program that is given a folder and prints {"file", "list"} for each schema of it
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    least: { type: 'string', default: '98' },
    show: { type: 'string', default: '10' },
    format: { type: 'boolean', default: false },
    kinds: { type: 'string' }, // the mutations to choose from, with commas; all by default
    keep: { type: 'string' }, // a folder for the cases that differ
    plain: { type: 'boolean', default: false }, // the schemas as they stand, without mutations
  },
})

const engine = join(options.oracle, 'lib/psl.mjs')
if (!options.oracle || !existsSync(join(options.oracle, 'node_modules'))) {
  console.log('skipped: the oracle is not there (--oracle DIR or LAMINA_ORACLE)')
  process.exit(77)
}
const psl = await import(pathToFileURL(engine))

// ---- chance ----

function generator(seed) {
  let state = BigInt(seed) ** 7n * 0xd6e8feb86659fd93n
  const mask = (1n << 64n) - 1n
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask
    return Number((z ^ (z >> 31n)) >> 11n) / 2 ** 53
  }
}
const random = generator(options.seed)
const below = (n) => Math.floor(random() * n)
const pick = (list) => list[below(list.length)]

// ---- mutations: each takes a text and gives another ----

const providers = ['postgresql', 'mysql', 'sqlite', 'cockroachdb', 'sqlserver', 'postgres', 'oracle'] // and mongodb, for which Lamina has one error of its own
const scalars = ['String', 'Boolean', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime', 'Json', 'Bytes']
const types = [...scalars, 'Unsupported("circle")', 'Unsupported("int")', 'string', 'Strin', 'Missing']
const natives =
  'SmallInt Integer Int Int2 Int4 Int8 BigInt Decimal Money SmallMoney Inet Oid Citext Real DoublePrecision Float Float4 Float8 Double VarChar NVarChar Char NChar Text NText LongText TinyText MediumText ByteA Bytes Binary VarBinary Blob LongBlob Image Timestamp Timestamptz Date Time Timetz DateTime DateTime2 SmallDateTime DateTimeOffset Boolean Bool Bit VarBit Uuid UniqueIdentifier Xml Json JsonB String CatalogSingleChar TinyInt UnsignedInt UnsignedTinyInt UnsignedBigInt Year Numeric'.split(' ')
const native = () => {
  const name = pick(natives)
  const form = below(8)
  if (form < 3) return `@db.${name}`
  const number = () => pick([0, 1, 2, 6, 7, 9, 10, 20, 36, 63, 100, 191, 255, 256, 1001, 4000, 4001, 8000, 8001, 65535, 70000])
  return form < 6 ? `@db.${name}(${number()})` : form === 6 ? `@db.${name}(${number()}, ${number()})` : `@db.${name}(${pick(['Max', 'a', '-1', '"5"', '1.5'])})`
}
const values = [
  'autoincrement()', 'autoincrement(1)', 'sequence()', 'sequence(start: 10, cache: 4)', 'sequence(virtual: true)', 'now()', 'uuid()', 'uuid(4)', 'uuid(7)',
  'uuid(5)', 'cuid()', 'cuid(2)', 'cuid(3)', 'ulid()', 'ulid(1)', 'nanoid()', 'nanoid(1)', 'nanoid(21)', 'dbgenerated()', 'dbgenerated("x()")', 'dbgenerated("")',
  'auto()', 'env("X")', '0', '1', '-5', '1.5', '99999999999', '99999999999999999999', 'true', 'false', '"text"', '""', '"[1,2]"', '"{}"', '"2020-01-01T00:00:00Z"',
  '"aGk="', '[]', '[1, 2]', '["a", "b"]', '[A, B]', 'USER', 'A', 'a.b', 'uuuid()', '{ a: 1 }', 'null',
]
const attributes = () =>
  pick([
    () => '@id', () => '@id(map: "pk")', () => '@id(sort: Desc)', () => '@id(clustered: false)', () => '@id(length: 10)', () => '@unique', () => '@unique(map: "u")',
    () => '@unique(sort: Desc, length: 5)', () => '@unique(clustered: true)', () => `@default(${pick(values)})`, () => `@default(${pick(values)}, map: "df")`,
    () => `@map("${pick(['x', 'id', 'name', '', 'a b'])}")`, () => '@updatedAt', () => '@ignore', () => '@relation("x")', () => '@relation(fields: [id], references: [id])',
    native, native, () => '@foo', () => '@db', () => '@dbx.Text', () => '@shardKey', () => `@relation(onDelete: ${pick(actions)})`, () => '@unique(where: raw("a"))',
  ])()
const actions = ['Cascade', 'Restrict', 'NoAction', 'SetNull', 'SetDefault', 'Nothing']
const settings = ['onDelete', 'onUpdate', 'map', 'name', 'fields', 'references', 'sort', 'length', 'ops', 'type', 'clustered', 'where', 'foo']
const parts = (fields) => {
  const form = below(9)
  const one = () => pick(fields)
  if (form < 3) return one()
  if (form < 6) return `${one()}, ${one()}`
  if (form === 6) return `${one()}(sort: ${pick(['Desc', 'Asc', 'Up'])})`
  if (form === 7) return `${one()}(length: ${pick([1, 10, 100])}), ${one()}`
  return `${one()}(ops: ${pick(['raw("x")', 'JsonbPathOps', 'InetOps', 'Int4MinMaxOps', 'TextOps', 'ArrayOps', 'Foo'])})`
}
const extras = () =>
  pick([
    '', '', '', ', map: "i1"', ', map: "i2"', ', name: "n1"', ', name: "a-b"', ', clustered: true', ', clustered: false', ', type: Hash', ', type: Gin', ', type: Brin',
    ', type: Gist', ', type: SpGist', ', type: Foo', ', where: raw("x > 1")', ', where: { id: 1 }', ', map: ""', ', length: 3', `, map: "${'m'.repeat(70)}"`,
    `, map: "${'m'.repeat(130)}"`,
  ])

const names = (text) => [...new Set(text.match(/(?<=^[ \t]+)[A-Za-z]\w*(?=[ \t]+\S)/gm) ?? ['id'])]
const blocks = (text) => [...new Set([...text.matchAll(/^(?:model|enum|type|view)\s+(\w+)/gm)].map((m) => m[1]))]
const tokens = (text) => text.match(/\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|[A-Za-z_][\w-]*|\d+(?:\.\d+)?|[ \t]+|\n|@@|./gs) ?? []
const meaningful = (list) => list.flatMap((t, i) => (/^\s+$|^\/\//.test(t) ? [] : [i]))
const replaced = (list, at, ...by) => [...list.slice(0, at), ...by, ...list.slice(at + 1)].join('')

const onLines = (change) => (text) => {
  const lines = text.split('\n')
  const used = lines.flatMap((line, i) => (line.trim() ? [i] : []))
  if (used.length === 0) return text
  change(lines, used)
  return lines.join('\n')
}
const onTokens = (accept, change) => (text) => {
  const list = tokens(text)
  const at = meaningful(list).filter((i) => accept(list[i], list, i))
  if (at.length === 0) return text
  return change(list, pick(at), text)
}
const isField = (line) => /^[ \t]+[A-Za-z]\w*[ \t]+[\[A-Za-z]\S*/.test(line) && !/=|\{$/.test(line)
const onFields = (change) =>
  onLines((lines, used) => {
    const fields = used.filter((i) => isField(lines[i]))
    if (fields.length) lines[fields.at(0) && pick(fields)] = change(lines[pick(fields)], lines)
  })
const eachField = (change) => (text) => {
  const lines = text.split('\n')
  const at = lines.flatMap((line, i) => (isField(line) ? [i] : []))
  if (!at.length) return text
  const i = pick(at)
  lines[i] = change(lines[i], text)
  return lines.join('\n')
}

const mutations = {
  drop_line: onLines((lines, used) => lines.splice(pick(used), 1)),
  duplicate_line: onLines((lines, used) => {
    const at = pick(used)
    lines.splice(at, 0, lines[at])
  }),
  swap_lines: onLines((lines, used) => {
    const a = pick(used)
    const b = pick(used)
    ;[lines[a], lines[b]] = [lines[b], lines[a]]
  }),
  copy_line: onLines((lines, used) => lines.splice(pick(used), 0, lines[pick(used)])),
  rename: onTokens(
    (t) => /^[A-Za-z]\w+$/.test(t),
    (list, at, text) => replaced(list, at, pick([list[at] + 'x', list[at].slice(0, -1), pick(names(text)), pick([...blocks(text), ...types])])),
  ),
  replace_type: eachField((line, text) => line.replace(/^([ \t]+\w+[ \t]+)([A-Za-z]\w*(?:\("[^"]*"\))?)/, (_, a) => a + pick([...types, ...scalars, ...blocks(text)]))),
  change_arity: eachField((line) => line.replace(/^([ \t]+\w+[ \t]+[A-Za-z]\w*(?:\("[^"]*"\))?)(\[\]|\?)?/, (_, a) => a + pick(['', '?', '[]', '[]?', '!']))),
  add_attribute: eachField((line) => line + ' ' + attributes()),
  replace_attribute: eachField((line) => (line.includes('@') ? line.replace(/@[\w.]+(\([^)]*\)+)?/, () => attributes()) : line + ' ' + attributes())),
  native_type: eachField((line) => line.replace(/ *@db\.\w+(\([^)]*\))?/, '') + ' ' + native()),
  default_value: eachField((line) => line.replace(/ *@default\((?:[^()]|\([^()]*\))*\)/, '') + ` @default(${pick(values)})`),
  drop_attribute: eachField((line) => line.replace(/[ \t]+@[\w.]+(\([^)]*\)+)?/, '')),
  add_key: onLines((lines) => {
    const ends = lines.flatMap((line, i) => (/^\s*\}/.test(line) ? [i] : []))
    if (!ends.length) return
    const at = pick(ends)
    let from = at
    while (from > 0 && !/\{/.test(lines[from])) --from
    const fields = names(lines.slice(from, at).join('\n'))
    if (!fields.length) fields.push('id')
    lines.splice(at, 0, pick([
      () => `  @@${pick(['index', 'index', 'unique', 'id', 'fulltext'])}([${parts(fields)}]${extras()})`,
      () => `  @@map("${pick(['x', ...blocks(lines.join('\n')), ''])}")`, () => '  @@ignore', () => `  @@schema("${pick(['public', 'auth', 'dbo'])}")`,
      () => `  @@${pick(['foo', 'db.Text', 'unique', 'shardKey([id])', 'index'])}`,
    ])())
  }),
  add_field: onLines((lines, used) => {
    const text = lines.join('\n')
    lines.splice(pick(used), 0, `  ${pick(['extra', ...names(text)])} ${pick([...types, ...scalars, ...blocks(text)])}${pick(['', '', '?', '[]'])} ${pick(['', attributes(), attributes()])}`)
  }),
  change_argument: onTokens(
    (t, list, i) => /^(\(|,|:|\[)$/.test(list[i - 1] === ' ' ? list[i - 2] : list[i - 1]) && /^["\w]/.test(t),
    (list, at, text) => replaced(list, at, pick([...values, ...actions, ...settings, ...names(text), '"x"'])),
  ),
  rename_argument: onTokens((t, list, i) => /^[a-z]\w*$/.test(t) && list[i + 1] === ':', (list, at) => replaced(list, at, pick(settings))),
  change_action: onTokens((t) => actions.includes(t), (list, at) => replaced(list, at, pick(actions))),
  add_actions: (text) => text.replace(/references: *\[[^\]]*\]/g, (all) => (below(3) ? all : `${all}, ${pick(['onDelete', 'onUpdate'])}: ${pick(actions)}`)),
  swap_arguments: (text) => {
    const found = [...text.matchAll(/\(([^(),]+),\s*([^()]+?)\)/g)]
    if (!found.length) return text
    const one = pick(found)
    return text.slice(0, one.index) + `(${one[2]}, ${one[1]})` + text.slice(one.index + one[0].length)
  },
  drop_argument: (text) => {
    const found = [...text.matchAll(/,\s*\w+:\s*(\[[^\]]*\]|"[^"]*"|\w+)/g)]
    if (!found.length) return text
    const one = pick(found)
    return text.slice(0, one.index) + text.slice(one.index + one[0].length)
  },
  change_provider: (text) => text.replace(/(provider\s*=\s*)"(postgres\w*|mysql|sqlite|cockroachdb|sqlserver|mongodb)"/, (_, a) => `${a}"${pick(providers)}"`),
  add_setting: (text) =>
    text.replace(/(datasource \w+ \{\n)/, (all) => all + '  ' + pick([
      'relationMode = "prisma"', 'relationMode = "foreignKeys"', 'relationMode = "x"', 'referentialIntegrity = "prisma"', 'schemas = ["public", "auth"]', 'schemas = []',
      'extensions = [citext, pg_trgm(map: "x", schema: "public", version: "1")]', 'foo = 1', 'previewFeatures = ["views"]', 'schemas = ["a", "a"]', 'schemas = "a"',
      'extensions = [a-b]', 'extensions = "x"', 'relationMode = prisma',
    ]) + '\n'),
  preview_features: (text) =>
    text.includes('generator') && below(2)
      ? text.replace(/(generator \w+ \{\n)/, (all) => all + `  previewFeatures = ["${pick(features)}", "${pick(features)}"]\n`)
      : text + `\ngenerator g${below(3)} {\n  provider = "${pick(['prisma-client-js', 'lamina', ''])}"\n  previewFeatures = ["${pick(features)}"]\n}\n`,
  insert_token: onTokens(() => true, (list, at) => replaced(list, at, list[at], pick(['{', '}', '(', ')', '[', ']', '@', '@@', ',', ':', '=', '?', '!', '.', '"', '"x"', '1', '-', '//', '///', '/*', '*/', '\n', 'é', '#', '$', ' a ', '\\', "'"]))),
  drop_token: onTokens(() => true, (list, at) => replaced(list, at)),
  swap_tokens: onTokens(
    () => true,
    (list, at) => {
      const next = meaningful(list).find((i) => i > at)
      if (next === undefined) return list.join('')
      ;[list[at], list[next]] = [list[next], list[at]]
      return list.join('')
    },
  ),
  drop_character: (text) => {
    const at = below(text.length)
    return text.slice(0, at) + text.slice(at + 1)
  },
  double_character: (text) => {
    const at = below(text.length)
    return text.slice(0, at) + text.slice(at, at + 1) + text.slice(at)
  },
}
const features = 'views partialIndexes postgresqlExtensions relationJoins nativeDistinct typedSql strictUndefinedChecks shardKeys fullTextSearchPostgres fullTextSearch multiSchema driverAdapters extendedIndexes metrics omitApi prismaSchemaFolder schemaEngineDriverAdapters queryCompiler react-native mongoDb cockroachDb interactiveTransactions foo'.split(' ')

const kinds = options.kinds ? options.kinds.split(',') : Object.keys(mutations)

// ---- cases ----

function listSchemas(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).sort().flatMap((name) => (name.endsWith('.prisma') || statSync(join(path, name)).isDirectory() ? listSchemas(join(path, name)) : []))
}
// Prisma 7 moved the URLs out of the schema; Lamina takes them.
const withoutUrls = (text) => text.replace(/^([ \t]*)(url|directUrl|shadowDatabaseUrl)[ \t]*=.*$/gm, (all) => ' '.repeat(all.length))

function oracle(text) {
  try {
    return psl.lint([['schema.prisma', text]])
  } catch (e) {
    return null // the engine panicked
  }
}

const bases = positionals.flatMap(listSchemas).map((path) => withoutUrls(readFileSync(path, 'utf8')))
// Schemas that are wrong to begin with say the same again and again.
const sound = options.plain ? bases : bases.filter((text) => (oracle(text) ?? [{}]).every((d) => d.is_warning))
const cases = options.plain
  ? sound.map((text) => ({ name: 'plain', text }))
  : Array.from({ length: Number(options.count) }, () => {
      let text = pick(sound)
      const used = []
      for (let left = 1 + (below(4) === 0 ? 1 : 0); left > 0; --left) {
        const name = pick(kinds)
        text = mutations[name](text)
        used.push(name)
      }
      return { name: used.join('+'), text }
    })

// ---- judging ----

if (options.format) {
  let same = 0
  let asked = 0
  let shown = 0
  for (const { name, text } of cases) {
    let theirs
    try {
      theirs = psl.format([['schema.prisma', text]])[0][1]
    } catch (e) {
      continue // the engine panicked
    }
    ++asked
    const ours = spawnSync(options.lamina, ['format', '--stdin'], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 }).stdout
    if (ours === theirs) ++same
    else if (shown++ < Number(options.show)) {
      const [a, b] = [theirs.split('\n'), ours.split('\n')]
      const at = a.findIndex((line, i) => line !== b[i])
      console.log(`--- (${name}) line ${at + 1}\n  prisma ${JSON.stringify(a.slice(at, at + 3))}\n  lamina ${JSON.stringify(b.slice(at, at + 3))}`)
      if (options.keep) {
        mkdirSync(options.keep, { recursive: true })
        writeFileSync(join(options.keep, `FORMAT-${options.seed}-${shown}.prisma`), text)
      }
    }
  }
  console.log(`seed ${options.seed}: ${asked} schemas: formatted alike ${same} (${((100 * same) / Math.max(1, asked)).toFixed(2)} %)`)
  process.exit(same >= (Number(options.least) / 100) * asked ? 0 : 1)
}

const folder = mkdtempSync(join(tmpdir(), 'lamina-mutations-'))
cases.forEach((one, i) => writeFileSync(join(folder, `${String(i).padStart(6, '0')}.prisma`), one.text))
const ours = []
if (options.batch) {
  const ended = spawnSync(options.batch, [folder], { maxBuffer: 1 << 30, encoding: 'utf8' })
  for (const line of ended.stdout.trim().split('\n')) ours.push(JSON.parse(line).list)
  if (ours.length !== cases.length) {
    console.log(`crashed at case ${ours.length}: ${ended.signal}`)
    if (options.keep) writeFileSync(join(options.keep, 'crash.prisma'), cases[ours.length].text)
    process.exit(1)
  }
} else {
  for (let i = 0; i < cases.length; ++i) {
    const ended = spawnSync(options.lamina, ['validate', '--json', '--stdin'], { input: cases[i].text, encoding: 'utf8', maxBuffer: 1 << 28 })
    const answer = JSON.parse(ended.stdout)
    ours.push(answer.diagnostics.map((d) => ({ text: d.message, start: d.start, end: d.end, is_warning: d.severity === 'warning' })))
  }
}
rmSync(folder, { recursive: true })

const score = { cases: 0, skipped: 0, rejected: 0, verdict: 0, line: 0, text: 0, list: 0, lines: 0, warnings: 0 }
const bytes = new TextEncoder()
let shown = 0
cases.forEach(({ name, text }, i) => {
  const theirs = oracle(text)
  if (theirs === null) return void ++score.skipped
  ++score.cases
  const encoded = bytes.encode(text)
  // Prisma counts UTF-16 units, Lamina bytes.
  theirs.forEach((d) => {
    d.start = bytes.encode(text.slice(0, d.start)).length
    d.end = bytes.encode(text.slice(0, d.end)).length
  })
  const lineOf = (offset) => encoded.subarray(0, offset).filter((b) => b === 10).length + 1
  const errors = (list) => list.filter((d) => !d.is_warning)
  const warnings = (list) => list.filter((d) => d.is_warning)
  const [a, b] = [errors(theirs), errors(ours[i])]
  const same = (x, y, of) => x.length === y.length && x.every((d, k) => of(d) === of(y[k]))
  const verdict = (a.length === 0) === (b.length === 0)
  const both = a.length > 0 && b.length > 0
  const line = !both ? verdict : lineOf(a[0].start) === lineOf(b[0].start)
  const first = !both ? verdict : a[0].text === b[0].text
  const list = same(a, b, (d) => d.text)
  const lines = list && same(a, b, (d) => lineOf(d.start))
  const warned = same(warnings(theirs), warnings(ours[i]), (d) => `${lineOf(d.start)} ${d.text}`)
  if (a.length > 0) ++score.rejected
  score.verdict += verdict
  score.line += line
  score.text += first
  score.list += list
  score.lines += lines
  score.warnings += warned
  const wrong = !verdict || !line || !first || !list || !lines || !warned
  if (!wrong || shown >= Number(options.show)) return
  ++shown
  const level = !verdict ? 'VERDICT' : !line || !first ? 'FIRST' : !list ? 'LIST' : !lines ? 'LINES' : 'WARNING'
  if (options.keep) {
    mkdirSync(options.keep, { recursive: true })
    writeFileSync(join(options.keep, `${level}-${options.seed}-${i}.prisma`), text)
  }
  console.log(`--- ${level} case ${i} (${name})`)
  const source = (d) => `${lineOf(d.start)}:[${new TextDecoder().decode(encoded.subarray(d.start, Math.min(d.end, d.start + 60))).replace(/\n/g, '⏎')}]`
  for (let k = 0; k < Math.max(theirs.length, ours[i].length); ++k) {
    const [x, y] = [theirs[k], ours[i][k]]
    const print = (d) => (d ? `${d.is_warning ? 'warning ' : ''}${source(d)} ${d.text}` : '(nothing)')
    if (x && y && x.text === y.text && lineOf(x.start) === lineOf(y.start)) console.log(`  both   ${print(x)}`)
    else console.log(`  prisma ${print(x)}\n  lamina ${print(y)}`)
    if (k > 5) break
  }
})

const percent = (n) => `${n} (${((100 * n) / Math.max(1, score.cases)).toFixed(2)} %)`
console.log(
  `seed ${options.seed}: ${score.cases} schemas (${score.rejected} rejected, ${score.skipped} skipped because the engine panicked): verdict ${percent(score.verdict)}, ` +
    `first error's line ${percent(score.line)}, text ${percent(score.text)}, all errors ${percent(score.list)}, their lines ${percent(score.lines)}, warnings ${percent(score.warnings)}`,
)
const least = (Number(options.least) / 100) * score.cases
process.exit(score.verdict >= least && score.line >= least && score.text >= least ? 0 : 1)
