// A cursor whose row the filter does not match marks a place in the order here. Prisma gives nothing in some such cases, nor
// in some where the cursor is a Decimal, which it does not find in its memory; then our page has to be the one that follows from its own answer without the page.
import { canonical } from './compare.mjs'

const isObject = (value) => typeof value === 'object' && value !== null
const isEmpty = (value) => value === null || (Array.isArray(value) && value.length === 0)

export async function cursorsThatGiveNothing(context) {
  const { models, request, found } = context
  const { model, action, args } = request
  if (!args || !/^find(Many|First)/.test(action) && found.kind !== 'result') return false
  const atTop = args.cursor && (args.where || isDecimal(args.cursor)) && (found.kind === 'P2025 / ok' ? /OrThrow$/.test(action) : found.kind === 'result' && isEmpty(found.theirs.value))
  if (atTop) {
    const out = await isFilteredOut(context, models.get(model).name, args)
    return (out || isDecimal(args.cursor)) && pageIsRight(context, out)
  }
  if (found.kind !== 'result') return false
  const emptied = []
  const both = { theirs: found.theirs.value, ours: found.ours.value }
  const [theirs, ours] = ['theirs', 'ours'].map((side) => canonical(withoutEmptied(models.get(model), args, both, side, emptied)))
  if (theirs !== ours) return false
  for (const each of emptied) if (!(isDecimal(each.args.cursor) || (await isFilteredOut(context, each.model.name, each.args))) || each.rows > Math.abs(each.args.take ?? Infinity)) return false
  return true
}

const isDecimal = (cursor) => Object.values(spread(cursor)).some((value) => value?.$type === 'Decimal')

/** Whether the cursor's row is there, but not among those that the filter matches. */
async function isFilteredOut({ ask }, model, { cursor, where = {} }) {
  const count = async (filter) => (await ask({ model, action: 'findMany', args: { where: filter } })).result?.length
  return (await count(spread(cursor))) === 1 && (await count({ AND: [spread(cursor), where] })) === 0
}

const spread = (key) => Object.fromEntries(Object.entries(key).flatMap(([name, value]) => (isObject(value) && !value.$type ? Object.entries(value) : [[name, value]])))

/** Our page of keys against the one made of all rows in order, of which Prisma is asked. */
async function pageIsRight({ models, request, ask, askOurs }, filteredOut) {
  const model = models.get(request.model)
  const { args } = request
  const names = [...new Set([...model.key, ...[args.distinct ?? []].flat(), ...Object.keys(spread(args.cursor))])]
  const select = Object.fromEntries(names.map((name) => [name, true]))
  const first = /^findFirst/.test(request.action)
  const all = (await ask({ model: model.name, action: 'findMany', args: { where: args.where ? { OR: [args.where, spread(args.cursor)] } : {}, orderBy: args.orderBy, select } })).result
  const { where, orderBy, cursor, take, skip, distinct } = args
  const ours = await askOurs({ model: model.name, action: 'findMany', args: { where, orderBy, cursor, skip, distinct, select, take: first ? 1 : take } })
  return canonical(ours.value) === canonical(pageOf(all, args, filteredOut, first ? 1 : take))
}

function pageOf(all, { cursor, skip = 0, distinct }, filteredOut, take = Infinity) {
  const rows = take < 0 ? [...all].reverse() : all
  const key = spread(cursor)
  const at = rows.findIndex((row) => Object.entries(key).every(([name, value]) => canonical(row[name]) === canonical(value)))
  const fields = [distinct ?? []].flat()
  const seen = new Set()
  const after = rows.slice(filteredOut ? at + 1 : at).filter((row) => {
    const text = canonical(fields.map((name) => row[name]))
    if (fields.length > 0 && seen.has(text)) return false
    seen.add(text)
    return true
  })
  const page = after.slice(skip, skip + Math.abs(take))
  return take < 0 ? page.reverse() : page
}

/** `side` of both answers, without the lists of an include that are empty on one of them because of their cursors: on
 *  theirs, those are put into `emptied`; on ours, as the cursor's row is another parent's, which is not in their list. */
function withoutEmptied(model, args, { theirs, ours }, side, emptied) {
  const value = side === 'theirs' ? theirs : ours
  const deeper = (name, inner) => ({ theirs: theirs?.[name], ours: ours?.[name], ...inner })
  if (Array.isArray(value)) return value.map((_, index) => withoutEmptied(model, args, deeper(index), side, emptied))
  if (!isObject(value) || !isObject(args)) return value
  const asked = { ...args.include, ...args.select }
  return Object.fromEntries(
    Object.keys(value).map((name) => {
      const target = model?.fields.get(name)?.target
      if (!target) return [name, value[name]]
      const there = theirs?.[name]
      const here = ours?.[name]
      const page = asked[name]
      if (page?.cursor && (page.where || isDecimal(page.cursor)) && isEmpty(there) && !isEmpty(here)) {
        emptied.push({ model: target, args: page, rows: here.length })
        return [name, 'nothing']
      }
      if (page?.cursor && isEmpty(here) && Array.isArray(there) && !there.some((row) => isAt(page.cursor, row))) return [name, 'nothing']
      return [name, withoutEmptied(target, page, { theirs: there, ours: here }, side, emptied)]
    }),
  )
}

/** Whether it is the cursor's row, as far as the row says. */
const isAt = (cursor, row) => Object.entries(spread(cursor)).every(([name, value]) => canonical(row[name]) === canonical(value))
