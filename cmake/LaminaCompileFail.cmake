# What must not compile: tests/compile_fail/*.cpp, each tried with every compiler that is there (see
# tests/scripts/compile_fail_case). The client they use is generated from tests/compile_fail/schema.prisma.
file(GLOB cases CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/*.cpp")
if(NOT cases OR NOT TARGET lamina_command OR NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/schema.prisma")
  return()
endif()

add_library(compile_fail_client OBJECT)
target_link_libraries(compile_fail_client PRIVATE lamina::lamina)
lamina_generate(compile_fail_client SCHEMA compile_fail/schema.prisma)
set(generated_parent "${CMAKE_CURRENT_BINARY_DIR}/lamina/compile_fail_client")

find_program(LAMINA_GXX g++)
find_program(LAMINA_CLANGXX NAMES clang++ clang++-14 clang++-15 clang++-16)
foreach(case IN LISTS cases)
  get_filename_component(name "${case}" NAME_WE)
  foreach(compiler IN ITEMS g++ clang++)
    if(compiler STREQUAL "g++")
      set(path "${LAMINA_GXX}")
    else()
      set(path "${LAMINA_CLANGXX}")
    endif()
    if(path)
      string(REPLACE "+" "x" suffix "${compiler}")
      add_test(NAME compile_fail.${name}.${suffix}
               COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/scripts/compile_fail_case" "${case}" "${path}" "${compiler}"
                       "-I${PROJECT_SOURCE_DIR}/runtime/include" "-I${generated_parent}" "-I${generated_parent}/generated")
      set_tests_properties(compile_fail.${name}.${suffix} PROPERTIES TIMEOUT 120 LABELS compile)
    endif()
  endforeach()
endforeach()
