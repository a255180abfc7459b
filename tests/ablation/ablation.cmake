# A program without one safeguard. At build time tests/ablation/NAME.patch is applied to a copy of one source file. The
# copy is linked before the static library, whose own member is then not used. ctest runs the program (label `proof`),
# which must exit 0 only if it saw an invariant break. The text before the diff says which safeguard the patch removes
# and what must break.
#
#   azrestored_add_ablation(NAME spool-sync-after-claim      # the patch's name; the target is ablation-NAME
#                           SOURCE daemon/spool/inbox.cpp    # the file that the patch changes, below the top
#                           TARGET_SOURCES main.cpp          # of the test; none when an object library brings them
#                           LIBRARIES spool_power_objects)   # the test's object libraries and what it links
#
# A patch that does not apply exactly (no fuzz) stops the build: update it with the code. Builds with sanitizers omit the
# ablations: sanitizers look for errors of the product, not of the patch.
find_program(AZRESTORED_PATCH patch REQUIRED)

function(azrestored_add_ablation)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "" "NAME;SOURCE" "TARGET_SOURCES;LIBRARIES")
  if(AZRESTORED_SANITIZE)
    return()
  endif()
  set(patch ${PROJECT_SOURCE_DIR}/tests/ablation/${ARG_NAME}.patch)
  set(source ${PROJECT_SOURCE_DIR}/${ARG_SOURCE})
  set(copy ${PROJECT_BINARY_DIR}/ablation/${ARG_NAME}/${ARG_SOURCE})
  get_filename_component(folder ${copy} DIRECTORY)
  add_custom_command(
    OUTPUT ${copy}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${AZRESTORED_PATCH} --batch --forward --fuzz=0 --quiet --reject-file=- --output=${copy} ${source} ${patch}
    DEPENDS ${source} ${patch}
    COMMENT "Removing a safeguard: ${ARG_NAME}"
    VERBATIM)

  set(target ablation-${ARG_NAME})
  add_executable(${target} ${copy} ${ARG_TARGET_SOURCES})
  target_link_libraries(${target} PRIVATE ${ARG_LIBRARIES})
  target_compile_definitions(${target} PRIVATE AZRESTORED_ABLATION="${ARG_NAME}")
  # A patch may leave a parameter or a helper unused.
  set_source_files_properties(${copy} PROPERTIES COMPILE_OPTIONS "-Wno-unused;-Wno-unused-parameter")
  add_dependencies(proof ${target})
  add_test(NAME ablation.${ARG_NAME} COMMAND ${target})
  set_tests_properties(ablation.${ARG_NAME} PROPERTIES LABELS proof TIMEOUT 300)
endfunction()
