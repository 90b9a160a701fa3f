# Install rules and the CMake package. A driver has an export set of its own: a program with one driver need not have the
# other's client library.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/lamina")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/runtime/include/lamina" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        FILES_MATCHING PATTERN "*.hpp")
install(TARGETS lamina EXPORT laminaTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
if(TARGET lamina_json)
  install(TARGETS lamina_json EXPORT laminaTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endif()
if(TARGET lamina_command)
  install(TARGETS lamina_command EXPORT laminaTargets RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(EXPORT laminaTargets NAMESPACE lamina:: DESTINATION "${package_dir}")
foreach(database IN LISTS lamina_driver_rooms)
  install(TARGETS lamina_${database} EXPORT lamina_${database}Targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
  install(EXPORT lamina_${database}Targets NAMESPACE lamina:: DESTINATION "${package_dir}")
endforeach()

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/laminaConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/cmake/laminaConfig.cmake" INSTALL_DESTINATION "${package_dir}")
# Before 1.0 a minor version may break.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/laminaConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/cmake/laminaConfig.cmake" "${PROJECT_BINARY_DIR}/cmake/laminaConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/LaminaGenerate.cmake" DESTINATION "${package_dir}")
