// Differences of verdicts that are meant: why (docs/differences.md), or nothing.

const has = (text, pattern) => pattern.test(text)

export function explained({ line }, theirs, ours, provider) {
  if (has(line, /"\$type":"Param"/)) return 'placeholders (Param), which Prisma\'s client puts into cached plans, are not taken'
  if (/unknown member/.test(ours.message)) return 'a member of a selection beside "arguments" and "selection" is refused, not ignored'
  return undefined
}
