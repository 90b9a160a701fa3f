// Writes to rows with compound keys, as writes to one row after the other: of several such rows Prisma hits those whose
// keys have the same parts in another combination, too.
import { canonical } from './compare.mjs'
import { flat, keyRows, uniqueOf } from './rewrites.mjs'

const isObject = (value) => typeof value === 'object' && value !== null

/** A transaction that does to Prisma's database what this request should do, with `answer`, which makes this request's answer
 *  of the transaction's; null where that cannot be said, or nothing in it hits several rows of such a model. */
export async function oneByOne(models, ask, request, ofModel = (model) => model.key.length > 1) {
  const model = models.get(request.model)
  const { args, action } = request
  if (/^(updateMany|deleteMany)/.test(action)) {
    const keys = await keyRows(ask, model, args.where ?? {})
    if (keys.length === 0 || args.limit < keys.length || !ofModel(model)) return null
    const { where, data, limit, ...shape } = args
    const one = (key) => (action === 'deleteMany' ? ['delete', { where: key }] : ['update', { where: key, data, ...shape }])
    const transaction = keys.map((key) => one(uniqueOf(model, key))).map(([name, each]) => ({ model: model.name, action: name, args: each }))
    return { transaction, answer: (rows) => (action === 'updateManyAndReturn' ? rows : { count: rows.length }) }
  }
  if ((action !== 'update' && action !== 'upsert') || !hitsSeveralRows(model, args, ofModel)) return null
  const data = action === 'update' ? args.data : args.update
  const steps = await eachAlone(ask, model, flat(model, args.where), data)
  if (!steps) return null
  const { where, data: _, create, update, ...shape } = args
  return { transaction: steps.map((step) => ({ model: model.name, action: 'update', args: { where, data: step, ...shape } })), answer: (rows) => rows.at(-1) }
}

/** Asks after what was done before it in its transaction. */
export const afterThose = (ask, before) => async (request) => {
  const answer = await ask({ transaction: [...before, request] })
  return answer.ok ? { ok: true, result: answer.result.at(-1) } : answer
}

/** The same of each request of a transaction. */
export async function eachOneByOne(models, ask, list) {
  const transaction = []
  const answers = [] // for each request: its answer, of those of the new transaction
  for (const request of list) {
    const from = transaction.length
    const alone = await oneByOne(models, afterThose(ask, [...transaction]), request)
    transaction.push(...(alone?.transaction ?? [request]))
    const to = transaction.length
    answers.push((rows) => (alone ? alone.answer(rows.slice(from, to)) : rows[from]))
  }
  return { transaction, answer: (rows) => answers.map((answer) => answer(rows)) }
}

/** The request's writes of several rows, as writes of one row after the other: those at the top, deletes that go on to other
 *  rows, and, where the request is a single one, those through relations. */
export async function rowsAlone(models, ask, request) {
  if (/^(update|upsert)$/.test(request.action)) return oneByOne(models, ask, request, () => true)
  const list = request.transaction ?? [request]
  const transaction = []
  const owners = [] // of each step: the request that its answer belongs to
  for (const each of list) {
    const steps = await stepsOf(models, ask, transaction, each)
    for (const step of steps ?? [each]) {
      transaction.push(step)
      owners.push(step.cascade ? null : each)
    }
    if (!steps) break // what was done so far fails
  }
  const result = ({ action }, rows) => (action === 'updateManyAndReturn' ? rows : ['updateMany', 'deleteMany'].includes(action) ? { count: rows.length } : rows.at(-1))
  const answer = (rows) => list.map((each) => result(each, rows.filter((_, at) => owners[at] === each)))
  return { transaction, answer: (rows) => (request.transaction ? answer(rows) : answer(rows)[0]) }
}

/** One request of those, after what was done before it. */
async function stepsOf(models, ask, before, request) {
  const model = models.get(request.model)
  const { where, data, limit, ...shape } = request.args
  const find = async (target, filter, done = []) => {
    const select = Object.fromEntries(target.key.map((name) => [name, true]))
    const { ok, result } = await ask({ transaction: [...before, ...done, { model: target.name, action: 'findMany', args: { where: filter, select } }] })
    return ok ? result.at(-1) : null
  }
  if (!/^(updateMany|updateManyAndReturn|deleteMany|delete)$/.test(request.action)) return [request]
  const keys = await find(model, request.action === 'delete' ? flat(model, where) : (where ?? {}))
  if (!keys || (limit !== undefined && limit < keys.length) || (request.action === 'delete' && keys.length === 0)) return null
  if (request.action !== 'delete' && request.action !== 'deleteMany') return keys.map((key) => ({ model: model.name, action: 'update', args: { where: uniqueOf(model, key), data, ...shape } }))
  const steps = []
  for (const key of keys) {
    for (const below of await cascades(find, model, key, steps)) steps.push(below)
    steps.push(request.action === 'delete' ? request : { model: model.name, action: 'delete', args: { where: uniqueOf(model, key) } })
  }
  return steps
}

