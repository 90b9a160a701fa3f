// A write with several faults is refused for one of them here and for another there. Both have to be faults on both sides:
// when something is taken out of the request, or changed, each side is seen to refuse what is left as the other did.
import { flat, keyRows, uniqueOf } from './rewrites.mjs'
import { smaller } from './shrink.mjs'

const isObject = (value) => typeof value === 'object' && value !== null
const known = /^P20(02|03|04|11|14|15|16|17|18|25)$|^validation$/
const tries = 300

export async function faultsOfBoth({ models, request, found, codes, ask }) {
  const [theirs, ours] = [found.theirs.error, found.ours.error]
  if (!known.test(theirs) || !known.test(ours) || found.tables !== null) return false
  const left = new Set([theirs, ours])
  let count = 0
  for (const candidate of await variants(models, ask, request)) {
    if (++count > tries) return false
    const [one, other] = await codes(candidate)
    if (one === other) left.delete(one)
    if (left.size === 0) return true
  }
  return false
}

/** Two rows of a request are connected to the same row of a one-to-one relation: one is refused as it takes the row away from
 *  the other (P2014), the other as there are two then (P2002). */
export async function takenTwice({ models, request, found, ask }) {
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

/** The request without one of its parts, of a row that is there, or with another value in one place. */
async function variants(models, ask, request) {
  const list = [...smaller(request)]
  for (const [index, each] of (request.transaction ?? []).entries()) {
    for (const one of await variants(models, ask, each)) list.push({ ...request, transaction: request.transaction.map((other, at) => (at === index ? one : other)) })
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
  for (const each of changed(args)) list.push({ ...request, args: each })
  return list
}

/** With a row made where one would be made or changed. */
function* created(value) {
  if (!isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'upsert' && inner?.create) yield { create: inner.create }
    for (const each of created(inner)) yield Array.isArray(value) ? value.map((one, at) => (at === Number(key) ? each : one)) : { ...value, [key]: each }
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

/** A value that no row has, of the same type. */
function otherValue(value) {
  if (typeof value === 'number') return value + 90001
  if (typeof value === 'string') return `${value} 90001`
  if (value?.$type === 'BigInt') return { $type: 'BigInt', value: String(BigInt(value.value) + 90001n) }
  return undefined
}
