// One random request: a read, a write, a transaction of several, or one that no client would take.
import { keyOf } from './filters.mjs'
import { read } from './reads.mjs'
import { write } from './writes.mjs'

/** `pair` gives the provider and the models, `rows` what was in the tables at the start of the round. */
export function makeRequest(random, { provider, models, searches }, rows) {
  let made = 0
  // Numbers that keys of new rows come from: seldom the same in two requests of a round.
  const base = random.int(0, 400) * 20
  const g = { random, provider, models, searches, rows, fresh: () => base + made++, chosen: new Map() }
  const list = [...models.values()]
  const of = (model, share) => (model.view || random.chance(share) ? read : write)(g, model)
  const single = () => of(random.pick(list), 0.6)
  if (random.chance(0.06)) return transaction(g, () => of(random.pick(list), 0.35))
  const request = single()
  return random.chance(0.015) ? spoiled(g, request) : request
}

/** Several requests of which all are carried out or none, as a list or one after the other. */
function transaction(g, single) {
  const { random } = g
  const several = random.times(2, 4, single)
  if (random.chance(0.25)) several.push(failing(g))
  return random.chance(0.5) ? { transaction: several } : { transaction: several, interactive: true }
}

/** A request that finds nothing where there has to be something. */
function failing(g) {
  const model = g.random.pick([...g.models.values()].filter((each) => !each.view))
  const none = keyOf(g, model, null)
  return g.random.chance(0.5) ? { model: model.name, action: 'findUniqueOrThrow', args: { where: none } } : { model: model.name, action: 'delete', args: { where: none } }
}

/** Some requests load their relations by a join, on our side: the rows are the same, whatever Prisma's side does. */
export function withLoad(random, request) {
  if (request.transaction) return { ...request, transaction: request.transaction.map((each) => withLoad(random, each)) }
  return random.chance(0.5) ? { ...request, load: 'join' } : request
}

/** Something that is not so: a member that is not there, a value of another type, a key without a value. */
function spoiled({ random, models }, request) {
  const args = { ...request.args }
  const model = models.get(request.model)
  const field = random.pick(model.scalars)
  const wrong = random.pick([{ nothing: 1 }, { [field.name]: { nothing: 1 } }, { [field.name]: { equals: ['no', { such: 'value' }] } }])
  const calculated = ['aggregate', 'groupBy', 'count'].includes(request.action)
  const target = random.pick(['where', 'orderBy', 'member', ...(calculated ? [] : ['select'])])
  if (target === 'member') args.nothing = 1
  else if (target === 'select') {
    delete args.include
    delete args.omit
    args.select = { nothing: true }
  } else args[target] = target === 'where' ? { ...args.where, ...wrong } : wrong
  return { ...request, args }
}
