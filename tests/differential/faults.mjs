// A write with several faults is refused for one of them here and for another there. Both have to be faults on both sides:
// when something is taken out of the request, or changed, each side is seen to refuse what is left as the other did.
import { canonical } from './compare.mjs'
import { flat, keyRows, uniqueOf } from './rewrites.mjs'
import { smaller } from './shrink.mjs'
import { keyValue } from './values.mjs'

const isObject = (value) => typeof value === 'object' && value !== null
const known = /^P20(02|03|04|11|14|15|16|17|18|19|25)$|^validation$/
const tries = 300

export async function faultsOfBoth({ models, request, found, codes, ask }) {
  const [theirs, ours] = [found.theirs.error, found.ours.error]
  if (!known.test(theirs) || !known.test(ours) || found.tables !== null) return false
  // Nothing is connected to a row that is not there.
  if (theirs === 'P2025' && ours === 'P2017' && request.action === 'update') {
    const model = models.get(request.model)
    if ((await keyRows(ask, model, flat(model, request.args.where))).length === 0) return true
  }
  // A row that is not there is the first fault of its update here.
  if (ours === 'P2025' && request.action === 'update') {
    const model = models.get(request.model)
    if ((await keyRows(ask, model, flat(model, request.args.where))).length === 0) return true
  }
  const left = new Set([theirs, ours])
  // Of rows to delete that are one and the same, all but one are missing.
  if (left.has('P2017') && (await deletedTwice(models, ask, request))) left.delete('P2017')
  let count = 0
  for (const candidate of await variants(models, ask, request)) {
    if (++count > tries) return false
    const [one, other] = await codes(candidate)
    if (one === other) left.delete(one)
    if (left.size === 0) return true
  }
  return false
}

/** A row of a one-to-one relation is taken from a row that needs it (P2014), or then there are two that have it (P2002): one
 *  fault. Either two rows of the request are connected to it, or a part of the request has P2014 for both of them. */
export async function takenTwice({ models, request, found, ask, codes: codesOf }) {
  const codes = [found.theirs.error, found.ours.error].sort().join(' ')
  if (codes !== 'P2002 P2014' || found.tables !== null) return false
  const taken = (request.transaction ?? [request]).flatMap(({ model, args }) => connections(models.get(model), args))
  const seen = new Set()
  for (const { relation, target, where } of taken) {
    for (const row of await keyRows(ask, target, flat(target, where))) {
      const text = JSON.stringify([relation, row])
      if (seen.has(text)) return true
      seen.add(text)
    }
  }
  for (const part of [...smaller(request)].slice(0, tries)) if (canonical(await codesOf(part)) === '["P2014","P2014"]') return true
  return false
}

/** What is connected through relations that are one-to-one, at any depth. */
function connections(model, value) {
  if (!isObject(value) || value.$type) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = model?.fields.get(name)
    const where = field?.target && !field.isList && !field.back.isList && (inner?.connect ?? inner?.connectOrCreate?.where)
    const here = where ? [{ relation: `${field.relationName} ${field.owning}`, target: field.target, where }] : []
    return [...here, ...connections(field?.target ?? model, inner)]
  })
}

/** Whether a list of rows to delete names one of them by two of its keys. */
async function deletedTwice(models, ask, { model, args }) {
  for (const { target, list } of deletions(models.get(model), args)) {
    const rows = []
    for (const where of list) rows.push(...(await keyRows(ask, target, flat(target, where))).map(canonical))
    if (new Set(rows).size < rows.length) return true
  }
  return false
}

/** The lists of rows to delete, at any depth. */
function deletions(model, value) {
  if (!isObject(value) || value.$type) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const target = model?.fields.get(name)?.target
    const here = target && Array.isArray(inner?.delete) ? [{ target, list: inner.delete }] : []
    return [...here, ...deletions(target ?? model, inner)]
  })
}

/** The request without one of its parts, of a row that is there, or with another value in one place. */
async function variants(models, ask, request) {
  const list = [...smaller(request)]
  for (const [index, each] of (request.transaction ?? []).entries()) {
    for (const one of await variants(models, ask, each)) list.push({ ...request, transaction: request.transaction.flatMap((other, at) => (at === index ? (one.transaction ?? [one]) : [other])) })
  }
  if (request.transaction) return list
  const { model, args } = request
  if (/^(update|upsert|delete)$/.test(request.action)) {
    const { key } = models.get(model)
    const select = Object.fromEntries(key.map((name) => [name, true]))
    const { result } = await ask({ model, action: 'findMany', args: { select, take: 12 } })
    const there = (result ?? []).map((row) => ({ ...args, where: uniqueOf(models.get(model), row) }))
    for (const each of there) list.push({ ...request, args: each })
    for (const each of there) for (const made of created(each)) list.push({ ...request, args: made })
  }
  for (const made of madeAlone(models.get(model), args)) list.push(made)
  if (request.action === 'create') list.push({ transaction: [{ model, action: 'deleteMany', args: {} }, request] }) // no row has its values
  if (/^create/.test(request.action)) list.push(...(await referredMade(models, ask, request)))
  for (const each of await connectedInstead(ask, models.get(model), args)) list.push({ ...request, args: each })
  for (const each of await referredInstead(ask, models.get(model), args)) list.push({ ...request, args: each })
  for (const each of setInParts(args)) list.push({ ...request, args: each })
  for (const each of changed(args)) list.push({ ...request, args: each })
  return list
}

