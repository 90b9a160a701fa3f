// Small changes of requests, made by chance: what programs, hands and attackers get wrong.

/// Chance from a seed: the same numbers for the same seed.
export function chance(seed) {
  let state = (BigInt(seed) + 1n) ** 7n * 0xd6e8feb86659fd93n
  const limit = (1n << 64n) - 1n
  const random = () => {
    state = (state + 0x9e3779b97f4a7c15n) & limit
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & limit
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & limit
    return Number((z ^ (z >> 31n)) >> 11n) / 2 ** 53
  }
  const below = (n) => Math.floor(random() * n)
  return { random, below, pick: (list) => list[below(list.length)] }
}

const actions =
  'findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany createOne createMany createManyAndReturn updateOne updateMany updateManyAndReturn upsertOne deleteOne deleteMany aggregate groupBy'.split(' ')
const argumentNames = 'where orderBy cursor take skip distinct data create update by having limit skipDuplicates relationLoadStrategy nope'.split(' ')
const words =
  'equals not in notIn lt lte gt gte contains startsWith endsWith mode search has hasEvery hasSome isEmpty path string_contains string_starts_with array_contains is isNot some every none AND OR NOT set unset push increment decrement multiply divide connect disconnect create createMany connectOrCreate update updateMany upsert delete deleteMany where data sort nulls _count _sum _avg _min _max _all _relevance fields skipDuplicates selection arguments $scalars $composites $type value nope'.split(' ')
const tags = 'DateTime BigInt Decimal Bytes Json Enum FieldRef Raw Param Float Int Nope'.split(' ')
const numbers = [0, 1, -1, 2.5, 2147483647, 2147483648, -2147483649, 9007199254740993, 1e19, 1e308, -0.5, 1e-7]
const texts = [
  '', 'x', 'asc', 'desc', 'first', 'insensitive', '1', '-1', '1.5', '1e3', '99999999999', '9223372036854775808', 'NaN', 'Infinity', 'true', 'null', '{}', '[1]', '{"a":1}', '{a}',
  '2020-01-01', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000Z', '2020-01-01T00:00:00+02:00', '2020-13-01T00:00:00Z', '2020-02-30T00:00:00Z', '2020-01-01 00:00:00', '2020-01-01T00:00Z', '20200101T000000Z',
  '123e4567-e89b-12d3-a456-426614174000', '123e4567', 'aGk=', 'aGk', 'a b', '#', 'é', 'DbNull', 'JsonNull', 'AnyNull', 'A', 'ADMIN', 'id', 'Cascade', 'query', 'join',
]

const isObject = (json) => json !== null && typeof json === 'object' && !Array.isArray(json)
const copy = (json) => structuredClone(json)

/// Every place in a request: the object or list, and the key in it.
function places(root, accept = () => true) {
  const found = []
  const walk = (holder) => {
    for (const key of Array.isArray(holder) ? holder.keys() : Object.keys(holder)) {
      if (accept(holder[key], holder, key)) found.push([holder, key])
      if (holder[key] !== null && typeof holder[key] === 'object') walk(holder[key])
    }
  }
  if (root !== null && typeof root === 'object') walk(root)
  return found
}

/// The members of an object with one renamed, in their order.
function renamed(holder, key, name) {
  const members = Object.entries(holder)
  for (const member of Object.keys(holder)) delete holder[member]
  for (const [member, value] of members) holder[member === key ? name : member] = value
}

class Mutator {
  constructor(luck, schema) {
    Object.assign(this, luck)
    this.others = schema.requests
    this.models = [...schema.text.matchAll(/^\s*(?:model|view)\s+(\w+)/gm)].map((found) => found[1])
    this.fields = [...new Set([...schema.text.matchAll(/^[ \t]+([A-Za-z]\w*)[ \t]+[A-Z]\S*/gm)].map((found) => found[1]))]
    this.labels = [...schema.text.matchAll(/^\s*enum\s+\w+\s*\{([^}]*)\}/gm)].flatMap((found) => found[1].trim().split(/\s+/))
  }

  field() {
    return this.pick(this.fields)
  }
  name() {
    return this.pick([() => this.field(), () => this.field(), () => this.pick(words), () => this.pick(words), () => this.pick(argumentNames)])()
  }
  scalar() {
    return this.pick([() => this.pick(numbers), () => this.pick(texts), () => this.pick([...this.labels, 'x']), () => this.pick([true, false, null])])()
  }
  reference() {
    return { $type: 'FieldRef', value: { _ref: this.field(), _container: this.pick([...this.models, 'Nope']) } }
  }
  tagged() {
    const tag = this.pick(tags)
    if (tag === 'FieldRef') return this.reference()
    if (tag === 'Raw') return { $type: tag, value: this.pick([{ a: 1 }, [1], 'x', null]) }
    return { $type: tag, value: this.scalar() }
  }
  value() {
    return this.pick([
      () => this.scalar(), () => this.scalar(), () => this.scalar(), () => this.tagged(), () => null, () => ({}), () => [], () => [this.scalar()],
      () => ({ [this.name()]: this.scalar() }), () => [this.scalar(), this.scalar()], () => [[]], () => [{}],
    ])()
  }
  /// A part of another request of the same schema.
  borrowed() {
    const found = places(copy(this.pick(this.others)).query)
    if (found.length === 0) return this.value()
    const [holder, key] = this.pick(found)
    return holder[key]
  }
  /// Somewhere in the arguments, more often than in the selection.
  somewhere(request, accept) {
    const inArguments = places(request.query.arguments ?? {}, accept)
    const all = places({ selection: request.query.selection ?? {} }, accept)
    const list = inArguments.length > 0 && this.below(5) > 0 ? inArguments : all.length > 0 ? all : inArguments
    return list.length > 0 ? this.pick(list) : undefined
  }
  object(request) {
    const found = this.somewhere(request, isObject)
    return found ? found[0][found[1]] : request.query.arguments
  }
}

