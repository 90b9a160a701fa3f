// Writes to rows with compound keys, as writes to one row after the other: of several such rows Prisma hits those whose
// keys have the same parts in another combination, too.
import { flat, keyRows, uniqueOf } from './rewrites.mjs'

const isObject = (value) => typeof value === 'object' && value !== null

/** A transaction that does to Prisma's database what this request should do, with `answer`, which makes this request's answer
 *  of the transaction's; null where that cannot be said, or nothing in it hits several rows with a compound key. */
export async function oneByOne(models, ask, request) {
  const model = models.get(request.model)
  const { args, action } = request
  if (/^(updateMany|deleteMany)/.test(action)) {
    const keys = args.limit === undefined ? await keyRows(ask, model, args.where ?? {}) : []
    if (keys.length === 0 || model.key.length === 1) return null
    const { where, data, ...shape } = args
    const one = (key) => (action === 'deleteMany' ? ['delete', { where: key }] : ['update', { where: key, data, ...shape }])
    const transaction = keys.map((key) => one(uniqueOf(model, key))).map(([name, each]) => ({ model: model.name, action: name, args: each }))
    return { transaction, answer: (rows) => (action === 'updateManyAndReturn' ? rows : { count: rows.length }) }
  }
  if ((action !== 'update' && action !== 'upsert') || !hitsCompoundRows(model, args)) return null
  const data = action === 'update' ? args.data : args.update
  const steps = await eachAlone(ask, model, flat(model, args.where), data)
  if (!steps) return null
  const { where, data: _, create, update, ...shape } = args
  return { transaction: steps.map((step) => ({ model: model.name, action: 'update', args: { where, data: step, ...shape } })), answer: (rows) => rows.at(-1) }
}

/** Deletes of the rows that the filter matches, one after the other. */
export async function deletesAlone(model, ask, where = {}) {
  const keys = await keyRows(ask, model, where)
  const transaction = keys.map((key) => ({ model: model.name, action: 'delete', args: { where: uniqueOf(model, key) } }))
  return { transaction, answer: (rows) => ({ count: rows.length }) }
}

/** Whether a write through a relation hits rows with a compound key, several of them. */
function hitsCompoundRows(model, value) {
  if (!model || !isObject(value)) return false
  return Object.entries(value).some(([name, inner]) => {
    const target = model.fields?.get(name)?.target
    const several = target?.key.length > 1 && isObject(inner) && ['updateMany', 'deleteMany', 'set', 'disconnect'].some((kind) => Object.hasOwn(inner, kind))
    return several || hitsCompoundRows(target ?? model, inner)
  })
}

/** The data of updates of this row that together do what `data` does; each of them hits one related row. */
async function eachAlone(ask, model, filter, data) {
  const before = {}
  const steps = []
  for (const [name, inner] of Object.entries(data)) {
    const field = model.fields.get(name)
    if (!field?.target || !isObject(inner)) {
      before[name] = inner
      continue
    }
    const connected = [inner.connect ?? []].flat().map((each) => flat(field.target, each))
    for (const [kind, value] of Object.entries(inner)) {
      const made = await ofRelation(ask, field, filter, kind, value, connected)
      if (!made) return null
      steps.push(...made.map((each) => ({ [name]: each })))
    }
  }
  return Object.keys(before).length > 0 || steps.length === 0 ? [before, ...steps] : steps
}

/** Where rows are made through a relation, with rows of their own, beside other rows or other writes through it: an update for
 *  each row and each kind of write, in the order of the request. */
export function oneAfterAnother(models, { model: name, action, args }) {
  const model = models.get(name)
  const { where, data, ...shape } = args
  if (!data || !Object.entries(data).some(([field, inner]) => makesBesideOthers(model.fields.get(field), inner))) return null
  const isList = ([field]) => model.fields.get(field)?.isList && model.fields.get(field).target
  const first = Object.fromEntries(Object.entries(data).filter((entry) => !isList(entry)))
  const steps = Object.entries(data).filter(isList).flatMap(([field, inner]) =>
    Object.entries(inner).flatMap(([kind, value]) => (kind === 'create' ? [value].flat() : [value]).map((each) => ({ [field]: { [kind]: each } }))))
  const key = action === 'create' ? keyIn(model, data) : where
  if (!key) return null
  const transaction = steps.map((step) => ({ model: name, action: 'update', args: { where: key, data: step, ...shape } }))
  if (action === 'create') transaction.unshift({ model: name, action, args: { data: first, ...shape } })
  else if (Object.keys(first).length > 0) transaction.unshift({ model: name, action, args: { where, data: first, ...shape } })
  return { transaction, answer: (rows) => rows.at(-1) }
}

/** The unique key of a row that is made of this data, if it says one. */
function keyIn(model, data) {
  const unique = model.uniques.find(({ fields }) => fields.every((each) => data[each] !== undefined && data[each] !== null))
  if (!unique) return null
  return unique.fields.length === 1 ? { [unique.fields[0]]: data[unique.fields[0]] } : { [unique.name]: Object.fromEntries(unique.fields.map((each) => [each, data[each]])) }
}

function makesBesideOthers(field, inner) {
  if (!field?.target || !isObject(inner) || !inner.create || !/"(create|connect|connectOrCreate)":/.test(JSON.stringify([inner.create]))) return false
  return Object.keys(inner).length > 1 || (Array.isArray(inner.create) && inner.create.length > 1)
}

/** What one member of a relation's writes does, in steps of one related row each. */
async function ofRelation(ask, field, filter, kind, value, connected) {
  const { target, back } = field
  const below = { [back.name]: back.isList ? { some: filter } : { is: filter } }
  const related = (where) => keyRows(ask, target, { AND: [connected.length > 0 ? { OR: [below, ...connected] } : below, where] })
  const steps = []
  switch (kind) {
    case 'updateMany':
      for (const each of [value].flat()) for (const key of await related(each.where)) steps.push({ update: { where: uniqueOf(target, key), data: each.data } })
      return steps
    case 'deleteMany':
      for (const where of [value].flat()) for (const key of await related(where)) steps.push({ delete: uniqueOf(target, key) })
      return steps
    case 'disconnect':
      return field.isList ? [value].flat().map((each) => ({ disconnect: each })) : [{ disconnect: value }]
    case 'set': {
      const wanted = [value].flat()
      const kept = new Set((await keyRows(ask, target, { OR: [...wanted.map((each) => flat(target, each)), { AND: [{ [target.key[0]]: { in: [] } }] }] })).map((key) => JSON.stringify(key)))
      for (const key of await related({})) if (!kept.has(JSON.stringify(key))) steps.push({ disconnect: uniqueOf(target, key) })
      return [...steps, ...wanted.map((each) => ({ connect: each }))]
    }
    case 'update': {
      for (const each of [value].flat()) {
        const inner = each.data ?? each
        const where = each.data ? (each.where ?? {}) : {}
        const alone = await eachAlone(ask, target, { AND: [below, field.isList ? flat(target, where) : where] }, inner)
        if (!alone) return null
        for (const data of alone) steps.push({ update: field.isList ? { where, data } : data })
      }
      return steps
    }
    default: return [{ [kind]: value }]
  }
}
