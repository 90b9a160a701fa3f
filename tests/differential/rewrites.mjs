// Requests to Prisma that ask for what Lamina does. Where Prisma answers the rewritten request as Lamina answers the
// request as it stands, their difference is the one that the rewriting names, and no other hides behind it.

const isObject = (value) => typeof value === 'object' && value !== null
const map = (object, each) => Object.fromEntries(Object.entries(object).map(each))

/** Each question after the answer to the one before. */
async function oneByOne(list, change) {
  const changed = []
  for (const each of list) changed.push(await change(each))
  return changed
}

/** The arguments of each request of a transaction, or of the one request, by `change(args, model, request)`. */
export async function withArgs(models, request, change) {
  if (!request.transaction) return { ...request, args: await change(request.args, models.get(request.model), request) }
  const transaction = []
  for (const each of request.transaction) transaction.push(await withArgs(models, each, change))
  return { ...request, transaction }
}

const patterns = new Set(['contains', 'startsWith', 'endsWith', 'string_contains', 'string_starts_with', 'string_ends_with'])
const equalities = new Set(['equals', 'not', 'in', 'notIn'])

/** Wildcards of patterns, escaped as PostgreSQL reads them; in comparisons without regard to case as well. */
export function escaped(value, insensitive = false) {
  if (Array.isArray(value)) return value.map((each) => escaped(each, insensitive))
  if (!isObject(value) || value.$type) return value
  const here = insensitive || value.mode === 'insensitive'
  return map(value, ([name, inner]) => {
    if (patterns.has(name) || (here && equalities.has(name))) return [name, escapedText(inner)]
    return [name, escaped(inner)]
  })
}

function escapedText(value) {
  if (typeof value === 'string') return value.replace(/[\\%_]/g, '\\$&')
  if (Array.isArray(value)) return value.map(escapedText)
  return escaped(value, true)
}

/** `rel: null` over a compound foreign key, as a condition on its columns. */
export function nullKeysSpelledOut(value, model) {
  if (Array.isArray(value)) return value.map((each) => nullKeysSpelledOut(each, model))
  if (!isObject(value) || value.$type) return value
  const conditions = []
  const left = Object.entries(value).flatMap(([name, inner]) => {
    const field = model?.fields.get(name)
    const compound = field?.relationFromFields?.length > 1
    const columns = (test) => field.relationFromFields.map((column) => ({ [column]: test }))
    if (compound && (inner === null || (isObject(inner) && inner.is === null))) {
      conditions.push({ OR: columns(null) })
      return []
    }
    if (compound && isObject(inner) && inner.isNot === null) {
      conditions.push(...columns({ not: null }))
      return []
    }
    return [[name, nullKeysSpelledOut(inner, field?.target ?? model)]]
  })
  const result = Object.fromEntries(left)
  return conditions.length > 0 ? { ...result, AND: [...[result.AND ?? []].flat(), ...conditions] } : result
}

const connects = (value) =>
  isObject(value) && Object.entries(value).some(([name, inner]) => name === 'connect' || name === 'connectOrCreate' || connects(inner))

/** Lists of creates with connects, from the last to the first. */
export function reversedCreates(value) {
  if (Array.isArray(value)) return value.map(reversedCreates)
  if (!isObject(value) || value.$type) return value
  return map(value, ([name, inner]) => {
    const changed = reversedCreates(inner)
    return [name, name === 'create' && Array.isArray(changed) && connects(changed) ? changed.reverse() : changed]
  })
}

/** Connects of rows that are there, and creates of others, instead of connectOrCreate, in the place of a one-to-one row. */
export async function saidPlainly(ask, value, model) {
  if (Array.isArray(value)) return oneByOne(value, (each) => saidPlainly(ask, each, model))
  if (!isObject(value) || value.$type) return value
  const result = {}
  for (const [name, inner] of Object.entries(value)) {
    const field = model?.fields.get(name)
    if (field?.target && !field.isList && inner?.connectOrCreate) {
      const { where, create } = inner.connectOrCreate
      const there = (await keyRows(ask, field.target, flat(field.target, where))).length > 0
      result[name] = there ? { connect: where } : { create: await saidPlainly(ask, create, field.target) }
    } else result[name] = await saidPlainly(ask, inner, field?.target ?? model)
  }
  return result
}

/** Keys that a row gets through its own relations, before what is written through the others; or, those of rows that
 *  are there, behind it. */
export function ownKeysMoved(value, model, last) {
  if (Array.isArray(value)) return value.map((each) => ownKeysMoved(each, model, last))
  if (!isObject(value) || value.$type) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, ownKeysMoved(inner, model?.fields.get(name)?.target ?? model, last)])
  const own = ([name, inner]) => Boolean(model?.fields.get(name)?.owning && isObject(inner) && (inner.connect || (!last && (inner.create || inner.connectOrCreate || inner.disconnect))))
  const [keys, others] = [entries.filter(own), entries.filter((entry) => !own(entry))]
  return Object.fromEntries(last ? [...others, ...keys] : [...keys, ...others])
}

/** Every `set` of a relation lets go of all rows. */
export function emptySets(value) {
  if (Array.isArray(value)) return value.map(emptySets)
  if (!isObject(value) || value.$type) return value
  return map(value, ([name, inner]) => [name, name === 'set' && isObject(inner) && !inner.$type ? [] : emptySets(inner)])
}

