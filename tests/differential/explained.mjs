// Differences that are meant: each recognised narrowly, and named by its row of docs/differences.md. Wherever it can be
// done, a rule puts the question to Prisma in words that mean there what the request means here, and wants Lamina's answer.
import { canonical } from './compare.mjs'
import { faultsOfBoth, takenTwice } from './faults.mjs'
import { afterThose, eachOneByOne, fieldsFirst, limitedRows, oneAfterAnother, oneByOne, rowsAlone } from './onebyone.mjs'
import { cursorsThatGiveNothing } from './pages.mjs'
import { byPrimaryKey, connectsByPrimaryKey, connectsInstead, emptySets, escaped, flat, jsonByKeys, keyRows, keysInstead, nullKeysSpelledOut, ownKeysMoved, readInstead, reversedCreates, saidPlainly, uniqueOf, withArgs, withoutNothing } from './rewrites.mjs'

const isObject = (value) => typeof value === 'object' && value !== null

const close = (one, other, size = 0) => Math.abs(one - other) <= 1e-14 * Math.max(Math.abs(one), Math.abs(other), size)
const isDecimal = (value) => isObject(value) && value.$type === 'Decimal'
const number = (value) => (isDecimal(value) ? Number(value.value) : typeof value === 'number' ? value : NaN)

/** Equal, but for numbers that `same(theirs, ours, decimal)` takes for the same. */
function equalBut(same, one, other) {
  if (same(number(one), number(other), isDecimal(one))) return true
  if (!isObject(one) || !isObject(other)) return one === other
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && equalBut(same, one[key], other[key]))
}

const isEmpty = (value) => value === null || (Array.isArray(value) && value.length === 0)
const calculates = ({ action }) => ['aggregate', 'groupBy'].includes(action)

/** How often a key stands in a request, at any depth. */
function occurrences(value, names) {
  if (!isObject(value)) return 0
  return Object.entries(value).reduce((sum, [key, inner]) => sum + (names.includes(key) ? 1 : 0) + occurrences(inner, names), 0)
}

/** How large the numbers are that a sum is made of: what cancels out leaves an error of their size. */
async function largest(ask, { model, args }) {
  const fields = Object.keys({ ...args._sum, ...args._avg })
  if (fields.length === 0) return 0
  const select = Object.fromEntries(fields.map((name) => [name, true]))
  const { ok, result } = await ask({ model, action: 'aggregate', args: { where: args.where, _min: select, _max: select, _count: true } })
  if (!ok) return 0
  return result._count * Math.max(0, ...[result._min, result._max].flatMap((each) => Object.values(each).map((value) => Math.abs(number(value) || 0))))
}

