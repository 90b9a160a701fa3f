// Values of each type, as the oracle's requests tag them, and as SQL literals.

const tag = ($type, value) => ({ $type, value })

const words = ['ann', 'Ann', 'bob', 'Bob', 'BOB', '', "O'Hara", 'żółw', 'a b', 'ab', 'abc', '漢字', '😀', 'x"y', '-- z', '1', '{}']
// What patterns may take for wildcards; only in some rounds (random.wild).
const wild = ['50%', '50 off', 'a_b', 'a\\b', '%', '_', '\\', '100%_\\x']
const floats = [0, 1, -1, 0.5, 1.5, -2.25, 3.125, 100, 1e10, 1e-7, 0.1]
const decimals = ['0', '1', '-1', '0.5', '1.5', '-2.25', '12.34', '100', '99999.99', '0.001']
const bigs = ['0', '1', '-1', '7', '42', '9007199254740993', '-9007199254740993', '4611686018427387904']
const limits = ['9223372036854775807', '-9223372036854775808', '9223372036854775806']
const ints = [0, 1, -1, 2, 3, 7, 42, 100, 2147483647, -2147483648]
const times = ['1970-01-01T00:00:00.000Z', '2000-02-29T12:34:56.789Z', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.001Z', '1999-12-31T23:59:59.999Z']
const bytes = ['', 'AA==', 'AAEC', '/w==', 'aGVsbG8=']
const documents = [
  { a: 1, b: 'x' }, { a: 2, b: 'xyz', c: [1, 2, 3] }, { a: { b: { c: 'deep' } } }, { a: null }, {}, [],
  [1, 2, 3], ['a', 'b'], [{ a: 1 }, { a: 2 }], 'text', '', 1, 0, -1.5, true, false, { c: [] }, { c: ['x', 'y'] }, { b: "it's" },
]

const anyOf = {
  String: (random) => random.pick(random.wild && random.chance(0.4) ? wild : words),
  Int: (random) => (random.chance(0.9) ? random.int(-3, 12) : random.pick(ints)),
  BigInt: (random) => tag('BigInt', random.chance(0.7) ? String(random.int(-3, 12)) : random.pick(random.chance(0.3) ? limits : bigs)),
  Float: (random) => random.pick(floats),
  Decimal: (random) => tag('Decimal', random.pick(decimals)),
  Boolean: (random) => random.chance(0.5),
  DateTime: (random) => tag('DateTime', random.pick(times)),
  Bytes: (random) => tag('Bytes', random.pick(bytes)),
  Json: (random) => random.pick(documents),
}

/** Of native types, values that they hold as they are. */
const anyNative = {
  Uuid: (random) => uuid(random.int(1, 9)),
  VarChar: (random) => random.pick(words.filter((word) => word.length <= 6)),
  Char: (random) => random.pick(['ab', 'abcd', 'B', '']),
  Xml: (random) => random.pick(['<a>1</a>', '<b/>', 'plain']),
  Inet: (random) => random.pick(['10.0.0.1', '::1', '192.168.0.0/16']),
  Bit: (random) => random.pick(['1010', '0000', '1111']),
  VarBit: (random) => random.pick(['1', '101', '0000']),
  SmallInt: (random) => random.int(-3, 12),
  Oid: (random) => random.int(0, 12),
  Real: (random) => random.pick([0, 0.5, 1.5, -2.25, 100]),
  Decimal: (random) => tag('Decimal', random.pick(['0', '1', '-1', '0.5', '-2.25', '12.34', '9999.99'])),
  Money: (random) => tag('Decimal', random.pick(['0', '1', '-1', '0.5', '-2.25', '12.34'])),
  Date: (random) => tag('DateTime', random.pick(['1970-01-01', '2000-02-29', '2024-01-01']) + 'T00:00:00.000Z'),
  Time: (random) => tag('DateTime', '1970-01-01T' + random.pick(['00:00:00.000', '12:34:56.789', '23:59:59.999']) + 'Z'),
  Timetz: (random) => anyNative.Time(random),
}
const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Some value of the field's type (of one element, for a list). Small domains, so that values meet. */
export function anyValue(random, field) {
  if (field.native && anyNative[field.native]) return anyNative[field.native](random)
  if (field.enum) return random.pick(field.enum.values).name
  return anyOf[field.type](random)
}

/** The value that stands for `ordinal` in a field that is part of a key: different ordinals, different values. */
export function keyValue(field, ordinal) {
  if (field.native === 'Uuid') return uuid(ordinal)
  if (field.enum) return field.enum.values[ordinal % field.enum.values.length].name
  const made = {
    String: () => `${['k', 'K', 'ż', "'"][ordinal % 4]}${ordinal}`,
    Int: () => ordinal,
    BigInt: () => tag('BigInt', String(ordinal % 3 === 2 ? 9007199254740993n + BigInt(ordinal) : ordinal)),
    Float: () => ordinal + 0.5,
    Decimal: () => tag('Decimal', `${ordinal}.25`),
    Boolean: () => ordinal % 2 === 0,
    DateTime: () => tag('DateTime', new Date(Date.UTC(2020, 0, 1) + ordinal * 3600123).toISOString()),
    Bytes: () => tag('Bytes', Buffer.from([ordinal & 255, ordinal >> 8]).toString('base64')),
  }
  return made[field.type]()
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`
const postgresqlTypes = {
  String: 'text', Int: 'integer', BigInt: 'bigint', Float: 'double precision', Decimal: 'decimal(65,30)', Boolean: 'boolean',
  DateTime: 'timestamp(3)', Bytes: 'bytea', Json: 'jsonb',
}

// Without lengths: a cast would cut what is too long.
const nativeNames = { Char: 'text', VarChar: 'text', Bit: 'varbit', Timestamp: 'timestamp', DoublePrecision: 'float8', Json: 'json', Time: 'timestamp::time', Timetz: 'timestamptz::timetz' }

/** The value as each database stores it when Prisma writes it. Lists are PostgreSQL's. */
export function literal(provider, field, value) {
  if (value === null || value === undefined) return 'NULL'
  if (field.isList) {
    const type = field.enum ? `"${field.enum.dbName ?? field.enum.name}"` : postgresqlTypes[field.type]
    return `ARRAY[${value.map((item) => literal(provider, { ...field, isList: false }, item)).join(',')}]::${type}[]`
  }
  if (field.native) {
    const plain = literal(provider, { ...field, native: null }, value).replace(/::\w+$/, '')
    return `${plain.startsWith("'") ? plain : quoted(plain)}::${nativeNames[field.native] ?? field.native}`
  }
  const sqlite = provider === 'sqlite'
  if (field.enum) {
    const label = field.enum.values.find((each) => each.name === value)
    return quoted(label.dbName ?? label.name)
  }
  const render = {
    String: () => quoted(value),
    Int: () => String(value),
    BigInt: () => value.value,
    Float: () => (Number.isInteger(value) ? value.toFixed(1) : String(value)),
    Decimal: () => value.value,
    Boolean: () => (sqlite ? String(Number(value)) : String(value)),
    DateTime: () => quoted(sqlite ? value.value.replace('Z', '+00:00') : value.value),
    Bytes: () => {
      const hex = Buffer.from(value.value, 'base64').toString('hex')
      return sqlite ? `X'${hex}'` : `'\\x${hex}'::bytea`
    },
    Json: () => quoted(JSON.stringify(jsonOf(value))) + (sqlite ? '' : '::jsonb'),
  }
  return render[field.type]()
}

/** The document that a Json value of a request stands for. */
export function jsonOf(value) {
  return value?.$type === 'Enum' ? null : value
}