/** Without `disconnect: []` of rows that need what they are related to. */
export function withoutNothing(value, model) {
  if (Array.isArray(value)) return value.map((each) => withoutNothing(each, model))
  if (!isObject(value) || value.$type) return value
  return map(value, ([name, inner]) => {
    const field = model?.fields.get(name)
    const changed = withoutNothing(inner, field?.target ?? model)
    if (!field?.target || !field.back.isRequired || !Array.isArray(inner?.disconnect) || inner.disconnect.length > 0) return [name, changed]
    const { disconnect, ...others } = changed
    return [name, others]
  })
}

/** Keys set as fields, where a row is connected by just them. */
export function keysInstead(value, model) {
  if (Array.isArray(value)) return value.map((each) => keysInstead(each, model))
  if (!isObject(value) || value.$type) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => {
    const field = model?.fields.get(name)
    const key = field?.owning && isObject(inner?.connect) && Object.keys(inner).length === 1 ? flat(field.target, inner.connect) : null
    if (key && field.relationToFields.every((each) => Object.hasOwn(key, each))) return field.relationFromFields.map((column, index) => [column, key[field.relationToFields[index]]])
    return [[name, keysInstead(inner, field?.target ?? model)]]
  }))
}

/** The arguments with a connect of each of some rows that are there, in the place of a row that is made on the side that holds
 *  the key. */
export async function connectsInstead(ask, value, model) {
  if (!isObject(value) || value.$type) return []
  const list = []
  for (const [name, inner] of Object.entries(value)) {
    const field = model?.fields.get(name)
    if (field?.owning && isObject(inner?.create)) {
      for (const row of (await keyRows(ask, field.target, {})).slice(0, 4)) list.push({ ...value, [name]: { connect: uniqueOf(field.target, row) } })
    }
    for (const each of await connectsInstead(ask, inner, field?.target ?? model)) list.push(Array.isArray(value) ? value.map((one, at) => (at === Number(name) ? each : one)) : { ...value, [name]: each })
  }
  return list
}

/** Rows that are connected, named by their primary keys. */
export async function connectsByPrimaryKey(ask, value, model) {
  if (Array.isArray(value)) return oneByOne(value, (each) => connectsByPrimaryKey(ask, each, model))
  if (!isObject(value) || value.$type) return value
  const result = {}
  for (const [name, inner] of Object.entries(value)) {
    const target = model?.fields.get(name)?.target
    result[name] = await connectsByPrimaryKey(ask, inner, target ?? model)
    if (!target || !isObject(inner?.connect)) continue
    const byKey = async (where) => (await byPrimaryKey(ask, { where }, target)).where
    result[name].connect = Array.isArray(inner.connect) ? await oneByOne(inner.connect, byKey) : await byKey(inner.connect)
  }
  return result
}

/** The row of a write, named by its primary key. */
export async function byPrimaryKey(ask, args, model) {
  if (!args.where) return args
  const rows = await keyRows(ask, model, flat(model, args.where))
  return rows.length === 1 ? { ...args, where: uniqueOf(model, rows[0]) } : args
}

/** A read of the rows that an update without data gives back. */
export function readInstead(request) {
  const { data, limit, ...args } = request.args
  if (request.action !== 'updateManyAndReturn' || limit !== undefined || Object.keys(data ?? {}).length > 0) return request
  return { ...request, action: 'findMany', args }
}

/** A unique key as a filter: {a_b: {a, b}} is {a, b}. */
export function flat(model, where) {
  return Object.fromEntries(Object.entries(where).flatMap(([name, value]) => (model.fields.has(name) || ['AND', 'OR', 'NOT'].includes(name) ? [[name, value]] : Object.entries(value))))
}

const ofAKind = (value) =>
  isObject(value) && Object.entries(value).some(([name, inner]) => (/^(array_|string_)|^[lg]te?$/.test(name) ? true : ofAKind(inner)))

/** Filters on related rows that want Json of a kind, as the keys of the rows that they match where they stand alone. */
export async function jsonByKeys(ask, value, model) {
  if (Array.isArray(value)) return oneByOne(value, (each) => jsonByKeys(ask, each, model))
  if (!isObject(value) || value.$type) return value
  const result = {}
  for (const [name, inner] of Object.entries(value)) {
    const target = model?.fields.get(name)?.target
    result[name] = await jsonByKeys(ask, inner, target ?? model)
    if (!target || !isObject(inner) || Array.isArray(inner) || !hasJson(target) || !ofAKind(inner)) continue
    for (const test of ['some', 'every', 'none', 'is', 'isNot']) {
      if (isObject(inner[test]) && ofAKind(inner[test])) result[name][test] = await keysOf(ask, target, result[name][test])
    }
  }
  return result
}

const hasJson = (model) => [model, ...model.relations.map((field) => field.target)].some(({ scalars }) => scalars.some((field) => field.type === 'Json'))

/** A filter that names the rows that this one matches. */
async function keysOf(ask, model, where) {
  const rows = await keyRows(ask, model, where)
  return rows.length > 0 ? { OR: rows } : { [model.key[0]]: { in: [] } }
}

/** The keys of the rows that a filter matches, as {id: 1} or {a: 1, b: 2}. */
export async function keyRows(ask, model, where) {
  const answer = await ask({ model: model.name, action: 'findMany', args: { where, select: Object.fromEntries(model.key.map((name) => [name, true])) } })
  return answer.ok ? answer.result : []
}

/** The key of a row as findUnique takes it. */
export function uniqueOf(model, row) {
  if (model.key.length === 1) return row
  const unique = model.uniques.find(({ fields }) => fields.length === model.key.length && fields.every((name) => model.key.includes(name)))
  return { [unique.name]: row }
}