/** The request in words that mean to Prisma what it means to Lamina. Each gives the new request, or the same one. */
const rewrites = [
  {
    subject: 'contains, startsWith, endsWith; equals with insensitive',
    rewrite: ({ provider, models }, request) => (provider === 'postgresql' ? withArgs(models, request, (args) => escaped(args)) : request),
  },
  {
    subject: 'is: null, isNot: null over a compound foreign key',
    rewrite: ({ models }, request) => withArgs(models, request, nullKeysSpelledOut),
  },
  {
    subject: 'Filters that want Json of a kind, of related rows below NOT or isNot',
    rewrite: ({ models, ask }, request) => withArgs(models, request, (args, model) => jsonByKeys(ask, args, model)),
  },
  {
    subject: 'disconnect: [] on a required relation',
    applies: ({ found: { theirs } }) => theirs.error === 'P2014',
    rewrite: ({ models }, request) => withArgs(models, request, withoutNothing),
  },
  {
    subject: 'The order of nested creates with connects',
    applies: ({ found: { kind } }) => ['tables', 'result'].includes(kind),
    rewrite: ({ models }, request) => withArgs(models, request, (args) => reversedCreates(args)),
  },
  {
    subject: 'connectOrCreate in the place of a one-to-one row',
    applies: ({ found: { kind } }) => kind.startsWith('P2002 / ') || ['tables', 'result'].includes(kind),
    rewrite: ({ models, ask }, request) => withArgs(models, request, (args, model) => saidPlainly(ask, args, model)),
  },
  {
    subject: 'connectOrCreate of the one-to-one row that stands there',
    applies: ({ found: { kind } }) => kind === 'P2014 / ok',
    rewrite: ({ models, ask }, request) => withArgs(models, request, (args, model) => saidPlainly(ask, args, model)),
  },
  {
    subject: 'When a row gets the keys of its own relations',
    applies: ({ request }) => !/^(find|count|aggregate|groupBy)/.test(request.action ?? ''),
    rewrite: ({ models }, request) => withArgs(models, request, (args, model) => ownKeysMoved(args, model, false)),
  },
  {
    subject: 'When a row gets the keys of its own relations', // rows are looked for before any is written
    applies: ({ request }) => ['create', 'update', 'upsert'].includes(request.action),
    rewrite: ({ models }, request) => withArgs(models, request, (args, model) => ownKeysMoved(args, model, true)),
  },
  {
    subject: 'A row that is looked for by a field that changes in the same request',
    applies: ({ found: { kind } }) => kind.startsWith('P2025 / '),
    rewrite: ({ models, ask }, request) => withArgs(models, request, (args, model) => byPrimaryKey(ask, args, model)),
  },
  {
    subject: 'updateManyAndReturn without data, with related rows',
    applies: ({ found: { theirs } }) => theirs.error === 'P2023' && /^Missing data field/m.test(theirs.message),
    rewrite: (_, request) => (request.transaction ? { ...request, transaction: request.transaction.map(readInstead) } : readInstead(request)),
  },
  {
    subject: 'A key that changes by connect or create, relationMode = "prisma"',
    applies: ({ emulated, found: { kind } }) => emulated && (kind === 'tables' || kind.endsWith(' / P2014')),
    rewrite: ({ models, ask }, request) => withArgs(models, request, async (args, model) => keysInstead(await connectsByPrimaryKey(ask, await saidPlainly(ask, args, model), model), model)),
  },
]

