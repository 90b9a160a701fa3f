// Random writes, of one row and of many, with writes through relations at any depth.
import { extended, shape, totalOrder } from './reads.mjs'
import { likelyValue, scalarWhere, where, whereUnique } from './filters.mjs'
import { inKey } from './model.mjs'
import { anyValue, keyValue } from './values.mjs'

/** What a field gets in a new row. Parts of keys are mostly new, so that most creates succeed. */
function newValue(g, model, field) {
  const { random } = g
  if (!field.isRequired && random.chance(0.2)) return field.type === 'Json' ? { $type: 'Enum', value: random.pick(['DbNull', 'JsonNull']) } : null
  if (field.isList) return random.chance(0.2) ? { set: elements(g, field) } : elements(g, field)
  if (!inKey(model, field)) return anyValue(random, field)
  return random.chance(0.07) ? likelyValue(g, model, field) : keyValue(field, 100 + g.fresh())
}

const elements = (g, field) => g.random.times(0, 3, () => anyValue(g.random, field))

/** May be left out: another value than the clock's comes in its place. */
const omissible = (field) =>
  !field.isRequired || field.isList || (field.hasDefaultValue && typeof field.default !== 'object') || field.default?.name === 'autoincrement' || field.generated

/** Data of a create. `back`: the relation field through which the row gets its parent. `depth`: how far it goes on.
 *  `keys`: it refers to other rows by their keys, not by writes through relations: never both (checked and unchecked input),
 *  nor one in one row of a list and the other in the next. */
function createData(g, model, back, depth, { flat = false, keys = flat || g.random.chance(0.5) } = {}) {
  const { random } = g
  const data = {}
  const owning = model.relations.filter((relation) => relation.owning && relation !== back)
  for (const field of model.scalars) {
    if (model.foreign.has(field.name)) continue
    if (omissible(field) && random.chance(field.generated ? 0.8 : 0.35) && !(field.generated && model.key.includes(field.name))) continue
    data[field.name] = newValue(g, model, field)
  }
  for (const relation of owning) {
    if (!relation.isRequired && random.chance(0.4)) continue
    if (keys) foreignKey(g, relation, back, data)
    else data[relation.name] = nestedInCreate(g, relation, depth)
  }
  if (flat || depth === 0) return data
  for (const relation of model.relations.filter((each) => !each.owning && each !== back && random.chance(0.3))) {
    data[relation.name] = nestedInCreate(g, relation, depth - 1)
  }
  return data
}

function foreignKey(g, relation, back, data) {
  const { random } = g
  const given = new Set(back?.owning ? back.relationFromFields : [])
  const rows = g.rows.get(relation.type)
  if (rows.length === 0) return
  const row = random.pick(rows)
  relation.relationFromFields.forEach((name, index) => {
    if (given.has(name)) return
    data[name] = random.chance(0.03) ? keyValue(relation.target.fields.get(relation.relationToFields[index]), 77) : row[relation.relationToFields[index]]
  })
}

const oneOrMore = (g, relation, make) => {
  const { random } = g
  if (!relation.isList || random.chance(0.4)) return make()
  return random.times(1, 3, make)
}

function nestedInCreate(g, relation, depth) {
  const { random } = g
  const target = relation.target
  const kinds = [[4, 'connect'], [depth > 0 ? 4 : 0.5, 'create'], [1.5, 'connectOrCreate']]
  if (relation.isList && !relation.manyToMany && depth > 0) kinds.push([1.5, 'createMany'])
  const nested = {}
  for (let count = relation.isList ? random.weighted([[4, 1], [1, 2]]) : 1; count > 0; count--) {
    const kind = random.weighted(kinds)
    nested[kind] = creation(g, kind, relation, target, depth)
  }
  return nested
}

function creation(g, kind, relation, target, depth) {
  const back = relation.back
  switch (kind) {
    case 'connect': return oneOrMore(g, relation, () => extended(g, target))
    case 'create': {
      const keys = g.random.chance(0.5)
      const made = oneOrMore(g, relation, () => createData(g, target, back, depth - 1, { keys }))
      leaveNumbers(target, [made].flat())
      return made
    }
    case 'connectOrCreate':
      return oneOrMore(g, relation, () => ({ where: whereUnique(g, target, 0.6), create: createData(g, target, back, depth - 1) }))
    case 'createMany': return manyRows(g, target, back)
  }
}

