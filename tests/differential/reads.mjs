// Random reads: which rows, in which order, which of them, and with what of them.
import { having, keyOf, where, whereUnique } from './filters.mjs'

/** What two sides agree about the order of. */
const orderable = (field) => !field.isList && field.type !== 'Json' && !field.generated && field.native !== 'Xml'

/** An order that decides between any two rows: it ends with the key. */
export function totalOrder(g, model, { nullable = true } = {}) {
  const { random } = g
  const direction = () => random.pick(['asc', 'desc'])
  const scalars = model.scalars.filter((field) => orderable(field) && (nullable || field.isRequired) && !model.key.includes(field.name))
  const order = random.some(scalars, 0, 2).map((field) => ({ [field.name]: sortOf(g, field) }))
  if (nullable && model.relations.length > 0 && random.chance(0.25)) order.unshift(relationOrder(g, model))
  if (nullable && g.searches && random.chance(0.15)) order.unshift(...relevance(g, model))
  const key = random.chance(0.8) ? model.key : random.shuffle(model.key)
  return [...order, ...key.map((name) => ({ [name]: direction() }))]
}

/** By how well texts match a search. */
function relevance({ random }, model) {
  const texts = model.scalars.filter((field) => field.type === 'String' && !field.isList && field.isRequired)
  if (texts.length === 0) return []
  const fields = random.some(texts, 1, 2).map((field) => field.name)
  return [{ _relevance: { fields, search: random.pick(['ann', 'ann | bob', 'x']), sort: random.pick(['asc', 'desc']) } }]
}

function sortOf({ random }, field) {
  const sort = random.pick(['asc', 'desc'])
  return !field.isRequired && random.chance(0.4) ? { sort, nulls: random.pick(['first', 'last']) } : sort
}

function relationOrder(g, model, depth = 2) {
  const { random } = g
  const relation = random.pick(model.relations)
  if (relation.isList) return { [relation.name]: { _count: random.pick(['asc', 'desc']) } }
  const deeper = depth > 0 && relation.target.relations.length > 0 && random.chance(0.3)
  if (deeper) return { [relation.name]: relationOrder(g, relation.target, depth - 1) }
  const field = random.pick(relation.target.scalars.filter(orderable))
  return { [relation.name]: { [field.name]: sortOf(g, field) } }
}

/** where, orderBy, take, skip, cursor, distinct: what findMany and a list in an include take. */
export function manyArguments(g, model, { first = false } = {}) {
  const { random } = g
  const args = {}
  if (random.chance(0.6)) args.where = where(g, model)
  const paged = first || random.chance(0.45)
  if (!paged && random.chance(0.3)) return args // in any order
  const cursor = paged && random.chance(0.25)
  args.orderBy = totalOrder(g, model, { nullable: !cursor })
  if (args.orderBy.length === 1 && random.chance(0.5)) args.orderBy = args.orderBy[0]
  if (!paged) return args
  if (!first && random.chance(0.7)) args.take = random.weighted([[6, random.int(1, 5)], [3, -random.int(1, 5)], [0.5, 0]])
  if (random.chance(0.35)) args.skip = random.int(0, 4)
  const rows = g.rows.get(model.name)
  if (cursor && rows.length > 0) args.cursor = keyOf(g, model, random.chance(0.95) ? random.pick(rows) : null)
  if (args.cursor && random.chance(0.15)) Object.assign(args.cursor, { ...oneValue(g, model, random.pick(rows)), ...args.cursor })
  if (!cursor && random.chance(0.25)) {
    const names = random.some(model.scalars.filter(orderable), 1, 2).map((field) => field.name)
    args.distinct = names.length === 1 && random.chance(0.5) ? names[0] : names
  }
  return args
}

/** What a field of the row is equal to: of a cursor's own row, or of another one. */
function oneValue({ random }, model, row) {
  const exact = model.scalars.filter(({ type, name, native, isList }) => !isList && !native && /^(Int|String|BigInt)$/.test(type) && row[name] !== null)
  const { name } = exact.length > 0 ? random.pick(exact) : {}
  return name ? { [name]: row[name] } : {}
}

/** select, include or omit: what comes with each row. */
export function shape(g, model, depth = 2) {
  const { random } = g
  const kind = random.weighted([[3, 'none'], [4, 'include'], [3, 'select'], [1, 'omit']])
  if (kind === 'omit') return { omit: Object.fromEntries(random.some(model.scalars, 1, 3).map((field) => [field.name, true])) }
  if (kind === 'none' || depth === 0) return {}
  const chosen = relationsOf(g, model, depth)
  if (kind === 'include') {
    if (Object.keys(chosen).length === 0) return {}
    return random.chance(0.15) ? { include: chosen, omit: { [random.pick(model.scalars).name]: true } } : { include: chosen }
  }
  const scalars = random.some(model.scalars, 1, 4).map((field) => [field.name, random.chance(0.97)])
  if (!scalars.some(([, wanted]) => wanted)) scalars[0][1] = true
  return { select: { ...Object.fromEntries(scalars), ...chosen } }
}

