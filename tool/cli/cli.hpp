#pragma once

namespace lamina::cli {

/// Runs the command line: parses it, runs the command it names and gives the exit code: 0 done, 1 it failed, 2 the
/// command line itself is wrong.
int run(int count, const char* const* arguments);

}  // namespace lamina::cli
