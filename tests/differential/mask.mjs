// What the clock and chance make is the same on both sides only in kind: here it is taken for its kind.

const minutes = 30
const isRecent = (time) => Math.abs(Date.now() - time) < minutes * 60000

/** Ids that the generator of values never gives (its uuids begin with 0000). */
const ids = [
  ['uuid', /(?<![\w-])(?!0000)[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/g],
  ['ulid', /(?<![\w-])[0-9A-HJKMNP-TV-Z]{26}(?![\w-])/g],
  ['cuid', /(?<![\w-])c[a-z0-9]{24}(?![\w-])/g],
  ['cuid2', /(?<![\w-])[a-z][a-z0-9]{23}(?![\w-])/g],
  ['nanoid', /(?<![\w-]|\d\.)[\w-]{21}(?![\w-])/g], // not the digits of a number
]
const times = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?/g

/** A row's text: recent times and generated ids by their kinds. */
export function maskedText(text) {
  const masked = text.replace(times, (time) => (isRecent(pointInTime(time)) ? '<now>' : time))
  return ids.reduce((result, [kind, pattern]) => result.replace(pattern, `<${kind}>`), masked)
}

/** As the databases write it; without a zone it is UTC. */
function pointInTime(text) {
  const iso = text.replace(' ', 'T')
  return Date.parse(/(Z|[+-]\d\d(:?\d\d)?)$/.test(iso) ? iso.replace(/([+-]\d\d)$/, '$1:00') : `${iso}Z`)
}

/** A DateTime of an answer, or a text. */
export const maskedTime = (text) => (isRecent(Date.parse(text)) ? '<now>' : text)
export const maskedId = (text) => (text.length < 21 || text.length > 36 ? text : ids.reduce((result, [kind, pattern]) => result.replace(pattern, `<${kind}>`), text))
