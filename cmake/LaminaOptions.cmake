# Compiler flags, sanitizers, compiler cache and linker of our own build. Nothing here reaches a program that links lamina.

option(LAMINA_DEVELOPER "Warnings as errors, and the project's own checks" OFF)
set(LAMINA_SANITIZE "" CACHE STRING "Sanitizers for everything, e.g. address,undefined or thread")
option(LAMINA_FUZZ "Build the libFuzzer targets (clang only)" OFF)

add_library(lamina_options INTERFACE)

set(lamina_warnings
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wcast-qual -Wcast-align -Wformat=2 -Wundef -Wextra-semi -Wimplicit-fallthrough
    -Wzero-as-null-pointer-constant -Wmissing-declarations -Wdouble-promotion -Werror=switch -Werror=return-type)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND lamina_warnings -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wsuggest-override)
  # Designated initialisers that leave members out are how inputs and options are meant to be written.
  list(APPEND lamina_warnings -Wno-missing-field-initializers)
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  list(APPEND lamina_warnings -Wunreachable-code -Wheader-hygiene -Wno-missing-field-initializers)
endif()
if(LAMINA_DEVELOPER)
  list(APPEND lamina_warnings -Werror)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Optimising, g++ 12 sees both in moved variants and in joined strings, where there is neither (GCC PR 105329 and others).
  list(APPEND lamina_warnings -Wno-maybe-uninitialized -Wno-restrict)
endif()
target_compile_options(lamina_options INTERFACE ${lamina_warnings} -fdiagnostics-color=auto)

if(LAMINA_SANITIZE)
  set(lamina_sanitize_flags "-fsanitize=${LAMINA_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  list(JOIN lamina_sanitize_flags " " lamina_sanitize_flags_text)
  add_compile_options(${lamina_sanitize_flags})
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(${lamina_sanitize_flags})
  if(LAMINA_SANITIZE MATCHES "address" AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_compile_options(-O1)
  endif()
endif()
if(LAMINA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# The objects of two build folders of one checkout are the same: let the cache see that.
find_program(LAMINA_CCACHE ccache)
if(LAMINA_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_NOHASHDIR=1;CCACHE_BASEDIR=${PROJECT_SOURCE_DIR};CCACHE_SLOPPINESS=pch_defines,time_macros;${LAMINA_CCACHE}")
endif()

# mold links in a fraction of ld's time; only for our own build, never a demand on users.
if(PROJECT_IS_TOP_LEVEL AND NOT LAMINA_FUZZ)
  find_program(LAMINA_MOLD mold)
  find_program(LAMINA_LLD ld.lld)
  if(LAMINA_MOLD)
    add_link_options(-fuse-ld=mold)
  elseif(LAMINA_LLD)
    add_link_options(-fuse-ld=lld)
  endif()
endif()