const rules = [
  {
    subject: 'A cursor whose row the filter does not match',
    applies: cursorsThatGiveNothing,
  },
  {
    subject: 'Decimal increment … on SQLite',
    applies: ({ provider, request, found: { kind, theirs, ours } }) => {
      if (provider !== 'sqlite' || occurrences(request.args?.data ?? request.args?.update, ['increment', 'decrement', 'multiply', 'divide']) === 0) return false
      if (kind === 'result') return equalBut(close, theirs.value, ours.value)
      const numbers = (side) => side.value.flatMap((row) => row.match(/-?[0-9.]+(e[+-]?[0-9]+)?/g).map(Number))
      return kind === 'tables' && equalBut(close, numbers(theirs), numbers(ours))
    },
  },
  {
    subject: '_sum, _avg of Decimal on SQLite; of Float', // PostgreSQL adds up in the order of its heap, SQLite's two libraries differ
    applies: async ({ provider, request, found: { kind, theirs, ours }, ask }) => {
      if (kind !== 'result') return false
      const list = request.transaction ?? [request]
      const [one, other] = [theirs, ours].map(({ value }) => (request.transaction ? value : [value]))
      for (const [index, each] of list.entries()) {
        if (canonical(one[index]) === canonical(other[index])) continue
        if (!calculates(each)) return false
        const size = await largest(afterThose(ask, list.slice(0, index)), each)
        if (!equalBut((a, b, decimal) => (provider === 'sqlite' || !decimal) && close(a, b, size), one[index], other[index])) return false
      }
      return true
    },
  },
  {
    subject: 'Decimals calculated in groupBy on SQLite',
    applies: ({ provider, request, found: { kind, theirs, ours } }) =>
      provider === 'sqlite' && kind === 'result' && request.action === 'groupBy' &&
      equalBut((one, other, decimal) => (decimal && one === Math.trunc(other)) || close(one, other), theirs.value, ours.value),
  },
  {
    subject: 'isNot, and NOT of is, in updates and deletes',
    applies: async ({ models, request, found: { kind, ours }, ask }) => {
      const { model, action, args } = request
      if (['update', 'delete'].includes(action) && kind === 'ok / P2025' && occurrences(args.where, ['isNot', 'NOT']) > 0) {
        return (await ask({ model, action: 'findUnique', args: { where: args.where } })).result === null
      }
      if (!/^(updateMany|deleteMany)/.test(action ?? '') || !/^result$|^(ok|P20(02|03|20)) . (ok|P20(02|03))$/.test(kind) || occurrences(args.where, ['isNot', 'NOT']) === 0) return false
      // Prisma's own reads find the rows that Lamina writes.
      if (ours.error) return (await ask({ transaction: (await rowsAlone(models, ask, request)).transaction })).code === ours.error
      const { result } = await ask({ model, action: 'count', args: { where: args.where } })
      return result === (ours.value.count ?? ours.value.length)
    },
  },
  {
    subject: 'Nested updateMany, deleteMany, set, disconnect of rows with a compound key',
    applies: async ({ models, request, found: { kind }, ask, sameAs }) => {
      if (!['tables', 'result'].includes(kind)) return false
      if (request.transaction) {
        const alone = await eachOneByOne(models, ask, request.transaction)
        return sameAs(request, alone.transaction, alone.answer)
      }
      if (!request.args) return false
      const asked = await withArgs(models, request, nullKeysSpelledOut)
      const alone = (await oneByOne(models, ask, asked)) ?? (/^delete/.test(request.action) ? await rowsAlone(models, ask, asked) : null)
      return alone !== null && sameAs(request, alone.transaction, alone.answer)
    },
  },
  {
    subject: 'The order of nested creates with connects',
    applies: async ({ models, request, found: { kind }, ask, sameAs }) => {
      if (!['tables', 'result'].includes(kind) || !/^(create|update|upsert)$/.test(request.action ?? '')) return false
      const alone = await oneAfterAnother(models, ask, request)
      return alone !== null && sameAs(request, alone.transaction, alone.answer)
    },
  },
  {
    subject: 'updateMany without data, on SQLite',
    applies: async ({ provider, request: { model, action, args }, found: { kind, theirs, ours }, ask }) => {
      if (provider !== 'sqlite' || action !== 'updateMany' || kind !== 'result' || theirs.value.count !== 0 || Object.keys(args.data ?? {}).length > 0) return false
      const { result } = await ask({ model, action: 'count', args: { where: args.where } })
      return ours.value.count === Math.min(result, args.limit ?? result)
    },
  },
  {
    subject: 'updateMany, updateManyAndReturn without data, with a limit',
    applies: async ({ models, request: { model, action, args }, found: { kind, theirs, ours }, ask }) => {
      if (!/^updateMany/.test(action ?? '') || kind !== 'result' || Object.keys(args.data ?? {}).length > 0) return false
      if (action === 'updateMany') {
        const { result } = await ask({ model, action: 'count', args: { where: args.where } })
        return args.limit < result && theirs.value.count === result && ours.value.count === args.limit
      }
      if (!(args.limit < theirs.value.length)) return false
      const all = new Set(theirs.value.map(canonical))
      return ours.value.length === args.limit && ours.value.every((row) => all.has(canonical(row))) && (await keyRows(ask, models.get(model), args.where ?? {})).length === theirs.value.length
    },
  },
  {
    subject: 'A row that is looked for by a field that changes in the same request',
    applies: async ({ models, request, found: { kind }, sameAs }) => {
      if (!['tables', 'result'].includes(kind) || request.action !== 'update') return false
      const steps = fieldsFirst(models, request)
      return steps !== null && sameAs(request, steps.transaction, steps.answer)
    },
  },
  {
    subject: 'A row that is looked for by a field that changes in the same request', // where it is named by its key, both find it
    applies: async ({ models, request, found: { kind }, again, ask }) => {
      if (!['tables', 'result'].includes(kind)) return false
      const forUs = await withArgs(models, request, (args, model) => connectsByPrimaryKey(ask, args, model))
      return JSON.stringify(forUs) !== JSON.stringify(request) && (await again(request, forUs)) === null
    },
  },
  {
    subject: 'A key that changes by connect or create, relationMode = "prisma"', // create: as connect of a row that is there
    applies: async ({ emulated, models, request, found: { kind }, again, askOurs, ask }) => {
      if (!emulated || !kind.endsWith(' / P2014') || !request.args) return false
      for (const args of await connectsInstead(ask, request.args, models.get(request.model))) {
        const forUs = { ...request, args }
        const forThem = { ...request, args: keysInstead(args, models.get(request.model)) }
        if ((await askOurs(forUs)).error === 'P2014' && (await again(forThem, forUs)) === null) return true
      }
      return false
    },
  },
  {
    subject: 'set of rows that have a unique key in common with rows that are let go',
    applies: async ({ request, found: { kind }, sameAs }) => {
      if (kind !== 'P2002 / ok' || !['update', 'upsert'].includes(request.action)) return false
      const emptied = { ...request, args: emptySets(request.args) }
      return JSON.stringify(emptied) !== JSON.stringify(request) && sameAs(request, [emptied, request], (rows) => rows.at(-1))
    },
  },
  {
    subject: 'Pairs of a many-to-many relation with rows that are gone, relationMode = "prisma"',
    applies: async ({ emulated, models, found: { kind, theirs, ours }, ask }) => {
      if (!emulated || kind !== 'tables' || ours.value.length > 0) return false
      for (const line of theirs.value) if (!(await leadsNowhere(models, ask, line))) return false
      return true
    },
  },
  {
    subject: 'Which rows a limit takes',
    applies: async ({ models, request, found: { theirs, ours }, ask, askOurs, sameAs }) => {
      const { model, action, args } = request
      if (!/^(updateMany|deleteMany)/.test(action ?? '') || !(args.limit > 0)) return false
      const { ok, result } = await ask({ model, action: 'count', args: { where: args.where } })
      if (action === 'deleteMany' && !ours.error) return ok && result > args.limit && deletesThose(models, ask, askOurs, sameAs, request)
      const fine = (side) => /^P20(02|03|14)$/.test(side.error ?? '') || Array.isArray(side.value) || side.value?.count === args.limit
      return ok && result > args.limit && fine(theirs) && fine(ours)
    },
  },
  {
    subject: 'limit, with relationMode = "prisma"',
    applies: async ({ emulated, request, found: { kind }, again }) => {
      if (!emulated || !/^(updateMany|deleteMany)/.test(request.action ?? '') || request.args.limit === undefined || kind !== 'P2014 / ok') return false
      const { limit, ...args } = request.args
      return (await again(request, { ...request, args })) === null
    },
  },
  {
    subject: 'limit, with relationMode = "prisma"', // the rows that are deleted are deleted as they would be without a limit
    applies: async ({ emulated, models, request, found: { kind, theirs }, ask, askOurs, sameAs }) => {
      if (!emulated || request.action !== 'deleteMany' || request.args.limit === undefined) return false
      if (kind !== 'tables' && kind !== 'P2014 / ok' && !(kind === 'Error / ok' && /^Expected zero or one element, got/.test(theirs.message))) return false
      return deletesThose(models, ask, askOurs, sameAs, request)
    },
  },
  {
    subject: 'A write that deletes its own row by a nested write, or gives it another key by a referential action',
    applies: async ({ models, request: { model, action, args }, found: { kind, theirs, ours }, ask }) => {
      if (kind !== 'result' || ours.value !== null || !Array.isArray(theirs.value) || theirs.value.length > 0) return false
      // The row is not there any more, not by the key that it had.
      const [row] = await keyRows(ask, models.get(model), flat(models.get(model), args.where))
      const where = row ? uniqueOf(models.get(model), row) : args.where
      const { ok, result } = await ask({ transaction: [{ model, action, args }, { model, action: 'findUnique', args: { where } }] })
      return ok && isEmpty(result[0]) && result[1] === null
    },
  },
  {
    subject: 'Writes of several rows with one-to-one relations, relationMode = "prisma"',
    applies: async ({ emulated, models, request, found: { theirs, ours }, ask, sameAs }) => {
      if (!emulated || !/^Expected zero or one element, got/.test(theirs.message ?? '')) return false
      if (await isHeld(models, ask, request, ours)) return true
      const alone = await rowsAlone(models, ask, request)
      if (alone === null) return false
      return ours.error ? (await ask({ transaction: alone.transaction })).code === ours.error : sameAs(request, alone.transaction, alone.answer)
    },
  },
  {
    subject: 'A row that is looked for by a field that changes in the same request',
    applies: (context) => ['ok / P2025', 'P2014 / ok'].includes(context.found.kind) && connectsByLostKey(context),
  },
  {
    subject: 'A row that is connected to itself by a key that the same update changes, relationMode = "prisma"',
    applies: (context) => context.emulated && context.found.kind === 'ok / P2014' && connectsByLostKey(context),
  },
  {
    subject: 'A one-to-one row that is taken from a row that needs it',
    applies: takenTwice,
  },
  {
    subject: 'A write with several faults',
    applies: faultsOfBoth,
  },
]

