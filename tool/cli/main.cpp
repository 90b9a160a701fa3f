#include "cli/cli.hpp"

int main(int count, char** arguments) { return lamina::cli::run(count, arguments); }