function relationsOf(g, model, depth) {
  const { random } = g
  const chosen = {}
  for (const relation of random.some(model.relations, 1, 2)) {
    const nested = shape(g, relation.target, depth - 1)
    const args = relation.isList ? { ...manyArguments(g, relation.target), ...nested } : nested
    if (!relation.isList && !relation.isRequired && random.chance(0.15)) args.where = where(g, relation.target, 1)
    chosen[relation.name] = Object.keys(args).length > 0 || random.chance(0.1) ? args : true
  }
  const lists = model.relations.filter((relation) => relation.isList)
  if (lists.length > 0 && random.chance(0.3)) {
    const select = random.some(lists, 1, 2).map((relation) => [relation.name, random.chance(0.5) ? true : { where: where(g, relation.target, 1) }])
    chosen._count = random.chance(0.15) ? true : { select: Object.fromEntries(select) }
  }
  return chosen
}

const numeric = new Set(['Int', 'BigInt', 'Float', 'Decimal'])

function aggregates(g, model) {
  const { random } = g
  const flat = model.scalars.filter((field) => !field.isList && field.type !== 'Json' && field.native !== 'Xml')
  const numbers = flat.filter((field) => numeric.has(field.type) && !field.enum && field.type !== 'BigInt')
  // _min and _max of Boolean and Bytes: errors of the database there (differences.md)
  const ordered = flat.filter((field) => !['Boolean', 'Bytes'].includes(field.type) && !field.enum && !field.generated && !['Uuid', 'Bit', 'VarBit'].includes(field.native))
  const chosen = {}
  const put = (name, fields) => {
    if (fields.length > 0 && random.chance(0.45)) chosen[name] = Object.fromEntries(random.some(fields, 1, 3).map((field) => [field.name, true]))
  }
  put('_sum', numbers)
  put('_avg', numbers.filter((field) => field.native !== 'Money'))
  put('_min', ordered)
  put('_max', ordered)
  put('_count', flat)
  if (chosen._count && random.chance(0.5)) chosen._count._all = true
  if (!chosen._count && (random.chance(0.3) || Object.keys(chosen).length === 0)) chosen._count = true
  return chosen
}

function groupBy(g, model) {
  const { random } = g
  const by = random.some(model.scalars.filter(orderable), 1, 2).map((field) => field.name)
  const args = { by, ...aggregates(g, model) }
  if (random.chance(0.4)) args.where = where(g, model)
  if (random.chance(0.4)) {
    const filter = having(g, model, by)
    if (Object.keys(filter).length > 0) args.having = filter // {} makes the engine panic
  }
  if (random.chance(0.6)) {
    args.orderBy = by.map((name) => ({ [name]: sortOf(g, model.fields.get(name)) }))
    const numbers = model.scalars.filter((field) => field.type === 'Int' && !field.isList)
    if (numbers.length > 0 && random.chance(0.3)) {
      args.orderBy.unshift({ [random.pick(['_count', '_min', '_max'])]: { [random.pick(numbers).name]: random.pick(['asc', 'desc']) } })
    }
    if (random.chance(0.4)) args.take = random.int(1, 4)
    if (random.chance(0.3)) args.skip = random.int(0, 2)
  }
  return args
}

function windowed(g, model) {
  const { random } = g
  const args = {}
  if (random.chance(0.7)) args.where = where(g, model)
  if (random.chance(0.3)) {
    args.orderBy = totalOrder(g, model)
    args.take = random.pick([1, 2, 3, -2])
    if (random.chance(0.4)) args.skip = random.int(0, 3)
  }
  return args
}

/** A read of one model, as Prisma's client would be called. */
export function read(g, model) {
  const { random } = g
  const orThrow = random.chance(0.15) ? 'OrThrow' : ''
  const make = random.weighted([
    [8, () => ['findMany', { ...manyArguments(g, model), ...shape(g, model, 3) }]],
    [random.chance(0.2) ? 3 : 0, () => ['findMany', { where: where(g, model, 3), ...shape(g, model, 1) }]],
    [2, () => [`findFirst${orThrow}`, { ...manyArguments(g, model, { first: true }), ...shape(g, model) }]],
    [2, () => [`findUnique${orThrow}`, { where: extended(g, model), ...shape(g, model, 3) }]],
    [1, () => ['count', windowed(g, model)]],
    [0.4, () => ['count', { ...windowed(g, model), select: countSelect(g, model) }]],
    [1.2, () => ['aggregate', { ...windowed(g, model), ...aggregates(g, model) }]],
    [1.5, () => ['groupBy', groupBy(g, model)]],
  ])
  const [action, args] = make()
  return { model: model.name, action, args }
}

const countSelect = ({ random }, model) =>
  Object.fromEntries([...random.some(model.scalars, 1, 2).map((field) => [field.name, true]), ...(random.chance(0.6) ? [['_all', true]] : [])])

/** A unique key, now and then with further conditions. */
export function extended(g, model) {
  const unique = whereUnique(g, model)
  return g.random.chance(0.15) ? { ...where(g, model, 1), ...unique } : unique
}
