#pragma once

namespace CLI {
class App;
}

/// One function per command, one file each: it describes the command's options to `app` and keeps what is to be done in
/// its callback, which writes the exit code to `exit_code`. Both outlive the parse.
namespace lamina::cli {

void add_init(CLI::App& app, int& exit_code);
void add_validate(CLI::App& app, int& exit_code);
void add_format(CLI::App& app, int& exit_code);
void add_generate(CLI::App& app, int& exit_code);
void add_dmmf(CLI::App& app, int& exit_code);
void add_db(CLI::App& app, int& exit_code);
void add_query(CLI::App& app, int& exit_code);
void add_lsp(CLI::App& app, int& exit_code);
void add_version(CLI::App& app, int& exit_code);

}  // namespace lamina::cli
