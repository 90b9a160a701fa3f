// A schema as the generator wants it, from the DMMF that Prisma makes of it.

/** Models by name. Each: table, place (as SQL names it), view, fields (by name), scalars, relations, key (field names),
 *  uniques ([{name, fields}]). `views`: the names of those that are views. */
export function modelsOf(datamodel, views = new Set()) {
  const enums = new Map(datamodel.enums.map((each) => [each.name, each]))
  const models = new Map(datamodel.models.map((each) => [each.name, { ...modelOf(each, enums), view: views.has(each.name) }]))
  for (const model of models.values()) {
    for (const field of model.relations) {
      field.target = models.get(field.type)
      const same = field.target.relations.filter((other) => other.relationName === field.relationName)
      field.back = same.find((other) => other !== field) ?? field
      field.owning = field.relationFromFields.length > 0
      field.manyToMany = field.isList && field.back.isList
    }
  }
  return models
}

function modelOf(source, enums) {
  const fields = source.fields.map((field) => ({
    ...field,
    column: field.dbName ?? field.name,
    native: field.nativeType?.[0] ?? null,
    generated: isGenerated(field),
    model: source.name,
    enum: field.kind === 'enum' ? enums.get(field.type) : null,
    relationFromFields: field.relationFromFields ?? [],
    relationToFields: field.relationToFields ?? [],
  }))
  const named = (fields, name) => ({ name: name ?? fields.join('_'), fields })
  const single = fields.filter((field) => field.isUnique || field.isId).map((field) => named([field.name]))
  const compound = source.uniqueIndexes
    .filter((each) => each.fields.length > 1)
    .map((each) => named(each.fields, each.name))
  if (source.primaryKey) compound.unshift(named(source.primaryKey.fields, source.primaryKey.name))
  const relations = fields.filter((field) => field.kind === 'object')
  return {
    name: source.name,
    table: source.dbName ?? source.name,
    place: placeOf(source.schema, source.dbName ?? source.name),
    fields: new Map(fields.map((field) => [field.name, field])),
    scalars: fields.filter((field) => field.kind !== 'object'),
    relations,
    key: source.primaryKey?.fields ?? fields.filter((field) => field.isId || (field.isUnique && !fields.some((each) => each.isId))).slice(0, 1).map((field) => field.name),
    uniques: [...single, ...compound],
    foreign: new Set(relations.flatMap((field) => field.relationFromFields)),
  }
}

const placeOf = (schema, table) => (schema ? `"${schema}"."${table}"` : `"${table}"`)

/** The clock or a random number may fill it: no two sides will have the same. */
const isGenerated = ({ isUpdatedAt, default: value }) => Boolean(isUpdatedAt) || (typeof value === 'object' && value !== null && !Array.isArray(value) && value.name !== 'autoincrement')

/** A field's value may repeat only together with others', or not at all. */
export const inKey = (model, field) => model.uniques.some((unique) => unique.fields.includes(field.name))

/** Implicit many-to-many tables: [{table, place, a, b}], a and b the models whose keys they hold. */
export function joinTables(models) {
  const tables = new Map()
  for (const model of models.values()) {
    for (const field of model.relations) {
      if (!field.manyToMany || tables.has(field.relationName)) continue
      const [a, b] = [model, field.target].sort((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : 0))
      const schema = a.place.includes('.') ? a.place.split('.')[0].slice(1, -1) : null
      tables.set(field.relationName, { table: `_${field.relationName}`, place: placeOf(schema, `_${field.relationName}`), a, b })
    }
  }
  return [...tables.values()]
}
