// Random filters. `g` is the generator: {random, provider, models, rows, fresh}.
import { anyValue, keyValue } from './values.mjs'
import { inKey } from './model.mjs'

/** Texts in the shape of something else: only compared whole. */
const opaque = new Set(['Uuid', 'Xml', 'Inet', 'Bit', 'VarBit'])
const comparable = new Set(['String', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime'])

/** A value that the field may well have: mostly one that a row had at the start. */
export function likelyValue(g, model, field) {
  const { random } = g
  if (random.chance(0.6)) {
    const values = g.rows.get(model.name).map((row) => row[field.name]).filter((value) => value !== null)
    const flat = field.isList ? values.flat() : values
    if (flat.length > 0) return random.pick(flat)
  }
  return inKey(model, field) && !field.isList ? keyValue(field, random.int(1, 20)) : anyValue(random, field)
}

/** A where over one model; depth bounds how far it goes into relations and connectives. */
export function where(g, model, depth = 2) {
  const { random } = g
  const filter = {}
  const wanted = random.weighted([[5, 1], [3, 2], [1, 3], [0.3, 0]])
  for (let index = 0; index < wanted; index++) {
    const kind = random.weighted([[6, 'scalar'], [depth > 0 ? 3 : 0, 'relation'], [depth > 0 ? 2 : 0, 'connective']])
    if (kind === 'scalar') scalarCondition(g, model, filter)
    if (kind === 'relation' && model.relations.length > 0) relationCondition(g, model, filter, depth)
    if (kind === 'connective') connective(g, model, filter, depth)
  }
  return filter
}

/** As `where`, without relations: what nested updateMany and deleteMany take. */
export const scalarWhere = (g, model) => where(g, { ...model, relations: [] }, 1)

/** As `where`, but never without a condition: an empty filter inside another means different things (differences.md). */
function someWhere(g, model, depth) {
  for (;;) {
    const filter = where(g, model, depth)
    if (Object.keys(filter).length > 0) return filter
  }
}

function connective(g, model, filter, depth) {
  const { random } = g
  const name = random.pick(['AND', 'OR', 'NOT'])
  const list = random.times(1, 3, () => someWhere(g, model, depth - 1))
  filter[name] = name !== 'OR' && random.chance(0.4) ? list[0] : list
}

function scalarCondition(g, model, filter) {
  const { random } = g
  const field = random.pick(model.scalars.filter((each) => each.native !== 'Xml'))
  if (field.type === 'String' && !field.isList && g.searches && random.chance(0.15)) {
    const search = { search: random.pick(['ann', 'ann & bob', 'ann | bob', '!bob', 'a <-> b', 'x & !y']) }
    filter[field.name] = random.chance(0.2) ? { not: search } : search
    return
  }
  filter[field.name] = field.isList ? listFilter(g, model, field) : fieldFilter(g, model, field)
}

function relationCondition(g, model, filter, depth) {
  const { random } = g
  const relation = random.pick(model.relations)
  const inner = () => where(g, relation.target, depth - 1)
  if (relation.isList) {
    filter[relation.name] = Object.fromEntries(random.some(['some', 'every', 'none'], 1, 1 + random.int(0, 1)).map((each) => [each, inner()]))
  } else if (!relation.isRequired && random.chance(0.2)) {
    filter[relation.name] = random.pick([null, { is: null }, { isNot: null }])
  } else if (random.chance(0.3)) {
    filter[relation.name] = someWhere(g, relation.target, depth - 1)
  } else {
    filter[relation.name] = Object.fromEntries(random.some(['is', 'isNot'], 1, 1).map((each) => [each, inner()]))
  }
}

/** A filter of one scalar field. `deep` is false inside `not`. */
export function fieldFilter(g, model, field, deep = true) {
  const { random } = g
  if (field.type === 'Json') return jsonFilter(g, field)
  if (!field.isRequired && random.chance(0.12)) return random.pick([null, { equals: null }, { not: null }])
  const value = () => likelyValue(g, model, field)
  if (deep && random.chance(0.2)) return value()
  const filter = {}
  for (const name of random.some(operatorsOf(field, deep), 1, random.weighted([[4, 1], [1, 2]]))) {
    filter[name] = operand(g, model, field, name, value)
  }
  const texts = deep && field.type === 'String' && !opaque.has(field.native) && field.native !== 'Char' && !Object.hasOwn(filter, 'not')
  if (texts && g.provider === 'postgresql' && random.chance(0.3)) filter.mode = random.pick(['insensitive', 'default'])
  return filter
}

function operatorsOf(field, deep) {
  const names = ['equals', 'in', 'notIn']
  if (deep) names.push('not')
  if (field.generated || opaque.has(field.native)) return names
  if (comparable.has(field.type) && !field.enum) names.push('lt', 'lte', 'gt', 'gte')
  if (field.type === 'String') names.push('contains', 'startsWith', 'endsWith')
  return field.type === 'Boolean' ? (deep ? ['equals', 'not'] : ['equals']) : names
}

function operand(g, model, field, name, value) {
  const { random } = g
  if (name === 'in' || name === 'notIn') {
    const lists = g.provider === 'postgresql' && random.chance(0.15) ? model.scalars.filter((other) => other.isList && sameType(other, field)) : []
    return lists.length > 0 ? reference(model, random.pick(lists)) : random.times(0, 4, value)
  }
  if (name === 'not') return random.chance(0.6) ? value() : fieldFilter(g, model, { ...field, isRequired: true }, false)
  const other = random.chance(0.12) && !(random.wild && field.type === 'String') ? sameKind(model, field) : []
  if (['contains', 'startsWith', 'endsWith'].includes(name) && other.length === 0) {
    const parts = ['a', 'A', 'b', 'an', 'k', '1', '', 'ż', "'", '字', ' ', ...(random.wild ? ['\\'] : [])]
    // Prisma has no way to escape them on SQLite: docs/differences.md
    const part = random.pick(random.wild && g.provider === 'postgresql' ? [...parts, '%', '_', '0%', '%_', 'a_', '\\%'] : parts)
    // Prisma does not see the blanks that fill the column: docs/differences.md
    return field.native === 'Char' && part === ' ' ? 'b' : part
  }
  return other.length > 0 ? reference(model, random.pick(other)) : value()
}

const sameType = (other, field) => other.type === field.type && other.native === field.native && !other.generated && !field.generated
const sameKind = (model, field) =>
  model.scalars.filter((other) => other !== field && sameType(other, field) && other.isList === field.isList)
const reference = (model, field) => ({ $type: 'FieldRef', value: { _ref: field.name, _container: model.name } })

function listFilter(g, model, field) {
  const { random } = g
  const value = () => likelyValue(g, model, field)
  const list = () => random.times(0, 3, value)
  const others = random.chance(0.15) && field.type !== 'Json' ? model.scalars.filter((other) => other !== field && sameType(other, field)) : []
  const [list2, scalar] = [others.filter((other) => other.isList), others.filter((other) => !other.isList && other.isRequired)]
  if (scalar.length > 0 && random.chance(0.6)) return { has: reference(model, random.pick(scalar)) }
  // Prisma refuses to compare whole lists: docs/differences.md
  if (list2.length > 0) return { [random.pick(['hasEvery', 'hasSome'])]: reference(model, random.pick(list2)) }
  const json = field.type === 'Json' // only equals and isEmpty would be typed; the engine takes the others too
  const choices = [[2, () => ({ isEmpty: random.chance(0.5) })], [1, () => ({ equals: list() })]]
  if (!json) choices.push([3, () => ({ has: value() })], [2, () => ({ hasEvery: list() })], [2, () => ({ hasSome: list() })])
  return random.weighted(choices)()
}

const jsonNull = (value) => ({ $type: 'Enum', value })

function jsonFilter(g, field) {
  const { random } = g
  const nulls = field.isRequired ? ['JsonNull'] : ['DbNull', 'JsonNull', 'AnyNull']
  const any = () => (random.chance(0.15) ? jsonNull(random.pick(nulls)) : anyValue(random, field))
  const others = random.chance(0.1) ? g.models.get(field.model).scalars.filter((other) => other !== field && sameType(other, field) && !other.isList) : []
  if (others.length > 0) return { [random.pick(['equals', 'not'])]: reference({ name: field.model }, random.pick(others)) }
  if (random.chance(0.4)) return random.chance(0.6) ? { equals: any() } : { not: any() }
  const names = random.pick([['a'], ['b'], ['c'], ['a', 'b'], ['a', 'b', 'c'], ['c', '0'], ['0'], ['missing']])
  const path = g.provider === 'sqlite' ? '$' + names.map((name) => (/^\d/.test(name) ? `[${name}]` : `.${name}`)).join('') : names
  const scalar = () => random.pick([1, 2, 'x', 'deep', 'xyz', true])
  const choices = [
    [3, () => ({ path, equals: scalar() })],
    [1, () => ({ path, not: scalar() })],
    [2, () => ({ path, [random.pick(['string_contains', 'string_starts_with', 'string_ends_with'])]: random.pick(['x', 'de', 'z', '']) })],
  ]
  // SQLite's engine has no such members, and array_contains and its like not at all.
  if (g.provider === 'postgresql') {
    choices.push(
      [2, () => ({ path, [random.pick(['array_contains', 'array_starts_with', 'array_ends_with'])]: random.pick([1, 3, 'x', [1], ['x'], ['x', 'y'], []]) })],
      [2, () => ({ path, [random.pick(['lt', 'lte', 'gt', 'gte'])]: random.pick([1, 2, 'x']) })],
    )
  }
  return random.weighted(choices)()
}

/** One row by a unique key: {id: 1}, {a_b: {a: 1, b: 2}}; mostly one that was there at the start. */
export function whereUnique(g, model, share = 0.9) {
  const { random } = g
  const rows = g.rows.get(model.name)
  // Now and then the row that the request speaks of already: what is done to it first may decide what comes of it.
  const same = g.chosen.get(model.name)
  const row = same && random.chance(0.25) ? same : rows.length > 0 && random.chance(share) ? random.pick(rows) : null
  if (row) g.chosen.set(model.name, row)
  return keyOf(g, model, row)
}

/** The key of this row, or, without one, of a row that is hardly there. */
export function keyOf(g, model, row) {
  const { random } = g
  const whole = model.uniques.filter((unique) => !row || unique.fields.every((name) => row[name] !== null))
  const unique = random.pick(whole)
  const value = (name) => (row ? row[name] : keyValue(model.fields.get(name), random.int(1, 30)))
  if (unique.fields.length === 1) return { [unique.fields[0]]: value(unique.fields[0]) }
  return { [unique.name]: Object.fromEntries(unique.fields.map((name) => [name, value(name)])) }
}

/** What a count, a sum or an average is compared with. */
function boundOf(random, aggregate, { type }) {
  const number = random.int(-2, 10)
  const exact = aggregate !== '_count' && (type === 'Decimal' || (type === 'BigInt' && aggregate === '_sum'))
  return exact ? { $type: type, value: String(number) } : number
}

/** `having` of a groupBy. */
export function having(g, model, by) {
  const { random } = g
  const filter = {}
  const fields = model.scalars.filter((field) => field.type !== 'Json' && !field.isList && !field.enum && !field.generated && !opaque.has(field.native))
  const compare = (value) => ({ [random.pick(['equals', 'lt', 'lte', 'gt', 'gte', 'not'])]: value })
  if (fields.length > 0 && random.chance(0.8)) {
    const field = random.pick(fields)
    const number = ['Int', 'Float', 'Decimal', 'BigInt'].includes(field.type)
    const ordered = !['Boolean', 'Bytes'].includes(field.type)
    const aggregate = random.pick(['_count', ...(number ? ['_sum', ...(field.native === 'Money' ? [] : ['_avg'])] : []), ...(ordered ? ['_min', '_max'] : [])])
    const bound = aggregate === '_count' || (number && !['_min', '_max'].includes(aggregate)) ? boundOf(random, aggregate, field) : anyValue(random, field)
    filter[field.name] = { [aggregate]: compare(bound) }
  }
  const plain = by.filter((name) => !Object.hasOwn(filter, name) && model.fields.get(name).type !== 'Json')
  if (plain.length > 0 && random.chance(0.4)) {
    const field = model.fields.get(random.pick(plain))
    if (!field.isList) filter[field.name] = fieldFilter(g, model, field)
  }
  return random.chance(0.2) && Object.keys(filter).length > 0 ? { [random.pick(['AND', 'OR', 'NOT'])]: [filter] } : filter
}
