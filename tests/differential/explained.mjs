// Differences that are meant: each recognised narrowly, and named by its row of docs/differences.md.
import { canonical } from './compare.mjs'

const isObject = (value) => typeof value === 'object' && value !== null

/** The answer without the lists that an include pages by a cursor. */
function withoutPagedByCursor(model, args, value) {
  if (Array.isArray(value)) return value.map((each) => withoutPagedByCursor(model, args, each))
  if (!isObject(value) || !isObject(args)) return value
  const asked = { ...args.include, ...args.select }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const target = model?.fields.get(name)?.target
      if (!target) return [name, inner]
      return [name, asked[name]?.cursor ? 'paged by a cursor' : withoutPagedByCursor(target, asked[name], inner)]
    }),
  )
}

const close = (one, other) => Math.abs(one - other) <= 1e-14 * Math.max(Math.abs(one), Math.abs(other))
const isDecimal = (value) => isObject(value) && value.$type === 'Decimal'
const number = (value) => (isDecimal(value) ? Number(value.value) : typeof value === 'number' ? value : NaN)

/** Equal, but for numbers that `same(theirs, ours)` takes for the same. */
function equalBut(same, one, other) {
  if (same(number(one), number(other), isDecimal(one))) return true
  if (!isObject(one) || !isObject(other)) return one === other
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && equalBut(same, one[key], other[key]))
}

const isEmpty = (value) => value === null || (Array.isArray(value) && value.length === 0)
const calculates = ({ action }) => ['aggregate', 'groupBy'].includes(action)
const known = /^P20(02|03|04|11|14|16|17|18|25)$/

/** How often a key stands in a request, at any depth. */
function occurrences(value, names) {
  if (!isObject(value)) return 0
  return Object.entries(value).reduce((sum, [key, inner]) => sum + (names.includes(key) ? 1 : 0) + occurrences(inner, names), 0)
}
const writes = ['create', 'createMany', 'connect', 'connectOrCreate', 'set', 'disconnect', 'update', 'updateMany', 'upsert', 'delete', 'deleteMany']

/** Whether a filter on Json of a certain kind stands below a negated filter on a relation. */
function kindOfJsonBelowNegation(value, negated = false, related = false) {
  if (!isObject(value)) return false
  return Object.entries(value).some(([key, inner]) => {
    if (negated && related && /^(array_|string_)|^[lg]te?$/.test(key)) return true
    const negates = ['NOT', 'isNot', 'not', 'none'].includes(key)
    return kindOfJsonBelowNegation(inner, negated || negates, related || ['some', 'every', 'none', 'is', 'isNot'].includes(key))
  })
}

/** Whether a write through a relation hits rows with a compound key by a filter. */
function filtersCompoundRows(models, model, data) {
  if (!model || !isObject(data)) return false
  if (Array.isArray(data)) return data.some((each) => filtersCompoundRows(models, model, each))
  return Object.entries(data).some(([name, inner]) => {
    const target = model.fields.get(name)?.target
    if (!target) return ['create', 'update', 'data', 'upsert', 'connectOrCreate'].includes(name) && filtersCompoundRows(models, model, inner)
    const here = target.key.length > 1 && occurrences(inner, ['updateMany', 'deleteMany', 'set', 'disconnect']) > 0
    return here || Object.values(isObject(inner) ? inner : {}).some((each) => filtersCompoundRows(models, target, each))
  })
}

/** Whether a list of several rows is created that are connected to others. */
function createsWithConnects(value) {
  if (!isObject(value)) return false
  const here = Array.isArray(value.create) && value.create.length > 1 && occurrences(value.create, ['connect', 'connectOrCreate']) > 0
  return here || Object.values(value).some(createsWithConnects)
}

/** Whether an update connects or creates a row of a one-to-one relation, or creates one that does so itself. */
function replacesWithConnectOrCreate(model, data) {
  if (!isObject(data)) return false
  return Object.entries(data).some(([name, inner]) => {
    const field = model.fields.get(name)
    if (!field?.target || !isObject(inner)) return false
    if (!field.isList && (inner.connectOrCreate || occurrences(inner.create, ['connectOrCreate']) > 0)) return true
    return replacesWithConnectOrCreate(field.target, inner.update?.data ?? inner.update)
  })
}

const crashesPrisma = ({ theirs, ours }) => /RustPanic|TypeError/.test(theirs.error) && ours.error !== 'died'
const refusedByBoth = ({ theirs, ours, tables }) => known.test(theirs.error) && known.test(ours.error) && tables === null
const hasSeveralWrites = ({ args }) => occurrences(args, writes) > 0 || (Array.isArray(args?.data) && args.data.length > 1)