/** Whether a row of the same model is connected that is not found any more once the update has written its fields. */
async function connectsByLostKey({ models, request: { model: name, action, args }, ask }) {
  if (action !== 'update') return false
  const model = models.get(name)
  const scalars = Object.fromEntries(Object.entries(args.data).filter(([field]) => !model.fields.get(field).target))
  for (const [field, inner] of Object.entries(args.data)) {
    const { target } = model.fields.get(field)
    if (target !== model || !inner.connect || Array.isArray(inner.connect)) continue
    const find = { model: name, action: 'findMany', args: { where: flat(model, inner.connect) } }
    const { ok, result } = await ask({ transaction: [find, { model: name, action: 'update', args: { where: args.where, data: scalars } }, find] })
    if (ok && result[0].length === 1 && result[2].length === 0) return true
  }
  return false
}

/** Whether a line of a join table names a row that is not there. */
async function leadsNowhere(models, ask, line) {
  const [, relationName, one, other] = /^_(\w+)\(([^,]*),([^,]*)\)$/.exec(line) ?? []
  for (const model of [...models.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const field = model.relations.find((each) => each.manyToMany && each.relationName === relationName)
    if (!field) continue
    const there = async (target, key) => (await keyRows(ask, target, {})).some((row) => String(row[target.key[0]].value ?? row[target.key[0]]) === key)
    return !(await there(model, one)) || !(await there(field.target, other))
  }
  return false
}

/** Whether Prisma does to the rows that the limit takes here what is done to them here. */
async function deletesThose(models, ask, askOurs, sameAs, request) {
  for (const each of (await limitedRows(models, ask, askOurs, request)) ?? []) if (await sameAs(request, each.transaction, each.answer)) return true
  return false
}

/** Whether a row whose key the update changes is held by rows that refer to it, as our answer says. */
async function isHeld(models, ask, { model: name, action, args }, { error, message }) {
  const relationName = /relation '([^']+)'/.exec(message ?? '')?.[1]
  if (action !== 'update' || error !== 'P2014' || !relationName) return false
  const model = models.get(name)
  const held = model.relations.find((each) => !each.owning && each.relationName === relationName && each.back.relationOnUpdate === 'Restrict')
  if (!held || !held.back.relationToFields.some((key) => Object.hasOwn(args.data ?? {}, key))) return false
  const where = { [held.back.name]: { is: flat(model, args.where) } }
  return ((await ask({ model: held.target.name, action: 'findMany', args: { where } })).result ?? []).length > 0
}

