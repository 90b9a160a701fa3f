// A call of Prisma's client, as the request of the JSON protocol that the client makes of it.

const wire = {
  create: 'createOne', update: 'updateOne', upsert: 'upsertOne', delete: 'deleteOne', count: 'aggregate',
}

const givesRelations = /^(find|createOne$|updateOne$|upsertOne$|deleteOne$)/

/** {model, action, args} or {transaction: […]} to a line for `lamina query`. */
export function translate(models, request) {
  if (request.transaction) {
    return { batch: request.transaction.map((each) => translate(models, each)), transaction: true }
  }
  const model = models.get(request.model)
  const action = wire[request.action] ?? request.action
  const query = field(model, clientArguments(request))
  if (request.load && givesRelations.test(action)) query.arguments.relationLoadStrategy = request.load
  return { modelName: request.model, action, query }
}

/** The client's own shorthands, spelled out. */
function clientArguments({ action, args }) {
  if (action === 'count') {
    const { select, ...rest } = args
    return { ...rest, select: { _count: { select: typeof select === 'object' ? select : { _all: true } } } }
  }
  if (action === 'aggregate' || action === 'groupBy') return aggregation(args)
  return args
}

function aggregation(args) {
  const rest = {}
  const select = {}
  for (const [name, value] of Object.entries(args)) {
    if (name === '_count' && typeof value === 'boolean') select._count = { select: { _all: value } }
    else if (/^_(count|sum|avg|min|max)$/.test(name)) select[name] = { select: value }
    else rest[name] = value
  }
  if (Array.isArray(args.by)) for (const name of args.by) select[name] = true
  if (typeof args.by === 'string') select[args.by] = true
  return { ...rest, select }
}

function field(model, { select, include, omit, ...args }) {
  return { arguments: args, selection: select ? explicit(model, select) : implicit(model, include, omit) }
}

function implicit(model, include, omit) {
  const selection = { $composites: true, $scalars: true }
  for (const [name, value] of Object.entries(include ?? {})) {
    const target = model?.fields.get(name)?.target
    if (value === false) selection[name] = false
    else if (value === true && !target) selection[name] = true
    else selection[name] = field(target, value === true ? {} : value)
  }
  for (const [name, value] of Object.entries(omit ?? {})) selection[name] = !value
  return selection
}

function explicit(model, select) {
  const selection = {}
  for (const [name, value] of Object.entries(select)) {
    const known = model?.fields.get(name)
    if (typeof value === 'boolean') selection[name] = value && known?.kind === 'object' ? field(known.target, {}) : value
    else selection[name] = field(known?.target, value)
  }
  return selection
}

/** What the client makes of the answer's data. */
export function clientResult({ action, args }, result) {
  if (action === 'count') return typeof args.select === 'object' ? result._count : result._count._all
  if (action === 'aggregate' && typeof args._count === 'boolean') return { ...result, _count: result._count._all }
  if (action === 'groupBy' && typeof args._count === 'boolean') {
    return result.map((group) => ({ ...group, _count: group._count._all }))
  }
  if (['createMany', 'updateMany', 'deleteMany'].includes(action)) return result
  return result
}