const at = (accept, change) => (m, request) => {
  const place = m.somewhere(request, accept)
  if (place) change(m, place[0], place[1], request)
}
const any = () => true
const inObject = (_, holder) => !Array.isArray(holder)
const isLeaf = (json) => json === null || typeof json !== 'object'

const mutations = {
  drop: at(any, (m, holder, key) => (Array.isArray(holder) ? holder.splice(key, 1) : delete holder[key])),
  rename: at(inObject, (m, holder, key) => renamed(holder, key, m.pick([() => key + 'x', () => m.name(), () => m.field()])())),
  leaf: at(isLeaf, (m, holder, key) => (holder[key] = m.value())),
  replace: at(any, (m, holder, key) => (holder[key] = m.value())),
  retag: at(isLeaf, (m, holder, key) => (holder[key] = { $type: m.pick(tags), value: m.pick([holder[key], String(holder[key])]) })),
  null: at(any, (m, holder, key) => (holder[key] = null)),
  empty: at(any, (m, holder, key) => (holder[key] = m.pick([() => ({}), () => [], () => [{}], () => ''])())),
  wrap: at(any, (m, holder, key) => (holder[key] = m.pick([[holder[key]], [[holder[key]]], [holder[key], holder[key]], [holder[key], null]]))),
  nest: at(any, (m, holder, key) => (holder[key] = { [m.name()]: holder[key] })),
  unwrap: at((json) => Array.isArray(json) && json.length > 0, (m, holder, key) => (holder[key] = holder[key][0])),
  flatten: at((json) => isObject(json) && Object.keys(json).length > 0, (m, holder, key) => (holder[key] = m.pick(Object.values(holder[key])))),
  add: (m, request) => {
    const object = m.object(request)
    if (isObject(object)) object[m.name()] = m.pick([() => m.value(), () => m.borrowed()])()
  },
  borrow: at(any, (m, holder, key) => (holder[key] = m.borrowed())),
  duplicate: at((_, holder, key) => !Array.isArray(holder) && !/^(selection|arguments)$/.test(key), (m, holder, key) => (holder[key + '\u0001'] = m.pick([() => holder[key], () => m.value()])())),
  reference: at(any, (m, holder, key) => (holder[key] = m.reference())),
  parameter: at(isLeaf, (m, holder, key) => (holder[key] = { $type: 'Param', value: m.pick([{ name: 'p1', type: 'Int' }, { name: 'p1', type: 'String' }, { name: 'p1' }, 'x', null]) })),
  argument: (m, request) => {
    if (!isObject(request.query.arguments)) request.query.arguments = {}
    request.query.arguments[m.pick(argumentNames)] = m.pick([() => m.value(), () => m.borrowed(), () => ({ [m.field()]: m.value() })])()
  },
  action: (m, request) => (request.action = m.pick(actions)),
  model: (m, request) => (request.modelName = m.pick([...m.models, ...m.models, 'Nope', '', null])),
  select: (m, request) => {
    const found = places({ selection: request.query.selection ?? {} }, (json, holder, key) => key === 'selection' && isObject(json))
    if (found.length === 0) return
    const [holder, key] = m.pick(found)
    const selection = () => m.pick([{}, { id: true }, { $scalars: true }, { [m.field()]: true }])
    holder[key][m.pick([m.field(), m.field(), m.field(), '_count', '$scalars', '$composites', '_sum', 'nope'])] = m.pick([
      () => true, () => true, () => false, () => null, () => 1, () => 'x', () => [], () => ({}), () => ({ selection: selection() }), () => ({ selection: null }), () => ({ arguments: {} }),
      () => ({ arguments: { [m.pick(argumentNames)]: m.value() }, selection: selection() }), () => ({ arguments: { where: { [m.field()]: m.value() } } }), () => ({ arguments: null, selection: selection() }),
    ])()
  },
  envelope: (m, request) => {
    const [holder, key] = m.pick([[request, 'modelName'], [request, 'action'], [request, 'query'], [request.query, 'arguments'], [request.query, 'selection'], [request.query, 'nope'], [request, 'nope']])
    if (m.below(3) === 0) delete holder[key]
    else if (key !== 'action') holder[key] = m.pick([null, {}, [], 'x', 1, true])
  },
}
export const kindsOfMutations = Object.keys(mutations)

/// One request of the schema, changed once or twice: {name, line}.
export function mutate(luck, kinds, schema) {
  const mutator = new Mutator(luck, schema)
  const request = copy(luck.pick(schema.requests))
  const used = []
  for (let left = luck.below(4) === 0 ? 2 : 1; left > 0; --left) {
    if (!isObject(request.query)) break
    const kind = luck.pick(kinds)
    mutations[kind](mutator, request)
    used.push(kind)
  }
  // A member that stands twice cannot be said with an object.
  return { name: used.join('+'), line: JSON.stringify(request).replaceAll('\\u0001"', '"') }
}
