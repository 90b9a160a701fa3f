// Rows to begin with: a few of each model, consistent with its keys and relations, and the SQL that puts them in place.
import { inKey, joinTables } from './model.mjs'
import { anyValue, keyValue, literal } from './values.mjs'

/** Rows by model name: objects of scalar values. Owners come after what they refer to, except within cycles. */
export function makeRows(random, models) {
  const rows = new Map([...models.keys()].map((name) => [name, []]))
  for (const model of byDependency(models)) {
    if (model.view) continue
    const count = random.weighted([[1, 0], [2, 3], [8, random.int(5, 14)]])
    for (let ordinal = 1; ordinal <= count; ordinal++) {
      for (let attempt = 0; attempt < 10; attempt++) {
        const row = makeRow(random, model, rows, ordinal)
        if (!row || clashes(model, row, rows.get(model.name))) continue
        rows.get(model.name).push(row)
        break
      }
    }
  }
  return rows
}

function byDependency(models) {
  const done = new Set()
  const visit = (model, path) => {
    if (done.has(model) || path.has(model)) return
    path.add(model)
    for (const field of model.relations) if (field.owning && field.isRequired) visit(field.target, path)
    for (const field of model.relations) if (field.owning) visit(field.target, path)
    done.add(model)
  }
  for (const model of models.values()) visit(model, new Set())
  return [...done]
}

function makeRow(random, model, rows, ordinal) {
  const row = {}
  for (const field of model.scalars) {
    if (model.foreign.has(field.name)) continue
    row[field.name] = scalarValue(random, model, field, ordinal)
  }
  for (const relation of model.relations) {
    if (!relation.owning) continue
    const targets = rows.get(relation.type)
    const absent = targets.length === 0 || (!relation.isRequired && random.chance(0.3))
    if (absent && relation.isRequired) return null
    const target = absent ? null : random.pick(targets)
    relation.relationFromFields.forEach((name, index) => {
      row[name] = target ? target[relation.relationToFields[index]] : null
    })
    // A part of a key alone refers to nothing.
    if (target && !relation.isRequired && relation.relationFromFields.length > 1 && random.chance(0.08)) row[relation.relationFromFields[0]] = null
    else if (target && relation.relationFromFields.some((name) => row[name] === null)) return null
  }
  return row
}

function scalarValue(random, model, field, ordinal) {
  if (field.isList) return random.times(0, 3, () => anyValue(random, field))
  if (!field.isRequired && random.chance(0.25)) return null
  if (!inKey(model, field)) return anyValue(random, field)
  const alone = model.uniques.some((unique) => unique.fields.length === 1 && unique.fields[0] === field.name)
  return keyValue(field, alone ? ordinal : random.int(1, 4))
}

export function clashes(model, row, others) {
  return model.uniques.some(({ fields }) => {
    if (fields.some((name) => row[name] === null)) return false
    const text = JSON.stringify(fields.map((name) => row[name]))
    return others.some((other) => JSON.stringify(fields.map((name) => other[name])) === text)
  })
}

/** A script that empties every table and fills it again; constraints are not looked at meanwhile. */
export function loadScript(random, provider, models, rows) {
  const lines = []
  const joins = joinTables(models)
  for (const { place } of joins) lines.push(`DELETE FROM ${place};`)
  const tables = [...models.values()].filter((model) => !model.view)
  for (const model of tables) lines.push(`DELETE FROM ${model.place};`)
  for (const model of tables) {
    const columns = model.scalars.map((field) => `"${field.column}"`).join(', ')
    const tuples = rows.get(model.name).map((row) => `(${model.scalars.map((field) => literal(provider, field, row[field.name])).join(', ')})`)
    if (tuples.length > 0) lines.push(`INSERT INTO ${model.place} (${columns}) VALUES\n${tuples.join(',\n')};`)
  }
  for (const { place, a, b } of joins) {
    const pairs = new Set()
    const [left, right] = [a, b].map((model) => rows.get(model.name).map((row) => keyLiteral(provider, model, row)))
    for (const one of left) for (const other of right) if (random.chance(0.2)) pairs.add(`(${one}, ${other})`)
    if (pairs.size > 0) lines.push(`INSERT INTO ${place} ("A", "B") VALUES ${[...pairs].join(', ')};`)
  }
  for (const model of tables) lines.push(...sequenceScript(provider, model))
  const [before, after] =
    provider === 'sqlite'
      ? [['PRAGMA foreign_keys = OFF;', 'BEGIN;'], ['COMMIT;', 'PRAGMA foreign_keys = ON;']]
      : [['BEGIN;', 'SET LOCAL session_replication_role = replica;'], ['COMMIT;']]
  return [...before, ...lines, ...after].join('\n')
}

const keyLiteral = (provider, model, row) => literal(provider, model.fields.get(model.key[0]), row[model.key[0]])

/** The next number that a table gives out is `next`, on both sides. */
export function sequenceScript(provider, model, next = 1000) {
  const field = model.scalars.find((each) => each.default?.name === 'autoincrement')
  if (!field) return []
  if (provider === 'sqlite') {
    return [
      `DELETE FROM sqlite_sequence WHERE name = '${model.table}';`,
      `INSERT INTO sqlite_sequence (name, seq) VALUES ('${model.table}', ${next - 1});`,
    ]
  }
  return [`SELECT setval(pg_get_serial_sequence('${model.place}', '${field.column}'), ${next}, false);`]
}