/** Each row that would be made through a relation, made alone. */
function madeAlone(model, value) {
  if (!isObject(value) || value.$type) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const target = model?.fields.get(name)?.target
    const rows = target ? [inner?.create, inner?.upsert, inner?.connectOrCreate].flat().map((row) => row?.create ?? row).filter(isObject) : []
    const alone = rows.map((data) => ({ model: target.name, action: 'create', args: { data } }))
    return [...alone, ...madeAlone(target ?? model, inner)]
  })
}

/** With another row in the place of one that is connected, one that is there. */
async function connectedInstead(ask, model, value) {
  if (!isObject(value) || value.$type) return []
  const list = []
  for (const [name, inner] of Object.entries(value)) {
    const target = model?.fields.get(name)?.target
    if (target && isObject(inner?.connect)) {
      for (const row of (await keyRows(ask, target, {})).slice(0, 4)) list.push({ ...value, [name]: { ...inner, connect: uniqueOf(target, row) } })
    }
    for (const each of await connectedInstead(ask, target ?? model, inner)) list.push(Array.isArray(value) ? value.map((one, at) => (at === Number(name) ? each : one)) : { ...value, [name]: each })
  }
  return list
}

/** With the keys of another row in the place of those of one that is referred to. */
async function referredInstead(ask, model, value) {
  if (!isObject(value) || value.$type) return []
  const list = []
  const rows = Array.isArray(value) ? value : [value] // those of a list: all of them refer to the one row
  for (const field of model?.relations ?? []) {
    const refers = (row) => isObject(row) && field.relationFromFields.every((name) => Object.hasOwn(row, name))
    if (!field.owning || rows.length === 0 || !rows.every(refers) || !field.relationToFields.every((name) => field.target.key.includes(name))) continue
    for (const other of (await keyRows(ask, field.target, {})).slice(0, 12)) {
      const keys = Object.fromEntries(field.relationFromFields.map((name, index) => [name, other[field.relationToFields[index]]]))
      list.push(Array.isArray(value) ? rows.map((row) => ({ ...row, ...keys })) : { ...value, ...keys })
    }
  }
  for (const [name, inner] of Object.entries(value)) {
    const below = await referredInstead(ask, model?.fields.get(name)?.target ?? model, inner)
    for (const each of below) list.push(Array.isArray(value) ? value.map((one, at) => (at === Number(name) ? each : one)) : { ...value, [name]: each })
  }
  return list
}

/** After the rows were made that it refers to by its keys and that are not there. */
async function referredMade(models, ask, request) {
  const made = new Map()
  for (const row of [request.args.data].flat()) {
    for (const { target, relationFromFields: from, relationToFields: to } of models.get(request.model).relations) {
      if (from.length === 0 || !from.every((name) => isObject(row) && row[name] !== undefined && row[name] !== null)) continue
      const key = Object.fromEntries(to.map((name, index) => [name, row[from[index]]]))
      if ((await keyRows(ask, target, key)).length > 0) continue
      const needed = target.scalars.filter((field) => field.isRequired && !field.isList && !field.hasDefaultValue && !field.isUpdatedAt && !target.foreign.has(field.name))
      const others = Object.fromEntries(needed.map((field) => [field.name, keyValue(field, 50001 + made.size)]))
      made.set(canonical([target.name, key]), { model: target.name, action: 'create', args: { data: { ...others, ...key } } })
    }
  }
  const rows = [...made.values()]
  return rows.length > 0 && (await ask({ transaction: rows })).ok ? [{ transaction: [...rows, request] }] : []
}

/** With a row made where one would be made or changed. */
function* created(value) {
  if (!isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'upsert' && inner?.create) yield { create: inner.create }
    for (const each of created(inner)) yield Array.isArray(value) ? value.map((one, at) => (at === Number(key) ? each : one)) : { ...value, [key]: each }
  }
}

/** With what a `set` does, one after the other: it lets go of rows, and connects some. */
function* setInParts(value) {
  if (!isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (isObject(inner?.set) && !inner.set.$type) {
      yield { ...value, [key]: { ...inner, set: [] } }
      const { set: connect, ...others } = inner
      yield { ...value, [key]: { ...others, connect } }
    }
    for (const each of setInParts(inner)) yield Array.isArray(value) ? value.map((one, at) => (at === Number(key) ? each : one)) : { ...value, [key]: each }
  }
}

function* changed(value) {
  const other = otherValue(value)
  if (other !== undefined) yield other
  if (other !== undefined || !isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    for (const each of changed(inner)) yield Array.isArray(value) ? value.map((one, at) => (at === Number(key) ? each : one)) : { ...value, [key]: each }
  }
}

const isUuid = (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

/** A value that no row has, of the same type. */
function otherValue(value) {
  if (typeof value === 'number') return value + 90001
  if (isUuid(value)) return value.replace(/^./, (digit) => (digit === '9' ? '8' : '9'))
  if (typeof value === 'string') return `${value} 90001`
  if (value?.$type === 'BigInt') return { $type: 'BigInt', value: String(BigInt(value.value) + 90001n) }
  return undefined
}