/** All rows of a list give a number that the database could give, or none does: docs/differences.md */
function leaveNumbers(model, rows) {
  const given = model.scalars.find((field) => field.default?.name === 'autoincrement')?.name
  if (given && rows.some((row) => !Object.hasOwn(row, given))) for (const row of rows) delete row[given]
}

function manyRows(g, model, back) {
  const { random } = g
  const data = random.times(1, 4, () => createData(g, model, back, 0, { flat: true }))
  leaveNumbers(model, data)
  const many = { data: data.length === 1 && random.chance(0.3) ? data[0] : data }
  if (g.provider === 'postgresql' && random.chance(0.35)) many.skipDuplicates = true
  return many
}

const numeric = new Set(['Int', 'BigInt', 'Float', 'Decimal'])

/** What an update does to a field. */
function newerValue(g, model, field) {
  const { random } = g
  if (field.isList) {
    const element = () => anyValue(random, field)
    return random.weighted([[2, () => elements(g, field)], [1, () => ({ set: elements(g, field) })], [1, () => ({ push: element() })], [1, () => ({ push: elements(g, field) })]])()
  }
  // A BigInt that overflows is no integer any more on SQLite: docs/differences.md
  const overflows = g.provider === 'sqlite' && field.type === 'BigInt'
  if (numeric.has(field.type) && !field.enum && !overflows && random.chance(0.35)) {
    const by = field.type === 'Float' ? random.pick([0.5, 2, -1]) : random.pick([1, 2, 3])
    const operations = ['increment', 'decrement', 'multiply']
    if (g.provider === 'postgresql' && ['Int', 'BigInt'].includes(field.type)) operations.push('divide') // SQLite: docs/differences.md
    const operation = random.pick(operations)
    return { [operation]: ['BigInt', 'Decimal'].includes(field.type) ? { $type: field.type, value: String(by) } : by }
  }
  const value = newValue(g, model, field)
  return field.type !== 'Json' && random.chance(0.25) ? { set: value } : value
}

/** Data of an update. `flat`: of many rows at once, without writes through relations. */
function updateData(g, model, back, depth, flat = false) {
  const { random } = g
  const data = {}
  const fields = model.scalars.filter((field) => !model.foreign.has(field.name))
  for (const field of random.some(fields, depth === 0 || flat ? 1 : 0, 3)) {
    if (inKey(model, field) && (flat || random.chance(0.7))) continue
    data[field.name] = newerValue(g, model, field)
  }
  const keys = flat || random.chance(0.3)
  // An updateMany without data counts nothing there on SQLite: docs/differences.md
  if (flat && Object.keys(data).length === 0) {
    const plain = fields.filter((field) => !inKey(model, field))
    if (plain.length > 0) data[plain[0].name] = newerValue(g, model, plain[0])
  }
  for (const relation of model.relations) {
    if (relation === back) continue
    if (relation.owning && keys) {
      if (random.chance(0.25)) foreignKey(g, relation, back, data)
    } else if (!flat && depth > 0 && random.chance(0.45)) {
      data[relation.name] = nestedInUpdate(g, relation, depth - 1)
    }
  }
  return data
}

function nestedInUpdate(g, relation, depth) {
  const { random } = g
  const kinds = relation.isList ? listKinds(relation) : toOneKinds(relation)
  const nested = {}
  for (let count = relation.isList ? random.weighted([[5, 1], [2, 2], [1, 3]]) : 1; count > 0; count--) {
    const kind = random.weighted(kinds)
    nested[kind] = relation.isList ? listWrite(g, kind, relation, depth) : toOneWrite(g, kind, relation, depth)
  }
  return nested
}

function listKinds(relation) {
  const kinds = [[2, 'create'], [2, 'connect'], [1, 'connectOrCreate'], [2, 'update'], [1.5, 'updateMany'], [1.5, 'upsert'], [1, 'delete'], [1, 'deleteMany'], [1, 'set'], [1, 'disconnect']]
  if (!relation.manyToMany) kinds.push([1, 'createMany'])
  return kinds
}

