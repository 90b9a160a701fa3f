// Random schemas: a few models with fields of any type, keys of any make, and relations of every kind.

const names = ['Ant', 'Bee', 'Cat', 'Dog', 'Elk', 'Fox']
const types = ['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime', 'Bytes', 'Json', 'Mood']
const keyTypes = ['String', 'Int', 'BigInt']
const listTypes = ['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime', 'Mood']

class Model {
  constructor(random, name) {
    this.random = random
    this.name = name
    this.lines = []
    this.last = []
    this.fields = new Map() // name to type, of those that can be part of a key
  }

  add(name, type, attributes = '') {
    const mapped = this.random.chance(0.12) ? ` @map("${name} of ${this.name}")` : ''
    this.lines.push(`${name} ${type}${attributes}${mapped}`)
  }

  /** The fields by which others can refer to a row, with their types: the id, or a unique field. */
  keys() {
    return this.random.chance(0.8) || !this.unique ? this.key : [this.unique]
  }

  text() {
    return `model ${this.name} {\n${[...this.lines, ...this.last].map((line) => `  ${line}\n`).join('')}}\n`
  }
}

export function randomSchema(random, provider) {
  const models = names.slice(0, random.int(2, 5)).map((name) => scalars(random, provider, new Model(random, name)))
  models.forEach((model, index) => {
    for (let count = random.int(index === 0 ? 0 : 1, 2); count > 0; count--) relation(random, models, model, index, count)
  })
  for (const model of models) if (random.chance(0.3)) model.last.push(`@@map("${model.name.toLowerCase()} rows")`)
  const emulated = random.chance(0.25)
  const mood = 'enum Mood {\n  GLAD\n  CALM @map("quiet")\n  GRIM\n}\n'
  const text = [...models.map((model) => model.text()), mood].join('\n')
  return emulated ? `// datasource: relationMode = "prisma"\n${text.replaceAll('NoAction', 'Restrict')}` : text
}

function scalars(random, provider, model) {
  const compound = random.chance(0.25)
  const [first, second] = [random.pick(keyTypes), random.pick([...keyTypes, 'DateTime'])]
  if (compound) {
    model.add('k', first)
    model.add('l', second)
    model.last.push(random.chance(0.5) ? '@@id([k, l])' : '@@id([k, l], name: "both")')
    model.key = [['k', first], ['l', second]]
  } else {
    const auto = first === 'Int' && random.chance(0.4) ? ' @default(autoincrement())' : ''
    model.add('id', first, ` @id${auto}`)
    model.key = [['id', first]]
  }
  if (random.chance(0.5)) {
    const type = random.pick([...keyTypes, 'Decimal', 'DateTime', 'Bytes'])
    model.add('u', random.chance(0.6) ? type : `${type}?`, ' @unique')
    if (keyTypes.includes(type) && !model.lines.at(-1).includes('?')) model.unique = ['u', type]
  }
  const made = random.times(2, 6, (index) => {
    const type = random.pick(types)
    const list = provider === 'postgresql' && listTypes.includes(type) && random.chance(0.2)
    model.add(`f${index}`, type + (list ? '[]' : random.chance(0.5) ? '?' : ''), list ? '' : defaultOf(random, type))
    return [`f${index}`, type, list]
  })
  const pair = made.filter(([, type, list]) => !list && ['String', 'Int', 'Mood'].includes(type)).slice(0, 2)
  if (pair.length === 2 && random.chance(0.4)) model.last.push(`@@unique([${pair.map(([name]) => name).join(', ')}])`)
  return model
}

function defaultOf(random, type) {
  if (!random.chance(0.2)) return ''
  const value = { String: '"so"', Int: '7', BigInt: '8', Float: '1.5', Decimal: '2.25', Boolean: 'true', Mood: 'CALM' }[type]
  return value ? ` @default(${value})` : ''
}

/** From `model` to itself or to one before it. */
function relation(random, models, model, index, number) {
  const target = random.chance(0.2) || index === 0 ? model : models[random.int(0, index - 1)]
  const name = `r${index}${number}`
  const self = target === model
  const kind = random.weighted([[5, 'many'], [2, 'one'], [model.key.length === 1 && target.key.length === 1 ? 2 : 0, 'joined']])
  if (kind === 'joined') {
    model.lines.push(`${name} ${target.name}[] @relation("${name}")`)
    target.lines.push(`${name}Of ${model.name}[] @relation("${name}")`)
    return
  }
  const optional = self || random.chance(0.5) ? '?' : ''
  const keys = target.keys()
  const columns = keys.map(([key, type]) => [`${name}${key.toUpperCase()}`, type])
  for (const [column, type] of columns) model.add(column, type + optional, kind === 'one' && keys.length === 1 ? ' @unique' : '')
  if (kind === 'one' && keys.length > 1) model.last.push(`@@unique([${columns.map(([column]) => column).join(', ')}])`)
  const list = (pairs) => `[${pairs.map(([each]) => each).join(', ')}]`
  const actions = self ? ', onDelete: NoAction, onUpdate: NoAction' : random.pick(['', '', ', onDelete: Cascade', ', onDelete: Restrict', ', onDelete: NoAction', optional ? ', onDelete: SetNull' : ''])
  model.lines.push(`${name} ${target.name}${optional} @relation("${name}", fields: ${list(columns)}, references: ${list(keys)}${actions})`)
  target.lines.push(`${name}Of ${model.name}${kind === 'one' ? '?' : '[]'} @relation("${name}")`)
}
