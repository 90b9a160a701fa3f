// Prisma's query compiler (WebAssembly), asked to compile requests without a database.
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export class Oracle {
  constructor(folder, provider) {
    this.stem = join(resolve(folder), `node_modules/@prisma/client/runtime/query_compiler_fast_bg.${provider}`)
    this.provider = provider === 'postgresql' ? 'postgres' : provider
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: () => {} }
  }

  /// A fresh engine: after a panic it cannot be used any more. The glue holds on to its engine's memory, so it is new too.
  async start() {
    this.started = (this.started ?? 0) + 1
    this.glue = await import(`${pathToFileURL(`${this.stem}.mjs`)}?${this.started}`)
    if (!this.module) {
      const { wasm } = await import(pathToFileURL(`${this.stem}.wasm-base64.mjs`))
      this.module = new WebAssembly.Module(Buffer.from(wasm, 'base64'))
    }
    const instance = new WebAssembly.Instance(this.module, { './query_compiler_fast_bg.js': this.glue, './query_compiler_bg.js': this.glue })
    this.glue.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start?.()
  }

  compiler(text) {
    const supportsRelationJoins = this.provider === 'postgres'
    return new this.glue.QueryCompiler({ datamodel: text, provider: this.provider, connectionInfo: { supportsRelationJoins } })
  }

  /// A verdict for each request: {code: 'accepted' | 'panic' | 'P2009' …, message, meta}.
  async compile(text, lines) {
    if (!this.module) await this.start()
    let compiler = this.compiler(text)
    const verdicts = []
    for (const line of lines) {
      try {
        compiler.compile(line)
        verdicts.push({ code: 'accepted', message: '' })
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) {
          verdicts.push(verdict(error))
          continue
        }
        verdicts.push({ code: 'panic', message: String(error.message) })
        await this.start()
        compiler = this.compiler(text)
      }
    }
    compiler.free()
    return verdicts
  }
}

function verdict({ code, message, meta }) {
  if (code) return { code, message, meta }
  if (/does not match any query/.test(message)) return { code: 'P2009', message }
  return { code: 'P2008', message } // what is no request at all has a message only
}