function listWrite(g, kind, relation, depth) {
  const { random } = g
  const { target, back } = relation
  const unique = (share) => related(g, target, share)
  switch (kind) {
    case 'update': {
      const list = [oneOrMore(g, relation, () => ({ where: unique(), data: updateData(g, target, back, depth) }))].flat()
      // One without data makes Prisma forget those behind it: docs/differences.md
      const full = list.filter(({ data }) => Object.keys(data).length > 0)
      return full.length > 0 ? full : list[0]
    }
    case 'updateMany': return oneOrMore(g, relation, () => ({ where: scalarWhere(g, target), data: updateData(g, target, back, 0, true) }))
    case 'upsert':
      return oneOrMore(g, relation, () => ({ where: whereUnique(g, target, 0.6), create: createData(g, target, back, depth), update: updateData(g, target, back, depth) }))
    case 'delete': return oneOrMore(g, relation, unique)
    case 'deleteMany': return oneOrMore(g, relation, () => scalarWhere(g, target))
    case 'set': return random.chance(0.2) ? [] : oneOrMore(g, relation, unique)
    case 'disconnect': return oneOrMore(g, relation, unique)
    default: return creation(g, kind, relation, target, depth)
  }
}

const related = (g, model) => (g.random.chance(0.9) ? whereUnique(g, model, 0.97) : extended(g, model))

function toOneKinds(relation) {
  const kinds = [[2, 'create'], [3, 'connect'], [1, 'connectOrCreate'], [3, 'update'], [2, 'upsert']]
  if (!relation.isRequired) kinds.push([1.5, 'disconnect'], [1, 'delete'])
  return kinds
}

function toOneWrite(g, kind, relation, depth) {
  const { random } = g
  const { target, back } = relation
  switch (kind) {
    case 'update': {
      const data = updateData(g, target, back, depth)
      return random.chance(0.3) || Object.keys(data).length === 0 ? { where: where(g, target, 1), data } : data
    }
    case 'upsert': {
      const upsert = { create: createData(g, target, back, depth), update: updateData(g, target, back, depth) }
      return random.chance(0.1) && !relation.owning ? { where: where(g, target, 1), ...upsert } : upsert
    }
    case 'disconnect': return true // with a condition: docs/differences.md
    case 'delete': return random.chance(0.8) ? true : where(g, target, 1)
    default: return creation(g, kind, relation, target, depth)
  }
}

/** A write of one model, as Prisma's client would be called. */
export function write(g, model) {
  const { random } = g
  const many = (data) => ({ where: where(g, model), data, ...limit(g) })
  const make = random.weighted([
    [4, () => ['create', { data: createData(g, model, null, 2), ...shape(g, model) }]],
    [1, () => ['createMany', manyRows(g, model, null)]],
    [1, () => ['createManyAndReturn', { ...manyRows(g, model, null), ...flatShape(g, model) }]],
    [7, () => ['update', { where: extended(g, model), data: updateData(g, model, null, 3), ...shape(g, model) }]],
    [1.5, () => ['updateMany', many(updateData(g, model, null, 0, true))]],
    [1, () => ['updateManyAndReturn', { ...many(updateData(g, model, null, 0, true)), ...flatShape(g, model) }]],
    [3, () => ['upsert', { where: random.chance(0.9) ? whereUnique(g, model, 0.6) : extended(g, model), create: createData(g, model, null, 2), update: updateData(g, model, null, 2), ...shape(g, model) }]],
    [1.5, () => ['delete', { where: extended(g, model), ...shape(g, model) }]],
    [1, () => ['deleteMany', { where: where(g, model), ...limit(g) }]],
  ])
  const [action, args] = make()
  return { model: model.name, action, args }
}

/** Which rows a limit leaves is the database's choice: seldom one that leaves some. */
const limit = ({ random }) => (random.chance(0.15) ? { limit: random.pick([0, 1, 2, 1000]) } : {})

/** With rows that are written together come the rows that they refer to. */
function flatShape(g, model) {
  const { random } = g
  if (random.chance(0.4)) return {}
  const related = random.some(model.relations.filter((relation) => relation.owning), 0, 2).map((relation) => [relation.name, true])
  if (related.length > 0 && random.chance(0.6)) return { include: Object.fromEntries(related) }
  const scalars = random.some(model.scalars, 1, 3).map((field) => [field.name, true])
  return random.chance(0.5) ? { omit: Object.fromEntries(scalars) } : { select: Object.fromEntries([...scalars, ...related]) }
}
