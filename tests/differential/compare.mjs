// Are two answers the same? Deeply, with types; rows in order where the request asked for one.
import { maskedId, maskedTime } from './mask.mjs'
import { clientResult } from './translate.mjs'

/** The oracle's answer to one request: {value} or {error}. */
export function fromOracle(models, request, answer) {
  if (answer.died) return { error: 'died', message: answer.died }
  if (!answer.ok) return { error: oracleCode(answer), message: answer.message, meta: answer.meta }
  if (request.transaction) {
    return { value: answer.result.map((each, index) => arranged(models, request.transaction[index], plain(each))) }
  }
  return { value: arranged(models, request, plain(answer.result)) }
}

/** Lamina's answer, as the client would have given it. */
export function fromLamina(models, request, answer) {
  if (answer.died) return { error: 'died', message: answer.died }
  if (answer.errors) return { error: laminaCode(answer.errors[0]), message: answer.errors[0].message, meta: answer.errors[0].meta }
  if (request.transaction) {
    return { value: answer.batchResult.map((each, index) => oneFromLamina(models, request.transaction[index], each)) }
  }
  return { value: oneFromLamina(models, request, answer) }
}

const oneFromLamina = (models, request, answer) =>
  arranged(models, request, clientResult(request, untagged(Object.values(answer.data)[0])))

const oracleCode = ({ name, code }) => (name === 'PrismaClientValidationError' ? 'validation' : (code ?? name))
const laminaCode = ({ code }) => (code === 'P2009' || code === 'P2012' ? 'validation' : (code ?? 'PrismaClientUnknownRequestError'))

const isObject = (value) => typeof value === 'object' && value !== null

/** One form for each value: Json is itself, Decimals have no idle zeros. */
function untagged(value) {
  if (Array.isArray(value)) return value.map(untagged)
  if (typeof value === 'string') return maskedId(value)
  if (!isObject(value)) return value
  switch (value.$type) {
    case 'Json': return JSON.parse(value.value)
    case 'DateTime': return { $type: 'DateTime', value: maskedTime(new Date(value.value).toISOString()) }
    case 'Decimal': return { $type: 'Decimal', value: shortDecimal(value.value) }
    case undefined: return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, untagged(inner)]))
    default: return value
  }
}

function shortDecimal(text) {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return short === '-0' ? '0' : short
}

/** The oracle's values in the same form. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'string') return maskedId(value)
  if (!isObject(value)) return value
  if (value.$type === 'DateTime') return { $type: 'DateTime', value: maskedTime(value.value) }
  if (value.$type === 'Raw') return value.value
  if (value.$type === 'Float' && value.value === '-0') return 0
  if (value.$type === 'Decimal') return { $type: 'Decimal', value: shortDecimal(value.value) }
  if (value.$type !== undefined) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

/** Lists of rows for which no order was asked, in the order of their texts. */
function arranged(models, { model, action, args }, value) {
  if (value === null || !isObject(value)) return value
  const ofModel = models.get(model)
  if (['aggregate', 'count', 'createMany', 'updateMany', 'deleteMany'].includes(action)) return value
  if (action === 'groupBy') return args.orderBy ? value : sorted(value, (group) => [args.by].flat().map((name) => group[name]))
  return rows(ofModel, args, value)
}

function rows(model, args, value) {
  if (Array.isArray(value)) {
    const each = value.map((row) => rows(model, args, row))
    return args?.orderBy ? each : sorted(each)
  }
  if (!isObject(value)) return value
  const asked = isObject(args) ? { ...args.include, ...args.select } : {}
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const field = model.fields.get(name)
      return [name, field?.target ? rows(field.target, asked[name], inner) : inner]
    }),
  )
}

const sorted = (list, key = (item) => item) => list.map((item) => [canonical(key(item)), item]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item)

/** A text that is equal for equal values, whatever the order of keys. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined'
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

/** null, or what differs: {kind, theirs, ours}. */
export function difference(theirs, ours) {
  if (theirs.error || ours.error) {
    if (theirs.error === ours.error && ours.error !== 'died') return null
    return { kind: `${theirs.error ?? 'ok'} / ${ours.error ?? 'ok'}`, theirs, ours }
  }
  return canonical(theirs.value) === canonical(ours.value) ? null : { kind: 'result', theirs, ours }
}
