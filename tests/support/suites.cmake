# A test program's suites as one ctest entry, so that a process is started once for them and not once a test.
#
#   azrestored_add_suites(PROGRAM unit_tests NAME unit.job SOURCES job/decide_test.cpp [TIMEOUT 300])
#
# The entry runs the suites that the sources define, and fails when the program knows none of them.
function(azrestored_add_suites)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "" "PROGRAM;NAME;TIMEOUT" "SOURCES")
  set(filter "")
  foreach(source ${ARG_SOURCES})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${source})
    file(STRINGS ${source} lines REGEX "^(TYPED_)?TEST(_F|_P)?\\([A-Za-z0-9_]+")
    foreach(line ${lines})
      string(REGEX REPLACE "^[A-Z_]+\\(([A-Za-z0-9_]+).*" "\\1" suite "${line}")
      list(APPEND filter ${suite}.* */${suite}.* ${suite}/*)
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES filter)
  string(REPLACE ";" ":" filter "${filter}")
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_PROGRAM} --gtest_brief=1 --gtest_filter=${filter})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${ARG_NAME} PROPERTIES TIMEOUT ${ARG_TIMEOUT} FAIL_REGULAR_EXPRESSION "Running 0 tests")
endfunction()