/** The subject in docs/differences.md, or null. The context: provider, models, request, found (what differs); on fresh data
 *  and after what came before in the round: `ask(request)` gives Prisma's answer, `again(forThem, forUs)` runs both and
 *  gives what differs, `sameAs(forUs, transaction, answer)` whether
 *  ours does and answers what Prisma does with that transaction, `codes(request)` both answers' error codes. */
export async function explanation(context) {
  const { request, found } = context
  if ((/RustPanic|TypeError/.test(found.theirs.error) || /^\[DecimalError\]|^Expected an array or an object, got/m.test(found.theirs.message ?? '')) && found.ours.error !== 'died') return 'Requests that crash Prisma'
  if (request.transaction?.length === 1) {
    const one = (side) => (side.error ? side : { value: found.kind === 'tables' ? side.value : side.value[0] })
    return explanation({ ...context, request: request.transaction[0], found: { ...found, theirs: one(found.theirs), ours: one(found.ours) } })
  }
  return (await byRewriting(context)) ?? byRule(context)
}

/** One rewriting may not be enough: those that help are kept, and what still differs is left to the rules. */
async function byRewriting(context) {
  const subjects = []
  let forThem = context.request
  for (const { subject, applies, rewrite } of rewrites) {
    if (applies && !applies(context)) continue
    const changed = await rewrite(context, forThem)
    if (JSON.stringify(changed) === JSON.stringify(forThem)) continue
    forThem = changed
    subjects.push(subject)
    if ((await context.again(forThem, context.request)) === null) return subjects.join('; ')
  }
  return null
}

async function byRule(context) {
  for (const { subject, applies } of rules) if (await applies(context)) return subject
  return null
}
