# lamina_generate(<target> SCHEMA <file or folder> [OUTPUT <folder>])
#
# Generates the typed client of a schema at build time and compiles it into <target>: client.hpp, one header per model and
# client.cpp. Runs again when the schema, or the lamina command itself, changes; files whose content stays the same are not
# touched, so nothing is compiled in vain.
#
#   SCHEMA   a .prisma file, or a folder of them
#   OUTPUT   where the files go; default: <build folder>/lamina/<target>/generated
#
# The folder that holds OUTPUT becomes an include directory of the target: sources write #include "generated/client.hpp",
# the same line that a hand-run `lamina generate` with output = "generated" asks for.
#
# Link a driver yourself: target_link_libraries(<target> PRIVATE lamina::postgresql) and/or lamina::sqlite.
# When cross compiling, set LAMINA_COMMAND to a lamina command that runs on the build machine.

# The headers that the generator writes beside client.hpp, read off the schema: one per model, named as tool/generate/namer
# does. Ninja must know them, or a changed header would be seen one build late.
function(_lamina_model_headers out)
  set(headers enums.hpp client_of.hpp)
  foreach(file IN LISTS ARGN)
    file(STRINGS "${file}" lines REGEX "^[ \t]*((model|view)[ \t]+[A-Za-z]|@@ignore)")
    foreach(line IN LISTS lines)
      if(line MATCHES "^[ \t]*(model|view)[ \t]+([A-Za-z][A-Za-z0-9_]*)")
        string(REGEX REPLACE "([a-z0-9])([A-Z])" "\\1_\\2" name "${CMAKE_MATCH_2}")
        string(REGEX REPLACE "([A-Z])([A-Z][a-z0-9])" "\\1_\\2" name "${name}")
        string(TOLOWER "${name}" name)
        if(name MATCHES "^(client|client_of|enums)$")
          string(APPEND name "_model")
        endif()
        list(APPEND headers "${name}.hpp")
      else()  # the model that this line stands in has no header
        list(POP_BACK headers)
      endif()
    endforeach()
  endforeach()
  set(${out} "${headers}" PARENT_SCOPE)
endfunction()

function(lamina_generate target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SCHEMA;OUTPUT" "")
  if(NOT TARGET ${target})
    message(FATAL_ERROR "lamina_generate: there is no target ${target}; call it after add_executable or add_library")
  elseif(NOT arg_SCHEMA)
    message(FATAL_ERROR "lamina_generate(${target}): SCHEMA <file or folder> is missing")
  elseif(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "lamina_generate(${target}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()

  cmake_path(ABSOLUTE_PATH arg_SCHEMA BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE schema)
  if(IS_DIRECTORY "${schema}")
    file(GLOB_RECURSE schema_files CONFIGURE_DEPENDS "${schema}/*.prisma")
  else()
    set(schema_files "${schema}")
  endif()
  foreach(file IN LISTS schema_files)
    if(NOT EXISTS "${file}")
      message(FATAL_ERROR "lamina_generate(${target}): there is no schema ${file}")
    endif()
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema_files})

  if(NOT arg_OUTPUT)
    set(arg_OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/lamina/${target}/generated")
  endif()
  cmake_path(ABSOLUTE_PATH arg_OUTPUT BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE OUTPUT_VARIABLE output)
  cmake_path(GET output PARENT_PATH include_directory)

  if(LAMINA_COMMAND)
    set(command "${LAMINA_COMMAND}")
    set(command_dependency "${LAMINA_COMMAND}")
  elseif(TARGET lamina::command)
    set(command "$<TARGET_FILE:lamina::command>")
    set(command_dependency lamina::command)
  else()
    message(FATAL_ERROR "lamina_generate(${target}): there is no lamina command; build with LAMINA_TOOL=ON or set LAMINA_COMMAND")
  endif()

  _lamina_model_headers(headers ${schema_files})
  list(TRANSFORM headers PREPEND "${output}/")
  add_custom_command(
    OUTPUT "${output}/client.cpp" "${output}/client.hpp"
    BYPRODUCTS ${headers}
    COMMAND "${command}" generate --schema "${schema}" --output "${output}"
    DEPENDS ${schema_files} ${command_dependency}
    COMMENT "lamina generate ${arg_SCHEMA}"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}/client.cpp" "${output}/client.hpp")
  target_include_directories(${target} PRIVATE "${include_directory}")
endfunction()
