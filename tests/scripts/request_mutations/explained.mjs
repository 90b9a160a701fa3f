// Differences of verdicts that are meant: why (docs/differences.md), or nothing.

const rules = [
  ['placeholders (Param) are not taken', ({ line }) => line.includes('"$type":"Param"')],
  ['a member of a selected field beside "arguments" and "selection" is refused', (_, __, ours) => ours.message.includes('unknown member')],
  ['relationLoadStrategy needs no preview feature', ({ line }, theirs) => line.includes('relationLoadStrategy') && /Argument does not exist/.test(theirs.message)],
  ['a path of a Json filter may be a list on SQLite', (_, theirs, ours, provider) => provider === 'sqlite' && ours.code === 'accepted' && /`path` should be/.test(theirs.message)],
  ['insensitive is there on SQLite', (_, theirs, ours, provider) => provider === 'sqlite' && ours.code === 'accepted' && /\.mode`: Field does not exist/.test(theirs.message)],
  ['filters of Json that SQLite does not have yet', (_, theirs, ours, provider) => provider === 'sqlite' && ours.code === 'P2026' && theirs.code === 'P2009'],
  ['nested update_many and delete_many take conditions on relations', (_, theirs, ours) => ours.code === 'accepted' && /\.(updateMany|deleteMany)\S*`: Field does not exist/.test(theirs.message)],
  ['a row without a foreign key that it needs is refused before anything is written', (_, theirs, ours) => theirs.code === 'accepted' && ours.code === 'P2012' && /^Missing a required value/.test(ours.message)],
]

export function explained(request, theirs, ours, provider) {
  return rules.find(([, applies]) => applies(request, theirs, ours, provider))?.[0]
}
