// One random request: a read, a write, a transaction of several, or one that no client would take.
import { read } from './reads.mjs'
import { write } from './writes.mjs'

/** `pair` gives the provider and the models, `rows` what was in the tables at the start of the round. */
export function makeRequest(random, { provider, models }, rows) {
  let made = 0
  // Numbers that keys of new rows come from: seldom the same in two requests of a round.
  const base = random.int(0, 400) * 20
  const g = { random, provider, models, rows, fresh: () => base + made++ }
  const list = [...models.values()]
  const single = () => (random.chance(0.6) ? read : write)(g, random.pick(list))
  if (random.chance(0.04)) return { transaction: random.times(2, 4, single) }
  const request = single()
  return random.chance(0.015) ? spoiled(g, request) : request
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
