# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of ours has in common, in one place. Also used by engine/edge when it is built alone.
include_guard()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(ESPALIER_CCACHE ccache)
if(ESPALIER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # With precompiled headers, ccache hashes the header's content instead of its time.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${ESPALIER_CCACHE})
endif()

get_filename_component(ESPALIER_ROOT "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)

function(espalier_defaults target)
    target_include_directories(${target} PUBLIC ${ESPALIER_ROOT})
    target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
        $<$<BOOL:${ESPALIER_WARNINGS_AS_ERRORS}>:-Werror>
        # GCC 12 sees overlapping copies in "text" + std::string when it optimises (GCC bug 105651, mended in 13).
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict>
        # What ships answers when memory runs out. Every file of a program must know of it or none.
        $<$<BOOL:${ESPALIER_EDGE_ONLY}>:SHELL:-include ${ESPALIER_ROOT}/engine/core/JsonDestruction.h>)
endfunction()

# espalier_library(NAME sources... LINK public libraries... [PRIVATE_LINK libraries...])
function(espalier_library name)
    cmake_parse_arguments(ARG "" "" "LINK;PRIVATE_LINK" ${ARGN})
    add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
    espalier_defaults(${name})
    target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

# espalier_test(tst_Name [LINK libraries...] [LABELS labels...] [TIMEOUT seconds]): one Qt Test executable from tst_Name.cpp.
function(espalier_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "LINK;LABELS;SOURCES" ${ARGN})
    add_executable(${name} ${name}.cpp ${ARG_SOURCES})
    espalier_defaults(${name})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE ${ARG_LINK} Qt6::Test)
    target_compile_definitions(${name} PRIVATE ESPALIER_SOURCE_DIR="${ESPALIER_ROOT}" ESPALIER_BINARY_DIR="${CMAKE_BINARY_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;OMP_WAIT_POLICY=passive")
endfunction()