/** Deletes of the rows that go with this one, those that hang on others last of all first, and rows that let it go. */
async function cascades(find, model, key, done, depth = 3) {
  const steps = []
  if (depth === 0) return steps
  for (const relation of model.relations.filter((each) => !each.owning && !each.manyToMany)) {
    const becomes = relation.back.relationOnDelete ?? (relation.back.isRequired ? 'Restrict' : 'SetNull')
    if (becomes === 'SetNull') {
      const nulls = Object.fromEntries(relation.back.relationFromFields.filter((name) => !relation.target.fields.get(name).isRequired).map((name) => [name, null]))
      const rows = (await find(relation.target, { [relation.back.name]: { is: key } }, done)) ?? []
      steps.push(...rows.map((row) => ({ model: relation.target.name, action: 'updateMany', args: { where: row, data: nulls }, cascade: true })))
    }
    if (becomes !== 'Cascade') continue
    for (const row of (await find(relation.target, { [relation.back.name]: { is: key } }, done)) ?? []) {
      steps.push(...(await cascades(find, relation.target, row, done, depth - 1)))
      steps.push({ model: relation.target.name, action: 'deleteMany', args: { where: row }, cascade: true })
    }
  }
  return steps
}

/** Whether a write through a relation hits several rows of such a model. */
function hitsSeveralRows(model, value, ofModel) {
  if (!model || !isObject(value)) return false
  return Object.entries(value).some(([name, inner]) => {
    const target = model.fields?.get(name)?.target
    const several = target && ofModel(target) && isObject(inner) && ['updateMany', 'deleteMany', 'set', 'disconnect'].some((kind) => Object.hasOwn(inner, kind))
    return several || hitsSeveralRows(target ?? model, inner, ofModel)
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
export async function oneAfterAnother(models, ask, { model: name, action, args }) {
  const model = models.get(name)
  if (action === 'upsert') {
    const { create, update, where, ...shape } = args
    const there = (await keyRows(ask, model, flat(model, where))).length > 0
    return oneAfterAnother(models, ask, { model: name, action: there ? 'update' : 'create', args: there ? { where, data: update, ...shape } : { data: create, ...shape } })
  }
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

/** The deletes of just the rows that the limit takes here, without a limit: all at once, then one by one. Null where it
 *  takes more or fewer than it says. */
export async function limitedRows(models, ask, askOurs, { model: name, args }) {
  const model = models.get(name)
  const keys = { model: name, action: 'findMany', args: { select: Object.fromEntries(model.key.map((each) => [each, true])) } }
  const { value } = await askOurs({ transaction: [{ model: name, action: 'deleteMany', args }, keys] })
  if (!value) return null
  const left = new Set(value[1].map(canonical))
  const matching = await keyRows(ask, model, args.where ?? {})
  const gone = matching.filter((key) => !left.has(canonical(key)))
  if (gone.length !== Math.min(args.limit, matching.length)) return null
  const answer = () => ({ count: gone.length })
  if (gone.length === 0) return [{ transaction: [], answer }]
  const all = { model: name, action: 'deleteMany', args: { where: { OR: gone } } }
  return [{ transaction: [all], answer }, await rowsAlone(models, ask, all)]
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

/** The update as two: of the fields of the rows, at any depth, then of what is related to them. Null where no field changes by
 *  which a row can be looked for. */
export function fieldsFirst(models, { model: name, action, args }) {
  const model = models.get(name)
  const { data, ...rest } = args
  const [fields, others] = [fieldsOnly(model, data), withoutFields(model, data)]
  const where = renewed(model, args.where, data)
  if (!namesChange(model, fields) || Object.keys(others).length === 0 || !where) return null
  const transaction = [{ model: name, action, args: { ...rest, data: fields } }, { model: name, action, args: { ...rest, where, data: others } }]
  return { transaction, answer: (rows) => rows.at(-1) }
}

/** Of a member of nested updates: each update's `change(data, where)` in its place. */
function eachUpdate(field, update, change) {
  if (!field.isList) return Object.hasOwn(update, 'data') ? { ...update, data: change(update.data) } : change(update)
  return [update].flat().map((each) => change(each.data, each.where))
}

function fieldsOnly(model, data) {
  return Object.fromEntries(Object.entries(data).flatMap(([name, inner]) => {
    const field = model.fields.get(name)
    if (!field?.target) return [[name, inner]]
    if (!isObject(inner?.update)) return []
    const update = eachUpdate(field, inner.update, (below, where) => (where ? { where, data: fieldsOnly(field.target, below) } : fieldsOnly(field.target, below)))
    return [[name, { update }]]
  }))
}

function withoutFields(model, data) {
  return Object.fromEntries(Object.entries(data).flatMap(([name, inner]) => {
    const field = model.fields.get(name)
    if (!field?.target) return []
    if (!isObject(inner?.update)) return [[name, inner]]
    const below = (each) => withoutFields(field.target, each)
    const update = eachUpdate(field, inner.update, (each, where) => (where ? { where: renewed(field.target, where, each) ?? where, data: below(each) } : below(each)))
    return [[name, { ...inner, update }]]
  }))
}

const namesChange = (model, data) =>
  Object.entries(data).some(([name, inner]) => {
    const { target } = model.fields.get(name) ?? {}
    if (!target) return model.uniques.some(({ fields }) => fields.includes(name))
    return [inner.update].flat().some((each) => namesChange(target, each?.data ?? each))
  })

/** The unique key of a row after its fields were written, or null. */
function renewed(model, where, data) {
  const known = flat(model, where)
  const unique = model.uniques.find(({ fields }) => fields.every((each) => Object.hasOwn(known, each)))
  if (!unique) return null
  const key = Object.fromEntries(unique.fields.map((each) => [each, data[each] === undefined ? known[each] : (data[each]?.set ?? data[each])]))
  return unique.fields.length === 1 ? key : { [unique.name]: key }
}
