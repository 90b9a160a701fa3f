// The same work with Prisma 7.10, for orientation. Prints `name, database<TAB>microseconds`.
// usage: node bench.mjs FOLDER SCHEMA postgresql|sqlite URL      FOLDER: ../shared/oracle with its node_modules
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, schemaPath, provider, url] = process.argv.slice(2)
const load = (name) => import(pathToFileURL(join(resolve(folder), name)).href)
const { clientFor } = await load('lib/generate.mjs')
const { adapterFor } = await load('lib/adapters.mjs')

const schema = readFileSync(schemaPath, 'utf8').replace('"postgresql"', JSON.stringify(provider))
const { PrismaClient } = await clientFor([['schema.prisma', schema]])
const prisma = new PrismaClient({ adapter: await adapterFor(provider, url) })
const database = provider === 'sqlite' ? 'SQLite' : 'PostgreSQL'

const accounts = 2000
const events = Array.from({ length: 1000 }, (_, index) => {
  const n = index + 1
  return {
    id: n,
    email: `account${n}@bench.example`,
    name: n % 4 === 0 ? null : `Account number ${n}`,
    balance: BigInt(n) * 1000003n,
    score: n * 0.125,
    active: n % 3 === 0,
    createdAt: new Date(1700000000000 + n * 61001),
  }
})

/** Median of single calls, after a warm-up, in microseconds. */
async function measure(name, calls, work, cleanUp = async () => {}) {
  const times = []
  for (let call = 0; call < calls + Math.ceil(calls / 4); ++call) {
    const start = process.hrtime.bigint()
    await work(call)
    const end = process.hrtime.bigint()
    await cleanUp()
    if (call >= calls / 4) times.push(Number(end - start) / 1000)
  }
  times.sort((a, b) => a - b)
  console.log(`${name}, ${database}\t${times[times.length >> 1].toFixed(1)}`)
}

const orderBy = { id: 'asc' }
await measure('find_unique by id', 1000, (n) => prisma.account.findUnique({ where: { id: (n % accounts) + 1 } }))
await measure('find_many 1000 rows x 7 columns', 60, () => prisma.account.findMany({ orderBy, take: 1000 }))
await measure('100 parents with 10 children', 60, () => prisma.account.findMany({ orderBy, take: 100, include: { entries: true } }))
await measure('create_many 1000 rows', 15, () => prisma.event.createMany({ data: events }), () => prisma.event.deleteMany())
await prisma.$disconnect()