const rules = [
  {
    subject: 'A cursor whose row the filter does not match',
    applies: ({ models, request: { model, args }, found: { kind, theirs, ours } }) => {
      if (kind !== 'result' || !args) return false
      const [one, other] = [theirs, ours].map((side) => canonical(withoutPagedByCursor(models.get(model), args, side.value)))
      return one === other || (args.cursor && args.where && isEmpty(theirs.value))
    },
  },
  {
    subject: 'A cursor whose row the filter does not match',
    applies: ({ request: { action, args }, found: { kind } }) => /OrThrow$/.test(action ?? '') && kind === 'P2025 / ok' && args.cursor && args.where,
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
    subject: 'The order of nested creates with connects',
    applies: ({ request, found: { kind } }) => ['tables', 'result'].includes(kind) && createsWithConnects(request.args),
  },
  {
    subject: '_sum, _avg of Decimal on SQLite', // also of Float, where the two libraries add up differently
    applies: ({ provider, request, found: { kind, theirs, ours } }) =>
      provider === 'sqlite' && kind === 'result' && calculates(request) && equalBut(close, theirs.value, ours.value),
  },
  {
    subject: '_sum of Decimal in groupBy on SQLite',
    applies: ({ provider, request, found: { kind, theirs, ours } }) =>
      provider === 'sqlite' && kind === 'result' && calculates(request) &&
      equalBut((one, other, decimal) => decimal && (one === Math.trunc(other) || close(one, other)), theirs.value, ours.value),
  },
  {
    subject: 'Requests that crash Prisma',
    applies: ({ found }) => crashesPrisma(found),
  },
  {
    subject: 'isNot, and NOT of is, in updates and deletes',
    applies: async ({ request: { model, action, args }, found: { kind, ours }, ask }) => {
      if (['update', 'delete'].includes(action) && kind === 'ok / P2025' && occurrences(args.where, ['isNot', 'NOT']) > 0) {
        return (await ask([{ model, action: 'findUnique', args: { where: args.where } }]))[0].result === null
      }
      if (!/^(updateMany|deleteMany)/.test(action ?? '') || !/^result$|^P20(03|20) . ok$/.test(kind) || occurrences(args.where, ['isNot', 'NOT']) === 0) return false
      // Prisma's own reads find the rows that Lamina writes.
      const [{ result }] = await ask([{ model, action: 'count', args: { where: args.where } }])
      return result === (ours.value.count ?? ours.value.length)
    },
  },
  {
    subject: 'Filters that want Json of a kind, of related rows below NOT or isNot',
    applies: ({ request: { args }, found: { kind } }) => kind === 'result' && kindOfJsonBelowNegation(args),
  },
  {
    subject: 'Nested updateMany, deleteMany, set, disconnect of rows with a compound key',
    applies: ({ models, request: { model, args }, found: { kind } }) =>
      ['tables', 'result'].includes(kind) && filtersCompoundRows(models, models.get(model), args),
  },
  {
    subject: 'updateMany without data, on SQLite',
    applies: ({ provider, request: { action, args }, found: { kind, theirs } }) =>
      provider === 'sqlite' && action === 'updateMany' && kind === 'result' && theirs.value.count === 0 && isEmpty(Object.keys(args.data ?? {})),
  },
  {
    subject: 'A write that deletes its own row by a nested write',
    applies: ({ request: { args }, found: { kind, theirs, ours } }) =>
      kind === 'result' && ours.value === null && Array.isArray(theirs.value) && isEmpty(theirs.value) && occurrences(args, ['delete', 'deleteMany']) > 0,
  },
  {
    subject: 'connectOrCreate in the place of a one-to-one row',
    applies: ({ models, request: { model, action, args }, found: { kind } }) =>
      kind === 'P2002 / ok' && replacesWithConnectOrCreate(models.get(model), action === 'upsert' ? args.update : args?.data),
  },
  {
    subject: 'A write with several faults',
    applies: ({ request, found }) => refusedByBoth(found) && hasSeveralWrites(request),
  },
]

/** The subject in docs/differences.md, or null. `ask` puts requests to Prisma, on fresh data, and gives its answers. */
export async function explanation(context) {
  const { request, found } = context
  if (request.transaction?.length === 1) {
    const one = (side) => (side.error ? side : { value: found.kind === 'tables' ? side.value : side.value[0] })
    return explanation({ ...context, request: request.transaction[0], found: { ...found, theirs: one(found.theirs), ours: one(found.ours) } })
  }
  if (request.transaction) {
    // Several requests that could not be taken apart: what one of them writes shows in another.
    const compound = request.transaction.some(({ model, args }) => filtersCompoundRows(context.models, context.models.get(model), args))
    if (crashesPrisma(found)) return 'Requests that crash Prisma'
    if (refusedByBoth({ ...found, ours: { error: found.ours.error === 'validation' ? 'P2014' : found.ours.error } }) && request.transaction.some(hasSeveralWrites)) return 'A write with several faults'
    return compound && found.kind === 'result' ? 'Nested updateMany, deleteMany, set, disconnect of rows with a compound key' : null
  }
  for (const rule of rules) if (await rule.applies(context)) return rule.subject
  return null
}
