# Fuzz targets: tests/fuzz/<name>_fuzz.cpp defines LLVMFuzzerTestOneInput and says what it links in a comment line
#   // rooms: schema/syntax schema/analyze
# With LAMINA_FUZZ (clang) it becomes the libFuzzer program fuzz_<name>; without, a test that runs the inputs kept in
# tests/fuzz/corpus/<name>/.
file(GLOB fuzz_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/*_fuzz.cpp")
foreach(source IN LISTS fuzz_sources)
  get_filename_component(name "${source}" NAME)
  string(REGEX REPLACE "_fuzz\\.cpp$" "" name "${name}")
  file(STRINGS "${source}" rooms_line REGEX "^// rooms:" LIMIT_COUNT 1)
  string(REGEX REPLACE "^// rooms:[ ]*" "" rooms "${rooms_line}")
  separate_arguments(rooms UNIX_COMMAND "${rooms}")
  if(NOT rooms)
    message(FATAL_ERROR "${source}: a line `// rooms: …` must say what the fuzz target links")
  endif()

  lamina_room_closure(closure ${rooms})
  add_executable(fuzz_${name} "${source}")
  lamina_link_rooms(fuzz_${name} ${closure})
  set(corpus "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name}")
  if(LAMINA_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/support/fuzz_main.cpp")
    add_test(NAME fuzz_corpus_${name} COMMAND fuzz_${name} "${corpus}")
    set_tests_properties(fuzz_corpus_${name} PROPERTIES TIMEOUT 300 LABELS unit)
  endif()
endforeach()
