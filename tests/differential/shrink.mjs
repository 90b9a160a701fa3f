// A smaller request that still differs in the same way.

/** `differs(request)` says whether it does. Members are taken away as long as that can be done. */
export async function shrink(request, differs) {
  let smallest = request
  let budget = 250
  for (let again = true; again; ) {
    again = false
    for (const candidate of smaller(smallest)) {
      if (--budget < 0) return smallest
      if (!sensible(candidate) || !(await differs(candidate))) continue
      smallest = candidate
      again = true
      break
    }
  }
  return smallest
}

/** The request with one member less, for each member; the large ones first. */
export function* smaller(request) {
  if (request.transaction) {
    for (const index of request.transaction.keys()) {
      if (request.transaction.length > 1) yield { ...request, transaction: request.transaction.filter((_, at) => at !== index) }
      for (const each of smaller(request.transaction[index])) yield { ...request, transaction: replaced(request.transaction, index, each) }
    }
    return
  }
  for (const args of without(request.args)) yield { ...request, args }
}

const replaced = (list, index, value) => list.map((each, at) => (at === index ? value : each))

function* without(value) {
  if (typeof value !== 'object' || value === null || value.$type) return
  if (Array.isArray(value)) {
    for (const index of value.keys()) yield value.filter((_, at) => at !== index)
    for (const index of value.keys()) for (const each of without(value[index])) yield replaced(value, index, each)
    return
  }
  for (const key of Object.keys(value)) {
    const { [key]: _, ...rest } = value
    yield rest
  }
  for (const key of Object.keys(value)) {
    if (key === 'orderBy') continue
    for (const each of without(value[key])) yield { ...value, [key]: each }
  }
}

/** Not one whose answer is left to the database: pages without an order; nor an empty filter inside another. */
function sensible(request) {
  if (request.transaction) return request.transaction.every(sensible)
  return ordered(request.args, /^findFirst/.test(request.action))
}

/** A filter without a condition: {}, {field: {}}. */
const saysNothing = (filter) =>
  typeof filter === 'object' && filter !== null && !Array.isArray(filter) && !filter.$type &&
  Object.entries(filter).every(([name, inner]) => !['some', 'every', 'none', 'is', 'isNot'].includes(name) && saysNothing(inner))

function ordered(value, paged) {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every((each) => ordered(each, false))
  const pages = paged || ['take', 'skip', 'cursor', 'distinct'].some((name) => Object.hasOwn(value, name))
  if (pages && !value.orderBy) return false
  for (const name of ['AND', 'OR', 'NOT']) {
    if (!Object.hasOwn(value, name)) continue
    const list = [value[name]].flat()
    if (list.length === 0 || list.some(saysNothing)) return false
  }
  if (Object.keys(value).length === 1 && value.mode) return false
  if (Array.isArray(value.update) && value.update.length > 1 && value.update.some(({ data }) => !data || Object.keys(data).length === 0)) return false
  return Object.values(value).every((each) => ordered(each, false))
}
